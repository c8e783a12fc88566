"""Snippets apart: a poll's snippet as a message of its own, by wish of the group or need of the server."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("group_chats") as table:
        table.add_column(
            sa.Column("code_apart", sa.Boolean(), server_default=sa.text("false"), nullable=False)
        )
    with op.batch_alter_table("rounds") as table:
        table.add_column(sa.Column("snippet_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("rounds") as table:
        table.drop_column("snippet_id")
    with op.batch_alter_table("group_chats") as table:
        table.drop_column("code_apart")
