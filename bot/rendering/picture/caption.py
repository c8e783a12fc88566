"""The picture in words: its caption, for screen readers and for everyone who does not open it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.rendering.picture.hero import interview
from bot.rendering.picture.numbers import Range, percent
from bot.rendering.picture.topics import find, tried
from bot.rendering.words import count, day
from bot.services.progress import Progress, Strength

LONGEST = 60
"""Characters of a title that are said: four of them leave a caption below Telegram's 1,024."""
WEAKEST = 3


def caption(progress: Progress) -> str:
    """Say what `draw` shows, in Telegram's HTML of at most 1,024 characters."""
    if not progress.answers:
        lines = [
            "<b>How you are doing</b>",
            "No answers yet. One question is enough for a start: the picture fills day by day.",
        ]
        return "\n".join([*lines, *_interview(progress)])
    active = sum(1 for _, answers in progress.days if answers)
    lines = [
        "<b>How you are doing</b>",
        f"🔥 {count(progress.streak, 'day')} in a row, longest {progress.longest:,}; "
        f"{count(active, 'active day')} in a year",
        f"🎯 {count(progress.answers, 'answer')}, {percent(progress.known / progress.answers)} known",
        _readiness(progress),
        *_topics(progress.topics),
        _returns(progress),
        *_interview(progress),
    ]
    return "\n".join(lines)


def caption_topic(progress: Progress, topic_slug: str) -> str:
    """Say what `draw_topic` shows, within the same limits; LookupError if it is none of the user's topics."""
    strength = find(progress.topics, topic_slug)
    seen = f"{strength.seen:,} of {count(strength.total, 'question')} seen"
    lines = [f"<b>{_title(strength)}</b>"]
    if not strength.answers:
        return "\n".join([*lines, f"Not tried yet; {seen}", *_interview(progress)])
    lines += [
        f"📈 You would probably answer {_share(strength)} of this topic.",
        f"🎯 {count(strength.answers, 'answer')}; {seen}",
    ]
    others = [other for other in tried(progress.topics) if other.topic != topic_slug]
    if others:
        weaker = sum(1 for other in others if other.share < strength.share)
        lines.append(f"Of {count(len(others), 'other topic')} you tried, {weaker} are weaker.")
    return "\n".join([*lines, *_interview(progress)])


def _readiness(progress: Progress) -> str:
    point = progress.readiness
    likely = Range(point.share, point.low, point.high).words()
    now = f"📈 <b>Readiness: about {percent(point.share)}</b>, likely {likely}"
    first = progress.course[0] if progress.course else point
    if first.day < point.day:
        now += f" (on {day(first.day, progress.today)}: {percent(first.share)})"
    return f"{now}. That is the share of your topics you would probably answer."


def _topics(topics: Sequence[Strength]) -> list[str]:
    known = tried(topics)
    if len(known) < 2:
        return [f"Your topic so far: {_title(one)}, {_share(one)}" for one in known]
    weakest, strongest = known[: min(WEAKEST, len(known) - 1)], known[-1]
    return [
        "Weakest: " + "; ".join(f"{_title(one)}, {_share(one)}" for one in weakest),
        f"Strongest: {_title(strongest)}, {_share(strongest)}",
    ]


def _returns(progress: Progress) -> str:
    days = [(when, questions) for when, questions in progress.forecast if questions]
    waiting = "🔁 Nothing missed is waiting"
    if progress.waiting:
        waiting = f"🔁 {count(progress.waiting, 'missed question')} will come back"
    if not days:
        return f"{waiting}; nothing is due in the next 14 days"
    when, questions = days[0]
    total = sum(questions for _, questions in days)
    # What was known is due again too, so this is no part of the number of those missed.
    due = f"{day(when, progress.today)}: {questions:,}; in 14 days: {total:,}"
    return f"{waiting}. Due again (missed or known) {due}"


def _interview(progress: Progress) -> list[str]:
    when = interview(progress)
    if when is None:
        return []
    if when == progress.today:
        return ["📅 Your interview is today"]
    left = count((when - progress.today).days, "day")
    return [f"📅 {left} to your interview: {day(when, progress.today)}"]


def _share(strength: Strength) -> str:
    shown = Range(strength.share, strength.low, strength.high)
    return f"about {percent(shown.share)} ({shown.words()})"


def _title(strength: Strength) -> str:
    line = " ".join(strength.title.split())
    return escape(line if len(line) <= LONGEST else line[:LONGEST] + "…", quote=False)
