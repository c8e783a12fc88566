"""/stats in words."""

from __future__ import annotations

from bot.bank import Bank, Topic
from bot.rendering import callback_data as taps
from bot.rendering.screen import Button, Screen
from bot.rendering.words import count
from bot.services.stats import Stats, TopicTally

BAR = 8
"""Blocks in a full bar: with the numbers behind it, a line fits a narrow phone."""


def stats(figures: Stats, bank: Bank) -> Screen:
    """Show streak, answers and topics, the weakest first."""
    if not figures.answers:
        return Screen(
            "No answers yet, so nothing to show. One question is enough for a start.",
            ((Button("🎯 A question now", taps.Quiz("any").encode(), style="primary"),),),
        )
    lines = [
        "<b>How you are doing</b>",
        "",
        f"🔥 {count(figures.streak, 'day')} in a row",
        f"🎯 {count(figures.answers, 'answer')}, {_percent(figures.known, figures.answers)} known",
        f"🔁 {count(figures.waiting, 'missed question')} will come back",
        "",
        "<b>Topics, weakest first</b>",
    ]
    by_slug = {tally.topic: tally for tally in figures.topics}
    known = [topic for topic in bank.topics if topic.slug in by_slug]
    known.sort(key=lambda topic: by_slug[topic.slug].known / by_slug[topic.slug].answers)
    lines += [_line(topic, by_slug[topic.slug]) for topic in known]
    rows = (
        Button("🎯 Practise the weakest", taps.Quiz("weak").encode(), style="primary"),
        Button("🔁 What I missed", taps.Quiz("missed").encode()),
    )
    return Screen("\n".join(lines), (rows,))


def one_topic(figures: Stats, topic: Topic, bank: Bank) -> Screen:
    """Show one topic."""
    tally = next((tally for tally in figures.topics if tally.topic == topic.slug), None)
    button = Button("🎯 Practise it", taps.Quiz(topic.slug).encode(), style="primary")
    total = count(len(bank.ids(topic.slug)), "question")
    if tally is None:
        return Screen(f"<b>{topic.name}</b>\n\nNo answers yet, of {total}.", ((button,),))
    return Screen(
        f"<b>{topic.name}</b>\n\n{_line(topic, tally)}\n"
        f"{count(tally.answers, 'answer')}; the bank has {total}.",
        ((button,),),
    )


def _line(topic: Topic, tally: TopicTally) -> str:
    filled = round(BAR * tally.known / tally.answers)
    bar = "▰" * filled + "▱" * (BAR - filled)
    return f"{bar} {topic.title}: {tally.known} of {tally.answers}"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %"
