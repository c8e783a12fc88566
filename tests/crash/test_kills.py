"""kill -9 at random moments over a delivery to two thousand: nobody goes without, repeats are bounded."""

from __future__ import annotations

import random
from pathlib import Path

from tests.crash.trial import crash

KILLS = 5
PEOPLE = 2000


async def test_nobody_loses_a_question_and_each_answer_counts_once(database_url: str, tmp_path: Path) -> None:
    seed = random.randrange(1 << 32)
    record = await crash(database_url, tmp_path, kills=KILLS, people=PEOPLE, seed=seed)
    told = f"seed {seed}: {record}\n{(tmp_path / 'bots.log').read_text()[-4000:]}"
    assert record.is_good, told
    assert record.pressed == PEOPLE // 4, told
