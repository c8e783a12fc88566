"""The tables, as SQLAlchemy models. Migrations make them; a test holds both equal.

No relationships: each file of this package says in SQL what it reads. Ids from Telegram
(users, chats, messages, updates) need 64 bits.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    ForeignKey,
    Index,
    MetaData,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.db.types import Id, Moment


class Base(DeclarativeBase):
    """Names every constraint, so that a migration can drop it on any engine."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: Moment, int: BigInteger, str: String, date: Date}


class User(Base):
    """A person: their place in time, their wishes for cards, and what the bot waits to hear from them."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    time_zone: Mapped[str | None] = mapped_column(String(64))
    """IANA name; unknown until told, and UTC till then."""
    dialog: Mapped[str | None] = mapped_column(String(32))
    """What the next plain message means: the name of the open question of the bot."""
    four_buttons: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Again, Hard, Good and Easy in place of Missed and Got it."""
    weekly_summary: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    dark: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Dark pictures."""
    interview_on: Mapped[date | None]
    interview_set_on: Mapped[date | None]
    """Local date on which the interview's date was set: the returns lane opens in the last fifth between."""
    created_at: Mapped[datetime]


class Learner(Base):
    """One user's state of the selection policy, but for the cards (LEARNING.md, section 4)."""

    __tablename__ = "learners"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    ok: Mapped[float]
    """Weight of first answers that were known, in all, with the prior of 1."""
    no: Mapped[float]
    credit: Mapped[float]
    """Claim to a returning question, in questions."""
    asks: Mapped[int]
    recent: Mapped[list[str]] = mapped_column(JSON)
    """The last four daily questions, oldest first: their topics keep the next from being a third in a row."""
    topics: Mapped[dict[str, list[float]]] = mapped_column(JSON)
    """topic -> [ok, no]."""


class Subscription(Base):
    """A chat's wish for daily questions. The row is the schedule: `next_due` is when it is claimed."""

    __tablename__ = "subscriptions"
    __table_args__ = (
        Index(
            "ix_subscriptions_next_due",
            "next_due",
            postgresql_where=text("next_due IS NOT NULL"),
            sqlite_where=text("next_due IS NOT NULL"),
        ),
        # Every second the timer asks for due groups: it must not pass over all who wanted 09:00.
        Index(
            "ix_subscriptions_next_due_of_groups",
            "next_due",
            postgresql_where=text("user_id IS NULL"),
            sqlite_where=text("user_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    chat_id: Mapped[int] = mapped_column(unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    """Whose memory it feeds; none for a group."""
    status: Mapped[str] = mapped_column(String(16))
    """new, active, paused, ended or blocked."""
    minute: Mapped[int] = mapped_column(SmallInteger)
    """Minutes after local midnight, 0 to 1439."""
    time_zone: Mapped[str] = mapped_column(String(64))
    weekdays: Mapped[int] = mapped_column(SmallInteger)
    """Bit 0 is Monday."""
    per_day: Mapped[int] = mapped_column(SmallInteger)
    topics: Mapped[list[str]] = mapped_column(JSON)
    """Slugs; empty means all."""
    level: Mapped[str | None] = mapped_column(String(16))
    paused_until: Mapped[date | None]
    """First local day with questions again; none while paused means until told."""
    next_due: Mapped[datetime | None]
    last_on: Mapped[date | None]
    """Local date of the last scheduled question: there is at most one such date a day."""
    unanswered: Mapped[int] = mapped_column(SmallInteger)
    """Days in a row whose question got no rating."""
    created_at: Mapped[datetime]


class Practice(Base):
    """Questions on demand: one run of /quiz in a private chat."""

    __tablename__ = "practices"
    __table_args__ = (
        Index(
            "uq_practices_open",
            "user_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    mode: Mapped[str] = mapped_column(String(16))
    """any, missed, weak or mix."""
    topics: Mapped[list[str]] = mapped_column(JSON)
    weights: Mapped[list[int]] = mapped_column(JSON, server_default=text("'[]'"))
    """Shares of the topics in a mix, in their order; empty for one that is no mix."""
    level: Mapped[str | None] = mapped_column(String(16))
    size: Mapped[int] = mapped_column(SmallInteger)
    asked: Mapped[list[str]] = mapped_column(JSON)
    """Question ids, in the order they were shown."""
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Ask(Base):
    """One question shown in one chat; its buttons carry its id."""

    __tablename__ = "asks"
    __table_args__ = (
        Index("ix_asks_user_id_asked_on", "user_id", "asked_on"),
        Index(
            "ix_asks_practice_id",
            "practice_id",
            postgresql_where=text("practice_id IS NOT NULL"),
            sqlite_where=text("practice_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    chat_id: Mapped[int]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    message_id: Mapped[int | None]
    question_id: Mapped[str] = mapped_column(String(40))
    content_hash: Mapped[str] = mapped_column(String(32))
    """What was shown: a press on a card whose text has changed since says so."""
    way: Mapped[str] = mapped_column(String(16))
    """daily, practice, trial or link."""
    practice_id: Mapped[int | None] = mapped_column(ForeignKey("practices.id", ondelete="SET NULL"))
    number: Mapped[int] = mapped_column(SmallInteger)
    """Place in the day or in the practice, from 1."""
    of: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Why this question: the policy's numbers."""
    asked_at: Mapped[datetime]
    asked_on: Mapped[date]
    option_order: Mapped[str | None] = mapped_column(String(8))
    """Order in which the options of *Quiz me* were shown, as digits; 0 is the right one."""
    revealed_at: Mapped[datetime | None]
    hinted_at: Mapped[datetime | None]


class Review(Base):
    """One rated ask: append-only. Cards can be rebuilt from these rows alone."""

    __tablename__ = "reviews"
    __table_args__ = (
        Index(
            "uq_reviews_ask_id_user_id_first",
            "ask_id",
            "user_id",
            unique=True,
            postgresql_where=text("replaces IS NULL"),
            sqlite_where=text("replaces IS NULL"),
        ),
        Index("ix_reviews_ask_id_user_id", "ask_id", "user_id"),
        Index("ix_reviews_user_id_question_id_id", "user_id", "question_id", "id"),
        Index("ix_reviews_user_id_reviewed_on", "user_id", "reviewed_on"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ask_id: Mapped[int] = mapped_column(ForeignKey("asks.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    question_id: Mapped[str] = mapped_column(String(40))
    topic: Mapped[str] = mapped_column(String(40))
    rating: Mapped[int] = mapped_column(SmallInteger)
    """1 Again, 2 Hard, 3 Good, 4 Easy."""
    way: Mapped[str] = mapped_column(String(16))
    """The ask's: only daily answers touch the policy's credit."""
    first: Mapped[bool]
    """Whether it was the user's first answer to the question: evidence about the topic."""
    guess: Mapped[float] = mapped_column(default=0.0, server_default=text("0"))
    """Chance of being right without knowing: 1 / options in a multiple choice."""
    reviewed_at: Mapped[datetime]
    reviewed_on: Mapped[date]
    """The user's local date then; never earlier than the card's last."""
    replaces: Mapped[int | None] = mapped_column(ForeignKey("reviews.id", ondelete="CASCADE"), unique=True)
    """The review that this one corrects."""


class Card(Base):
    """One user's memory of one question."""

    __tablename__ = "cards"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    stability: Mapped[float | None]
    """Days until recall falls to 90 %; none before the first review."""
    difficulty: Mapped[float | None]
    """1 to 10, as FSRS means it."""
    reviewed_on: Mapped[date | None]
    due_on: Mapped[date | None]
    asked_on: Mapped[date | None]
    missed: Mapped[bool]
    """Whether the last answer was a miss."""
    misses: Mapped[int] = mapped_column(SmallInteger)
    last_review_id: Mapped[int | None] = mapped_column(BigInteger)


class Delivery(Base):
    """One scheduled send: at most one per subscription and due moment."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("subscription_id", "due_at"),
        Index(
            "ix_deliveries_ask_id",
            "ask_id",
            postgresql_where=text("ask_id IS NOT NULL"),
            sqlite_where=text("ask_id IS NOT NULL"),
        ),
        Index(
            "ix_deliveries_open",
            "lease_until",
            postgresql_where=text("status = 'claimed'"),
            sqlite_where=text("status = 'claimed'"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscriptions.id", ondelete="CASCADE"))
    due_at: Mapped[datetime]
    due_on: Mapped[date]
    """The subscriber's local date: past it, the delivery is stale."""
    status: Mapped[str] = mapped_column(String(16))
    """claimed, sent, failed or skipped."""
    lease_until: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(SmallInteger)
    ask_id: Mapped[int | None] = mapped_column(ForeignKey("asks.id", ondelete="SET NULL"))
    closed_at: Mapped[datetime | None]


class Notice(Base):
    """A message to come beside the questions; the row is its schedule."""

    __tablename__ = "notices"
    __table_args__ = (Index("ix_notices_due_at", "due_at"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    """eve or after (of the interview), or summary (of the week)."""
    due_at: Mapped[datetime]
    """A claim moves it on by a lease; what was sent is deleted, or moved to the next week."""
    due_on: Mapped[date]
    """The user's local date that it belongs to: past it, it is not sent."""


class Rest(Base):
    """A span of local dates in which a user was paused: their streak passes over it."""

    __tablename__ = "rests"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    begun_on: Mapped[date]
    ended_on: Mapped[date | None]
    """First date after the rest; none while it lasts."""


class ReadinessPoint(Base):
    """How ready a user was on a local date: the course of the number."""

    __tablename__ = "readiness_points"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    share: Mapped[float]
    low: Mapped[float]
    high: Mapped[float]


class QuestionCount(Base):
    """First answers to a question by everyone: what its difficulty is made of."""

    __tablename__ = "question_counts"

    question_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    answers: Mapped[int]
    known: Mapped[int]


class Watermark(Base):
    """How far a job has read a log."""

    __tablename__ = "watermarks"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[int]


class WorkedUpdate(Base):
    """An update of Telegram that was worked off; kept for two days, as Telegram repeats none after one."""

    __tablename__ = "worked_updates"
    __table_args__ = (Index("ix_worked_updates_worked_at", "worked_at"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    worked_at: Mapped[datetime]
