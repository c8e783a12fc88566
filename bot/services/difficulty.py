"""How hard each question is, learned from everyone: counted once a day, the same all day long.

The log's new rows are read once, so the cost follows the day's answers, not the log. A press on a
button pays nothing for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from bot.bank import Bank
from bot.db import Session, question_counts
from bot.learning import Count, Rating, difficulties

READ_TO, COUNTED_ON = "reviews counted to", "reviews counted on"


async def count(session: Session, *, now: datetime) -> bool:
    """Count the first answers since the last time, at most once a UTC day; tell whether it was done now."""
    today = now.date().toordinal()
    if await question_counts.watermark(session, COUNTED_ON) >= today:
        return False
    start = await question_counts.watermark(session, READ_TO)
    end = await question_counts.newest_review(session)
    grown: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for question_id, rating, replaced in await question_counts.first_answers(session, start, end):
        known = int(rating > Rating.AGAIN)
        if replaced is None:
            grown[question_id][0] += 1
        else:
            known -= int(replaced > Rating.AGAIN)
        grown[question_id][1] += known
    for question_id, (answers, known) in sorted(grown.items()):
        await question_counts.add(session, question_id, answers, known)
    await question_counts.move_watermark(session, READ_TO, end)
    await question_counts.move_watermark(session, COUNTED_ON, today)
    return True


async def learned(session: Session, bank: Bank) -> Mapping[str, float]:
    """Give every question's difficulty in log odds, out of today's counters."""
    counts = {
        question_id: Count(answers, known)
        for question_id, (answers, known) in (await question_counts.all_counts(session)).items()
    }
    return difficulties(counts, {question.id: question.level for question in bank.questions.values()})
