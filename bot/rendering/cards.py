"""A question on the screen: asked, with its hint, with its answer, and rated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from typing import Any, Literal

from bot.bank import Bank, Question
from bot.db.asks import NewAsk
from bot.db.presses import PressedAsk
from bot.db.tables import Ask
from bot.learning import Reason
from bot.rendering import callback_data as taps
from bot.rendering.quiz import finished
from bot.rendering.reasons import sentence
from bot.rendering.screen import Button, Keyboard, Screen
from bot.rendering.words import bold, day
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
    four: bool = False
    first_ever: bool = False
    note: str = ""
    silent_days: int = 0
    deeper: bool = False
    """Whether the follow-ups are shown."""


def view_of(ask: Ask | NewAsk | PressedAsk, **more: Any) -> CardView:
    """Take what a card shows from its ask."""
    hinted = ask.hinted_at is not None
    return CardView(ask.id, reason_of(ask), ask.number, ask.of, hinted=hinted, **more)


Draw = Callable[[Bank, Question, CardView], Screen]


def why(bank: Bank, view: CardView) -> str:
    """Say in an alert why a question was chosen: plain text."""
    return unescape(sentence(view.reason, bank))


def question(bank: Bank, asked: Question, view: CardView) -> Screen:
    """Show a question whose answer is still hidden."""
    lines = [chips(bank, asked, view), "", bold(asked.prompt)]
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
    if asked.choice is not None:
        more.append(Button("🧩 Quiz me", taps.QuizMe(view.ask_id).encode()))
    more.append(Button("❔ Why?", taps.Why(view.ask_id).encode()))
    reveal = (Button("👀 Show answer", taps.Reveal(view.ask_id).encode(), style="primary"),)
    return Screen("\n".join(lines), (reveal, *_ratings(taps.Rate, view), tuple(more)))


def answer(bank: Bank, asked: Question, view: CardView) -> Screen:
    """Show a question with its answer, waiting for the rating."""
    return Screen(
        "\n".join([*answered(bank, asked, view), "", "<b>How did you do?</b>"]),
        _ratings(taps.Rate, view),
    )


def rated(bank: Bank, asked: Question, view: CardView, result: Rated) -> Screen:
    """Show a rated card: when it comes back, why it came, and where to go from here."""
    lines = [*answered(bank, asked, view), "", *verdict(bank, asked, view, result)]
    buttons: Keyboard = (_after(view.ask_id),)
    if not (result.leech or view.deeper):
        buttons = (*buttons, (deeper(view),))
    return Screen("\n".join(lines), buttons)


def deeper(view: CardView) -> Button:
    """Lead to what an interviewer may ask next."""
    return Button("🧭 Follow-ups", taps.Deeper(view.ask_id).encode())


def verdict(bank: Bank, asked: Question, view: CardView, result: Rated) -> list[str]:
    """Write what a rating came to: when the question returns, why it came, and what ended with it."""
    said = f"<b>{_name(result.rating, four=result.four)}.</b> {_return(result)}"
    lines = [said, f"<i>{sentence(view.reason, bank)}</i>"]
    if result.leech:
        lines += ["", *_leech(asked)]
    elif view.deeper:
        title = "🧭 <b>What you may be asked next</b>"
        lines += ["", title, f"<blockquote>{_follow_ups(asked)}</blockquote>"]
    if result.finished is not None:
        lines += ["", finished(result.finished)]
    return lines


def rated_without_text(result: Rated) -> Screen:
    """Confirm the rating of a question that has left the bank since it was asked."""
    text = (
        f"<b>{_name(result.rating, four=result.four)}.</b> Your rating is kept. "
        "The question itself has been retired: it no longer stands up, so it will not come back."
    )
    return Screen(text, (_after(result.ask.id),))


def _name(rating: int, *, four: bool) -> str:
    """Name a rating in the buttons' words: who has two of them never pressed Hard."""
    return NAMES[3 if rating == 2 and not four else rating]


def _after(ask_id: int) -> tuple[Button, ...]:
    return (
        Button("▶️ Next question", taps.Next(ask_id).encode(), style="primary"),
        Button("✏️ Change rating", taps.Change(ask_id).encode()),
    )


def changing(bank: Bank, asked: Question, view: CardView, rating: int) -> Screen:
    """Ask which rating is meant instead."""
    keep = (Button("↩️ Keep it", taps.Keep(view.ask_id).encode()),)
    said = f"You said <b>{_name(rating, four=view.four)}</b>. What is right?"
    return Screen("\n".join([*answered(bank, asked, view), "", said]), (*_ratings(taps.Correct, view), keep))


def retired() -> Screen:
    """Say that a question has left the bank, instead of its card."""
    return Screen("This question has been retired: it no longer stands up. /quiz brings you another one.")


def chips(bank: Bank, asked: Question, view: CardView) -> str:
    """Write the line above a question: topic, level, versions, place in the run."""
    topic = next(topic for topic in bank.topics if topic.slug == asked.topic)
    chips = [escape(topic.name), str(asked.level)]
    chips += [f"{_product(product)} {version}+" for product, version in asked.since.items()]
    if view.of > 1:
        chips.append(f"{view.number} of {view.of}")
    return " · ".join(chips)


def _product(slug: str) -> str:
    return {"postgresql": "PostgreSQL", "drf": "DRF"}.get(slug, slug.capitalize())


def answered(bank: Bank, asked: Question, view: CardView) -> list[str]:
    """Write a question with its answer: the body of every card from then on. Key points and sources fold."""
    points = key_points(asked)
    hint = escape(asked.hint, quote=False)
    sources = " · ".join(
        f'<a href="{escape(source.url)}">{escape(source.title, quote=False)}</a>' for source in asked.sources
    )
    return [
        chips(bank, asked, view),
        "",
        bold(asked.prompt),
        "",
        asked.answer,
        "",
        f"<blockquote expandable>{points}\n\n💡 {hint}\n\n📚 {sources}</blockquote>",
    ]


def key_points(asked: Question) -> str:
    """Write the answer's points as a list with a title."""
    return "\n".join(["<b>Key points</b>", *(f"• {point}" for point in asked.key_points)])


def _ratings(tap: type[taps.Rate] | type[taps.Correct], view: CardView) -> Keyboard:
    def button(rating: int, style: Literal["success", "danger"] | None = None) -> Button:
        return Button(NAMES[rating], tap(view.ask_id, rating).encode(), style=style)

    if view.four:
        return ((button(3, "success"), button(1, "danger")), (button(4), button(2)))
    return ((button(3, "success"), button(1, "danger")),)


def _return(rating: Rated) -> str:
    when = day(rating.back_on, rating.today)
    if rating.rating == 1:
        return f"It comes back, from {when} on."
    hinted = " With the hint it counts as shaky." if rating.rating == 2 and not rating.four else ""
    return f"It may come back from {when} on, as it starts to fade.{hinted}"


def _leech(asked: Question) -> list[str]:
    """Show a way out of missing the same question again and again."""
    return [
        "🧗 <b>This one is stubborn.</b> Repeating it has not helped, so it now rests for two weeks. "
        "Read one of the sources above, and come at it from the side:",
        f"<blockquote expandable>{_follow_ups(asked)}</blockquote>",
    ]


def _follow_ups(asked: Question) -> str:
    return "\n".join(f"• <b>{one.question}</b> {one.gist}" for one in asked.follow_ups)
