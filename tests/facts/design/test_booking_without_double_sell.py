"""Of two conditional updates at once one wins; the other waits, tests again and changes no row."""

import threading
import time
from typing import Any

import psycopg
import pytest

HOLD = """
    UPDATE seat SET held_by = %s, held_until = now() + interval '10 minutes'
    WHERE number = 12 AND NOT sold AND (held_until IS NULL OR held_until < now())
"""
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = %s"


@pytest.fixture
def people(empty_database: str) -> Any:
    """Two buyers, each with a connection of their own, and a hall with seat 12."""
    with psycopg.connect(empty_database) as ann, psycopg.connect(empty_database) as bob:
        ann.execute(
            "CREATE TABLE seat (number int, sold bool DEFAULT false, held_by text, held_until timestamptz)"
        )
        ann.execute("INSERT INTO seat (number) VALUES (12)")
        ann.commit()
        yield ann, bob


def test_the_second_update_waits_and_then_changes_no_row(people: Any, empty_database: str) -> None:
    ann, bob = people
    changed: list[int] = []
    assert ann.execute(HOLD, ["ann"]).rowcount == 1
    second = threading.Thread(target=lambda: changed.append(bob.execute(HOLD, ["bob"]).rowcount))
    second.start()
    with psycopg.connect(empty_database, autocommit=True) as watcher:
        for _ in range(200):
            if watcher.execute(WAITING, [bob.info.backend_pid]).fetchone() == (1,):
                break
            time.sleep(0.02)
        else:
            pytest.fail("the second update did not wait")
    assert changed == []
    ann.commit()
    second.join(timeout=10)
    bob.commit()
    assert changed == [0]
    assert ann.execute("SELECT held_by FROM seat").fetchone() == ("ann",)


def test_an_expired_hold_is_free_without_any_clean_up(people: Any) -> None:
    ann, bob = people
    ann.execute("UPDATE seat SET held_by = 'cy', held_until = now() - interval '1 second'")
    ann.commit()
    assert bob.execute(HOLD, ["bob"]).rowcount == 1


def test_standing_room_is_counted_down_to_zero_and_no_further(people: Any) -> None:
    ann, _ = people
    ann.execute("CREATE TABLE hall (free int)")
    ann.execute("INSERT INTO hall VALUES (1)")
    rows = [ann.execute("UPDATE hall SET free = free - 1 WHERE free > 0").rowcount for _ in range(2)]
    assert rows == [1, 0]
