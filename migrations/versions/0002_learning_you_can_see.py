"""learning you can see"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "question_counts",
        sa.Column("question_id", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.BigInteger(), nullable=False),
        sa.Column("known", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_question_counts")),
    )
    op.create_table(
        "watermarks",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_watermarks")),
    )
    op.create_table(
        "notices",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_notices_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "kind", name=op.f("pk_notices")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index("ix_notices_due_at", ["due_at"], unique=False)

    op.create_table(
        "readiness_points",
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("low", sa.Double(), nullable=False),
        sa.Column("high", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_readiness_points_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "day", name=op.f("pk_readiness_points")),
    )
    op.create_table(
        "rests",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_rests_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rests")),
    )
    with op.batch_alter_table("rests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rests_user_id"), ["user_id"], unique=False)

    with op.batch_alter_table("asks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("option_order", sa.String(length=8), nullable=True))

    with op.batch_alter_table("practices", schema=None) as batch_op:
        batch_op.add_column(sa.Column("weights", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))

    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.add_column(sa.Column("guess", sa.Double(), server_default=sa.text("0"), nullable=False))

    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("weekly_summary", sa.Boolean(), server_default=sa.text("(true)"), nullable=False)
        )
        batch_op.add_column(
            sa.Column("dark", sa.Boolean(), server_default=sa.text("(false)"), nullable=False)
        )
        batch_op.add_column(sa.Column("interview_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("interview_set_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_column("interview_set_on")
        batch_op.drop_column("interview_on")
        batch_op.drop_column("dark")
        batch_op.drop_column("weekly_summary")

    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_column("guess")

    with op.batch_alter_table("practices", schema=None) as batch_op:
        batch_op.drop_column("weights")

    with op.batch_alter_table("asks", schema=None) as batch_op:
        batch_op.drop_column("option_order")

    with op.batch_alter_table("rests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rests_user_id"))

    op.drop_table("rests")
    op.drop_table("readiness_points")
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index("ix_notices_due_at")

    op.drop_table("notices")
    op.drop_table("watermarks")
    op.drop_table("question_counts")
