"""Find due groups without passing over the people who are due."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_subscriptions_next_due_of_groups",
        "subscriptions",
        ["next_due"],
        unique=False,
        postgresql_where=sa.text("user_id IS NULL"),
        sqlite_where=sa.text("user_id IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_subscriptions_next_due_of_groups", table_name="subscriptions")
