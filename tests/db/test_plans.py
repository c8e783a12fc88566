"""What runs every second reads no more than it finds: its plan names its index."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.db import Database, Session, subscriptions
from bot.db.migrate import upgrade

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
Ask = Callable[[Session], Awaitable[Any]]


async def plan_of(database: Database, ask: Ask, begins: str = "SELECT") -> str:
    """How SQLite goes about the first statement of a question that begins so."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    async with database.reading() as session:
        await ask(session)
        statement, values = next(one for one in asked if one[0].startswith(begins))
        connection = await session.connection()
        steps = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        return " ".join(str(step[-1]) for step in steps)


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda session: subscriptions.is_any_group_due(session, NOW), "ix_subscriptions_next_due_of_groups"),
        (lambda session: subscriptions.due_groups(session, NOW, 9), "ix_subscriptions_next_due_of_groups"),
        (lambda session: subscriptions.due(session, NOW, 9), "ix_subscriptions_next_due "),
    ],
)
async def test_due_ones_are_found_by_their_index(tmp_path: Path, ask: Ask, index: str) -> None:
    database = Database(f"sqlite:///{tmp_path}/gotit.db")
    await upgrade(database)
    plan = await plan_of(database, ask)
    await database.close()
    assert f"USING INDEX {index}" in plan or f"USING COVERING INDEX {index}" in plan
    looked_for, _, _gathered = plan.partition(" SCAN ")  # of those that were taken
    assert "TEMP B-TREE" not in looked_for


async def test_a_list_of_ids_that_share_something_is_read_once(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/gotit.db")
    await upgrade(database)
    plan = await plan_of(
        database, lambda session: subscriptions.move_on(session, [(NOW, None, True, [1, 2])]), "WITH"
    )
    await database.close()
    assert plan.startswith("MATERIALIZE shared")
    assert "SEARCH subscriptions USING INTEGER PRIMARY KEY" in plan
