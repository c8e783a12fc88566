"""The policy's state, kept in rows: reading it before a choice, writing it after an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from bot.db import Session, cards, learners, users
from bot.db.presses import PressedCard, PressedUser
from bot.db.tables import Card as CardRow
from bot.db.tables import Learner as LearnerRow
from bot.db.tables import User
from bot.learning import Card, Evidence, Learner, Pool, State

EMPTY = Pool.build({})


async def state(session: Session, user_id: int, pool: Pool) -> State:
    """Read what the policy knows of a user: two rows, and one range of cards."""
    rows = await cards.of_user(session, user_id)
    mine = {row.question_id: to_card(row) for row in rows}
    user = await users.find(session, user_id)
    learner = await learners.find(session, user_id)
    return build(user_id, user, learner, mine, pool)


def build(
    user_id: int,
    user: User | users.Plain | PressedUser | None,
    learner: LearnerRow | learners.Known | None,
    mine: dict[str, Card],
    pool: Pool,
) -> State:
    """Build the policy's state out of rows and cards; recording one answer needs that one card only."""
    return State(
        seed=user_id,
        pool=pool,
        cards=mine,
        learner=to_learner(learner),
        interview_day=_ordinal(user.interview_on if user else None),
        set_day=_ordinal(user.interview_set_on if user else None),
    )


def is_near(user: User | PressedUser, today: date) -> bool:
    """Tell whether the user's interview is near: missed questions then return sooner."""
    return build(user.id, user, None, {}, EMPTY).near(today.toordinal())


def to_card(row: CardRow | PressedCard) -> Card:
    """Turn a row into the policy's card."""
    return Card(
        stability=row.stability,
        difficulty=row.difficulty,
        last_day=_ordinal(row.reviewed_on),
        misses=row.misses,
        missed=row.missed,
        asked_day=_ordinal(row.asked_on),
    )


def to_cards(rows: Iterable[cards.Plain]) -> dict[str, Card]:
    """Turn a user's plain rows into the policy's cards, by question."""
    return {
        question: Card(
            stability,
            difficulty,
            reviewed_on and _written(reviewed_on),
            misses,
            bool(missed),
            asked_on and _written(asked_on),
        )
        for question, stability, difficulty, reviewed_on, asked_on, missed, misses in rows
    }


def card_values(user_id: int, question_id: str, card: Card, due_on: date) -> dict[str, object]:
    """Turn the policy's card into the values of its row, but for its newest review."""
    return {
        "user_id": user_id,
        "question_id": question_id,
        "stability": card.stability,
        "difficulty": card.difficulty,
        "reviewed_on": _date(card.last_day),
        "due_on": due_on,
        "asked_on": _date(card.asked_day),
        "missed": card.missed,
        "misses": card.misses,
    }


def to_learner(row: LearnerRow | learners.Known | None) -> Learner:
    """Turn a row into the policy's learner; a fresh one for none."""
    if row is None:
        return Learner()
    topics = {topic: (ok, no) for topic, (ok, no) in row.topics.items()}
    return Learner(Evidence(topics, row.ok, row.no), row.credit, row.asks, tuple(row.recent))


def learner_values(user_id: int, learner: Learner) -> dict[str, object]:
    """Turn the policy's learner into the values of its row."""
    evidence = learner.evidence
    return {
        "user_id": user_id,
        "ok": evidence.ok,
        "no": evidence.no,
        "credit": learner.credit,
        "asks": learner.asks,
        "recent": list(learner.recent),
        "topics": {topic: list(pair) for topic, pair in evidence.topics.items()},
    }


@lru_cache(maxsize=4096)
def _written(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day is not None else None


def _date(day: int | None) -> date | None:
    return date.fromordinal(day) if day is not None else None
