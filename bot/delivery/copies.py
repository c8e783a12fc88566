"""A question's message, drawn and encoded once: of each copy only the chat and the ask differ."""

from __future__ import annotations

from functools import lru_cache

from bot.api.copies import STAND_IN, Copy, Template
from bot.bank import Bank, Question
from bot.db.asks import NewAsk
from bot.db.tables import Ask
from bot.learning import Kind, Reason
from bot.rendering import cards

KEPT = 1024
"""Templates in memory, of some 2 kB: a day's questions are most of a bank, mostly drawn alike."""


class Copies:
    """Makes the copies of a bank's questions."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._template = lru_cache(KEPT)(self._draw)

    def of(self, ask: Ask | NewAsk, question: Question, *, silent_days: int, four: bool) -> Copy:
        """Draw an ask's question as it is sent."""
        template = self._template(question.id, ask.number, ask.of, silent_days, four)
        return Copy(template, ask.id)

    def _draw(self, question_id: str, number: int, of: int, silent_days: int, four: bool) -> Template:
        question = self._bank.questions[question_id]
        unsaid = Reason(Kind.NEW, question.topic)
        view = cards.CardView(STAND_IN, unsaid, number, of, four=four, silent_days=silent_days)
        return Template(cards.question(self._bank, question, view))
