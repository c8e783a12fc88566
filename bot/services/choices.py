"""*Quiz me*: a question's four options, in an order of their own for each ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.db import Session
from bot.db.presses import AskInHand
from bot.learning import Rating
from bot.services import asking, reviews
from bot.services.reviews import Rated

RIGHT = 0
"""Authors write the right option first."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An option that was chosen: its place among the author's, and the rating that came of it."""

    option: int
    rated: Rated


async def show(session: Session, house: asking.House, ask_id: int, user_id: int) -> AskInHand:
    """Fix the order of an ask's options, once.

    Raises:
        NotYours: when the ask is not this user's.
    """
    found = await asking.in_hand(session, ask_id, user_id)
    question = house.bank.get(found.ask.question_id)
    if found.ask.option_order is None and question is not None and question.choice is not None:
        places = [str(place) for place in range(len(question.choice.options))]
        Random(f"{ask_id}").shuffle(places)  # noqa: S311 - an order, not a secret
        return await asking.note(session, found, option_order="".join(places))
    return found


async def choose(
    session: Session, house: asking.House, ask_id: int, place: int, *, user_id: int, now: datetime
) -> Chosen:
    """Rate an ask by the option chosen: right is Good, corrected for the guess; wrong is Again.

    Raises:
        NotYours: when the ask is not this user's.
        ValueError: when its options were not shown, or there is no such place.
    """
    found = await asking.in_hand(session, ask_id, user_id)
    order = found.ask.option_order or ""
    if not 0 <= place < len(order):
        raise ValueError(f"ask {ask_id} has no option {place}")
    option = int(order[place])
    rating = Rating.GOOD if option == RIGHT else Rating.AGAIN
    rated = await reviews.rate(
        session, house, ask_id, rating, user_id=user_id, now=now, guess=1 / len(order), found=found
    )
    return Chosen(option, rated)
