"""What the bot knows of a person, for the panel beside the chat: read-only, as JSON-ready values."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from bot.bank import Bank
from bot.db import Database, Session, cards, learners, reviews, subscriptions, users
from bot.db.tables import Card, Subscription
from bot.learning import retrievability
from bot.rendering import setup, words
from bot.services import memory, timetable, zones

NAMES = {1: "Missed", 2: "Hard", 3: "Got it", 4: "Easy"}
LOG_LINES = 100


async def knows(database: Database, bank: Bank, person_id: int, now: datetime) -> dict[str, Any]:
    """Tell a person's subscription, cards, topics and newest reviews."""
    async with database.reading() as session:
        user = await users.find(session, person_id)
        today = timetable.local_date(now, zones.known(user.time_zone if user else None)).toordinal()
        subscription = await subscriptions.of_chat(session, person_id)
        log = await reviews.log(session, person_id)
        answers = Counter(review.question_id for review in log if review.replaces is None)
        rows = await cards.of_user(session, person_id)
        corrected = {review.replaces for review in log}
        return {
            "subscription": _subscription(subscription, now),
            "cards": [_card(row, bank, answers[row.question_id], today) for row in _by_due(rows)],
            "topics": await _topics(session, person_id, bank),
            "log": [
                {
                    "at": int(review.reviewed_at.timestamp()),
                    "question": _title(bank, review.question_id),
                    "rating": NAMES[review.rating],
                    "way": review.way,
                    "corrected": review.id in corrected,
                }
                for review in reversed(log[-LOG_LINES:])
            ],
        }


def _subscription(subscription: Subscription | None, now: datetime) -> dict[str, Any]:
    if subscription is None:
        return {"sentence": "Not met yet: press Start in the chat.", "next_due": None}
    due = subscription.next_due
    if due is None or subscription.status != "active":
        sentence = setup.state(subscription, now).replace("<b>", "").replace("</b>", "")
    else:
        sentence = setup.plan(subscription)
    if due is None:
        return {"sentence": sentence, "next_due": None}
    here = zones.known(subscription.time_zone)
    next_one = setup.moment(due, here, now.astimezone(here).date())
    return {
        "sentence": sentence,
        "next": f"{next_one[0].upper()}{next_one[1:]}, {words.zone(subscription.time_zone)} time",
        "next_due": int(due.timestamp()),
    }


def _by_due(rows: Any) -> list[Card]:
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on, row.question_id))


def _card(row: Card, bank: Bank, answers: int, today: int) -> dict[str, Any]:
    card = memory.to_card(row)
    topic = bank.topic_of.get(row.question_id, "")
    return {
        "question": row.question_id,
        "title": _title(bank, row.question_id),
        "topic": next((one.name for one in bank.topics if one.slug == topic), topic),
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "state": "missed" if row.missed else "known" if card.rated else "asked",
        "recall": round(retrievability(card, today), 2) if card.rated else None,
        "misses": row.misses,
        "reviews": answers,
    }


async def _topics(session: Session, person_id: int, bank: Bank) -> list[dict[str, Any]]:
    learner = memory.to_learner(await learners.find(session, person_id))
    tallies = {topic: answers for topic, answers, _ in await reviews.tally(session, person_id)}
    return [
        {
            "slug": topic.slug,
            "name": topic.name,
            "estimate": round(learner.evidence.estimate(topic.slug), 2),
            "answers": tallies.get(topic.slug, 0),
            "questions": len(bank.ids(topic.slug)),
        }
        for topic in bank.topics
    ]


def _title(bank: Bank, question_id: str) -> str:
    question = bank.get(question_id)
    return question.prompt if question else question_id
