"""A round as a native quiz poll, and as a message with buttons where polls may not be sent."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from bot.bank import Bank, Question
from bot.db.group_tables import Quiz
from bot.db.tables import Ask
from bot.rendering import callback_data as taps
from bot.rendering.screen import Button, Screen
from bot.rendering.words import count

LETTERS = "ABCD"
LONGEST_DESCRIPTION = 1024
TODAY = "📅 Question of the day"
NO_POLLS = (
    "<i>I may not send polls in this group, so we play with buttons. An admin can allow it in the "
    "group's permissions.</i>"
)


@dataclass(frozen=True, slots=True)
class Poll:
    """A native quiz poll: options as shown, the index of the right one, seconds until it closes.

    `question` and `options` are plain text; `explanation`, `description`, `chips` and `snippet` are Telegram
    HTML. The description is chips and snippet; where it is not shown, `snippet` is a message of its own.
    """

    question: str
    options: tuple[str, ...]
    right: int
    seconds: int
    explanation: str
    description: str
    chips: str
    snippet: str | None


def poll(bank: Bank, asked: Question, ask: Ask, quiz: Quiz) -> Poll:
    """Make the poll of a round. The snippet stands in the description: poll questions know no markup."""
    choice = asked.choice
    if choice is None:
        raise ValueError(f"{asked.id} has no options")
    chips = _chips(bank, asked, ask, quiz)
    description = f"{chips}\n{choice.snippet_html}" if choice.snippet_html else chips
    if choice.snippet and len(chips) + 1 + len(choice.snippet) > LONGEST_DESCRIPTION:
        description = choice.snippet_html or ""
    order = ask.option_order or ""
    return Poll(
        question=choice.stem,
        options=tuple(choice.options[int(digit)].text for digit in order),
        right=order.index("0"),
        seconds=quiz.seconds,
        explanation=choice.explanation,
        description=description,
        chips=chips,
        snippet=f"{chips}\n{choice.snippet_html}" if choice.snippet_html else None,
    )


def buttons(
    bank: Bank, asked: Question, ask: Ask, quiz: Quiz, round_id: int, answers: int, *, explains: bool
) -> Screen:
    """Make the message of a round that is played with buttons; it shows how many have answered."""
    drawn = poll(bank, asked, ask, quiz)
    lines = [drawn.description, "", f"<b>{escape(drawn.question, quote=False)}</b>", ""]
    lines += [
        f"<b>{letter}</b> {escape(option, quote=False)}"
        for letter, option in zip(LETTERS, drawn.options, strict=True)
    ]
    lines += ["", f"⏱ {_span(quiz.seconds)} · {count(answers, 'answer')} so far"]
    if explains:
        lines += ["", NO_POLLS]
    row = tuple(
        Button(letter, taps.GameAnswer(round_id, place).encode())
        for place, letter in enumerate(LETTERS[: len(drawn.options)])
    )
    return Screen("\n".join(lines), (row,))


def _span(seconds: int) -> str:
    return count(seconds // 3600, "hour") if seconds >= 3600 else count(seconds, "second")


def _chips(bank: Bank, asked: Question, ask: Ask, quiz: Quiz) -> str:
    """Write where the game stands; of a question's topics the one that the game is about."""
    topic = next(topic for topic in bank.topics if topic.slug == (quiz.topic or asked.topic))
    place = f"{ask.number} of {ask.of} · " if ask.of > 1 else f"{TODAY} · " if quiz.kind == "daily" else ""
    return f"{place}{escape(topic.name, quote=False)} · {asked.level}"
