"""*Quiz me* on the screen: four options, then what was wrong with the one chosen."""

from __future__ import annotations

from html import escape

from bot.bank import Bank, Question
from bot.rendering import callback_data as taps
from bot.rendering import cards
from bot.rendering.cards import CardView
from bot.rendering.screen import Button, Screen
from bot.rendering.words import bold
from bot.services.choices import RIGHT, Chosen

LETTERS = "ABCDEFGH"


def options(bank: Bank, asked: Question, view: CardView, order: str) -> Screen:
    """Show a question's stem and its options, lettered in their shuffled order."""
    choice = asked.choice
    if choice is None:
        return cards.question(bank, asked, view)
    lines = [cards.chips(bank, asked, view), ""]
    if choice.snippet_html:
        lines += [choice.snippet_html, ""]
    lines += [bold(choice.stem), ""]
    lines += [
        f"<b>{LETTERS[place]}.</b> {escape(choice.options[int(option)].text, quote=False)}"
        for place, option in enumerate(order)
    ]
    row = tuple(
        Button(LETTERS[place], taps.Choose(view.ask_id, place).encode()) for place in range(len(order))
    )
    reveal = Button("👀 Show answer", taps.Reveal(view.ask_id).encode())
    return Screen("\n".join(lines), (row, (reveal,)))


def chosen(bank: Bank, asked: Question, view: CardView, result: Chosen) -> Screen:
    """Say whether the option was right and why not, with the key points; the whole answer is a tap away.

    The whole card below it would be three screens of a phone.
    """
    rated = cards.rated(bank, asked, view, result.rated)
    choice = asked.choice
    if choice is None:
        return rated
    mine, right = choice.options[result.option], choice.options[RIGHT]
    if result.option == RIGHT:
        verdict = f"✅ <b>Right:</b> {escape(mine.text, quote=False)}\n{choice.explanation}"
    else:
        verdict = (
            f"❌ <b>Not quite:</b> {escape(mine.text, quote=False)}\n{mine.why or ''}\n\n"
            f"✅ <b>Right is:</b> {escape(right.text, quote=False)}\n{choice.explanation}"
        )
    lines = [
        verdict,
        "",
        bold(asked.prompt),
        "",
        cards.key_points(asked),
        "",
        *cards.verdict(bank, asked, view, result.rated),
    ]
    reveal = Button("👀 Show answer", taps.Reveal(view.ask_id).encode())
    more = (reveal,) if result.rated.leech else (reveal, cards.deeper(view))
    return Screen("\n".join(lines), (rated.keyboard[0], more))
