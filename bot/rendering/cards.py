"""A question on the screen: asked, with its hint, with its answer, and rated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from bot.bank import Bank, Question
from bot.db.tables import Ask
from bot.learning import Reason
from bot.rendering import callback_data as taps
from bot.rendering.quiz import finished
from bot.rendering.reasons import sentence
from bot.rendering.screen import Button, Screen
from bot.rendering.words import day
from bot.services.asking import reason_of
from bot.services.reviews import Rated

NAMES = {1: "❌ Missed", 2: "😬 Hard", 3: "✅ Got it", 4: "🚀 Easy"}
"""Ratings by their FSRS number: Again, Hard, Good, Easy."""


@dataclass(frozen=True, slots=True)
class CardView:
    """What a card shows beside the question itself."""

    ask_id: int
    reason: Reason
    number: int = 1
    of: int = 1
    hinted: bool = False
    first_ever: bool = False
    note: str = ""
    silent_days: int = 0


def view_of(ask: Ask, **more: Any) -> CardView:
    """Take what a card shows from its ask."""
    hinted = ask.hinted_at is not None
    return CardView(ask.id, reason_of(ask), ask.number, ask.of, hinted=hinted, **more)


Draw = Callable[[Bank, Question, CardView], Screen]


def why(bank: Bank, view: CardView) -> str:
    """Say in an alert why a question was chosen: plain text."""
    return unescape(sentence(view.reason, bank))


def question(bank: Bank, asked: Question, view: CardView) -> Screen:
    """Show a question whose answer is still hidden."""
    lines = [_chips(bank, asked, view), "", f"<b>{escape(asked.prompt, quote=False)}</b>"]
    if view.silent_days:
        lines[:0] = [
            f"<i>{view.silent_days} days without an answer from you. Still there? Any answer keeps "
            "the questions coming; /pause gives you a break.</i>",
            "",
        ]
    if view.hinted:
        lines += ["", f"💡 <i>{escape(asked.hint, quote=False)}</i>"]
    if view.note:
        lines += ["", view.note]
    if view.first_ever:
        lines += ["", "<i>Answer in your head first. Then compare, and say honestly how it went.</i>"]
    more = []
    if not view.hinted:
        more.append(Button("💡 Hint", taps.Hint(view.ask_id).encode()))
    more.append(Button("❔ Why this one?", taps.Why(view.ask_id).encode()))
    reveal = (Button("👀 Show answer", taps.Reveal(view.ask_id).encode(), style="primary"),)
    rows = (reveal, _rating_row(view.ask_id), tuple(more))
    return Screen("\n".join(lines), tuple(row for row in rows if row))


def answer(bank: Bank, asked: Question, view: CardView) -> Screen:
    """Show a question with its answer, waiting for the rating."""
    return Screen(
        "\n".join([*_answered(bank, asked, view), "", "<b>How did you do?</b>"]),
        (_rating_row(view.ask_id),),
    )


def rated(bank: Bank, asked: Question, view: CardView, result: Rated) -> Screen:
    """Show a rated card: when it comes back, why it came, and where to go from here."""
    verdict = f"<b>{NAMES[result.rating]}.</b> {_return(result)}"
    lines = [*_answered(bank, asked, view), "", verdict, f"<i>{sentence(view.reason, bank)}</i>"]
    if result.finished is not None:
        lines += ["", finished(result.finished)]
    return Screen("\n".join(lines), (_after(view.ask_id),))


def rated_without_text(result: Rated) -> Screen:
    """Confirm the rating of a question that has left the bank since it was asked."""
    text = (
        f"<b>{NAMES[result.rating]}.</b> Your rating is kept. The question itself has been retired: "
        "it no longer stands up, so it will not come back."
    )
    return Screen(text, (_after(result.ask.id),))


def _after(ask_id: int) -> tuple[Button, ...]:
    return (
        Button("▶️ Next question", taps.Next(ask_id).encode(), style="primary"),
        Button("✏️ Change rating", taps.Change(ask_id).encode()),
    )


def changing(bank: Bank, asked: Question, view: CardView, rating: int) -> Screen:
    """Ask which rating is meant instead."""
    keep = (Button("↩️ Keep it", taps.Keep(view.ask_id).encode()),)
    text = [*_answered(bank, asked, view), "", f"You said <b>{NAMES[rating]}</b>. What is right?"]
    meant = (
        Button(NAMES[3], taps.Correct(view.ask_id, 3).encode(), style="success"),
        Button(NAMES[1], taps.Correct(view.ask_id, 1).encode(), style="danger"),
    )
    return Screen("\n".join(text), (meant, keep))


def retired() -> Screen:
    """Say that a question has left the bank, instead of its card."""
    return Screen("This question has been retired: it no longer stands up. /quiz brings you another one.")


def _chips(bank: Bank, asked: Question, view: CardView) -> str:
    topic = next(topic for topic in bank.topics if topic.slug == asked.topic)
    chips = [escape(topic.name), str(asked.level)]
    chips += [f"{_product(product)} {version}+" for product, version in asked.since.items()]
    if view.of > 1:
        chips.append(f"{view.number} of {view.of}")
    return " · ".join(chips)


def _product(slug: str) -> str:
    return {"postgresql": "PostgreSQL", "drf": "DRF"}.get(slug, slug.capitalize())


def _answered(bank: Bank, asked: Question, view: CardView) -> list[str]:
    points = "\n".join(f"• {point}" for point in asked.key_points)
    hint = escape(asked.hint, quote=False)
    sources = " · ".join(
        f'<a href="{escape(source.url)}">{escape(source.title, quote=False)}</a>' for source in asked.sources
    )
    return [
        _chips(bank, asked, view),
        "",
        f"<b>{escape(asked.prompt, quote=False)}</b>",
        "",
        asked.answer,
        "",
        f"<blockquote expandable><b>Key points</b>\n{points}\n\n💡 {hint}</blockquote>",
        f"📚 {sources}",
    ]


def _rating_row(ask_id: int) -> tuple[Button, ...]:
    return (
        Button(NAMES[3], taps.Rate(ask_id, 3).encode(), style="success"),
        Button(NAMES[1], taps.Rate(ask_id, 1).encode(), style="danger"),
    )


def _return(rating: Rated) -> str:
    when = day(rating.back_on, rating.today)
    if rating.rating == 1:
        return f"It comes back, from {when} on."
    return f"It may come back from {when} on, as it starts to fade."
