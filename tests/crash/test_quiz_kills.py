"""kill -9 of a real bot in mid-quiz: the same quiz goes on, and no answer is lost or counts twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.quiz_trial import STEPS, Step, crash_quiz

SOME = {"sqlite": STEPS[1::3], "postgresql": STEPS[::3]}
"""Each engine is killed at four steps here, at all of them by `python -m tests.crash`."""


@pytest.mark.parametrize("database_url", SOME, indirect=True)
async def test_killed_at_each_step(database_url: str, tmp_path: Path) -> None:
    steps: tuple[Step, ...] = SOME[database_url.partition(":")[0]]
    record = await crash_quiz(database_url, tmp_path, steps=steps)
    told = f"{record}\n{(tmp_path / 'bots.log').read_text()[-4000:]}"
    assert record.kills == len(steps), told
    assert record.is_good, told
