"""Several processes on one PostgreSQL: two workers, one of which delivers, and one that answers by webhook.

Real processes over HTTP on loopback. The leases are shorter than in earnest, nothing else is different.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

from bot.db import Database
from tests.crash.trial import Trial
from tests.processes.processes import holder, until_holder_is
from tests.support.loopback import free_port

PEOPLE = 600


async def test_a_worker_that_dies_and_one_that_freezes(empty_database: str, tmp_path: Path) -> None:
    trial = Trial(empty_database, PEOPLE)
    await trial.prepare()
    database = Database(empty_database)
    port = free_port()
    public = {"WEBHOOK_URL": f"http://127.0.0.1:{port}", "HOST": "127.0.0.1", "PORT": str(port)}
    async with trial.served() as telegram_port, trial.nursery(tmp_path, telegram_port) as bots:
        await trial.start(bots, ROLE="web", **public)
        workers = [await trial.start(bots, ROLE="worker") for _ in range(2)]
        active = await until_holder_is(database, *workers)
        await trial.until(0.1)
        os.kill(active, signal.SIGKILL)
        (other,) = set(workers) - {active}
        assert await until_holder_is(database, other) == other
        await trial.until(0.6)
        third = await trial.start(bots, ROLE="worker")
        os.kill(other, signal.SIGSTOP)
        assert await until_holder_is(database, third) == third
        await trial.until(1.0)
        os.kill(other, signal.SIGCONT)
        await trial.until_worked_off()
        assert await holder(database) == third, "who was frozen stands by"
        record = await trial.record(kills=2)
    await database.close()
    assert record.lost == 0
    assert record.repeated <= record.most
    assert record.reviews == record.reviewers == record.pressed == PEOPLE // 4, "answered by the web process"
