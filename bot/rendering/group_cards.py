"""A card in a group: the question for all, the answer for one."""

from __future__ import annotations

from html import escape

from bot.bank import Bank, Question
from bot.db.tables import Ask
from bot.rendering import callback_data as taps
from bot.rendering.cards import answered, chips, view_of
from bot.rendering.polls import TODAY
from bot.rendering.screen import Button, Keyboard, Screen

ALONE = "Noted. Show answer opens the full card."
AGAIN = "You have rated this card; what you said first counts."
NOTED = {True: "Noted: got it.", False: "Noted: missed. It will come back to you."}


def card(
    bank: Bank, asked: Question, ask: Ask, round_id: int, *, got: int, missed: int, is_daily: bool = False
) -> Screen:
    """Show a question to the group, with counts and no names."""
    lines = [
        f"{TODAY} · {chips(bank, asked, view_of(ask))}" if is_daily else chips(bank, asked, view_of(ask)),
        "",
        f"<b>{escape(asked.prompt, quote=False)}</b>",
        "",
        "<i>Talk about it, then look and rate for yourself: only you see the answer.</i>",
    ]
    if got or missed:
        lines += ["", f"✅ {got} · ❌ {missed}"]
    look = (Button("👀 Show answer", taps.GroupReveal(round_id).encode(), style="primary"),)
    return Screen("\n".join(lines), (look, *_ratings(round_id)))


def answer(bank: Bank, asked: Question, ask: Ask, round_id: int, *, known: bool | None) -> Screen:
    """Show one member the answer: waiting for their rating, or with the one that stands."""
    lines = answered(bank, asked, view_of(ask))
    if known is None:
        return Screen("\n".join([*lines, "", "<b>How did you do?</b>"]), _ratings(round_id))
    verdict = "✅ <b>Got it.</b>" if known else "❌ <b>Missed.</b> It comes back to you in the private chat."
    return Screen("\n".join([*lines, "", verdict]))


def anyone(quiz_id: int) -> Screen:
    """Ask whether anyone is there, after cards that nobody rated."""
    go_on = Button("▶️ Go on", taps.GameStart(quiz_id).encode(), style="success")
    return Screen(
        "<b>Nobody has rated two cards in a row.</b> Is anyone there?",
        ((go_on, Button("⏹ End it", taps.GameStop(quiz_id).encode())),),
    )


def _ratings(round_id: int) -> Keyboard:
    return (
        (
            Button("✅ Got it", taps.GroupRate(round_id, 1).encode(), style="success"),
            Button("❌ Missed", taps.GroupRate(round_id, 0).encode(), style="danger"),
        ),
    )
