"""Each copy of a question equals the message drawn for itself alone."""

from __future__ import annotations

import orjson
import pytest

from bot.api.markup import payload
from bot.bank import Bank
from bot.db.asks import NewAsk
from bot.delivery.copies import Copies
from bot.learning import Kind, Reason
from bot.rendering import cards
from tests.support.stage import MONDAY


@pytest.mark.parametrize("four", [False, True])
@pytest.mark.parametrize("silent_days", [0, 7])
@pytest.mark.parametrize("place", [(1, 1), (2, 3)])
def test_every_question_is_copied_as_it_is_drawn(
    bank: Bank, four: bool, silent_days: int, place: tuple[int, int]
) -> None:
    copies = Copies(bank)
    reason = Reason(Kind.MISSED, "orm", days=3, misses=1)
    for number, question in enumerate(bank.questions.values(), start=1):
        ask = NewAsk(5, question.id, question.content_hash, *place, {}, MONDAY.date(), id=number)
        view = cards.CardView(number, reason, *place, four=four, silent_days=silent_days)
        drawn = payload(cards.question(bank, question, view))
        copy = copies.of(ask, question, silent_days=silent_days, four=four)
        assert orjson.loads(copy.encoded()) == drawn
