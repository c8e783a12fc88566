"""index what presses look up"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("asks", schema=None) as batch_op:
        batch_op.create_index(
            "ix_asks_practice_id",
            ["practice_id"],
            unique=False,
            postgresql_where=sa.text("practice_id IS NOT NULL"),
            sqlite_where=sa.text("practice_id IS NOT NULL"),
        )

    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_deliveries_ask_id",
            ["ask_id"],
            unique=False,
            postgresql_where=sa.text("ask_id IS NOT NULL"),
            sqlite_where=sa.text("ask_id IS NOT NULL"),
        )

    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index("ix_reviews_ask_id_user_id", ["ask_id", "user_id"], unique=False)

    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rounds_ask_id"), ["ask_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rounds_ask_id"))

    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_index("ix_reviews_ask_id_user_id")

    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_deliveries_ask_id",
            postgresql_where=sa.text("ask_id IS NOT NULL"),
            sqlite_where=sa.text("ask_id IS NOT NULL"),
        )

    with op.batch_alter_table("asks", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_asks_practice_id",
            postgresql_where=sa.text("practice_id IS NOT NULL"),
            sqlite_where=sa.text("practice_id IS NOT NULL"),
        )
