"""The tables of groups: their quizzes, rounds, answers and members.

What belongs to a person hangs on their row of `users` and goes with it; what belongs to a chat keeps the
chat's id, which changes once when a group becomes a supergroup.

Who locks several rows locks them in one order, or PostgreSQL finds two that wait for each other and breaks
one off: the user, then open quizzes by id, then the group, then its subscription. The other way round only
what waits for nothing: a claim that passes over what is locked.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.tables import Base
from bot.db.types import Id


class Group(Base):
    """A group that the bot was added to, and its wishes."""

    __tablename__ = "group_chats"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    is_here: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    """Whether the bot is in the group."""
    greeting_id: Mapped[int | None]
    """The greeting: a link with a topic turns it into a lobby."""
    told_no_polls: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether the group was told why it plays with buttons."""
    tidies: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Delete the messages of a quiz that is over, but for its podium."""
    mode: Mapped[str] = mapped_column(String(16), default="quiz", server_default=text("'quiz'"))
    """How the daily question is asked: quiz or card."""
    code_apart: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Send a poll's snippet as a message above it: older apps do not show a poll's description."""
    thread_id: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """Forum topic of the daily question; 0 is none, or General."""
    joined_at: Mapped[datetime]


class Quiz(Base):
    """A group's shared game. The row is its schedule: `step_at` is when its next move is due."""

    __tablename__ = "quizzes"
    __table_args__ = (
        Index(
            "uq_quizzes_open",
            "chat_id",
            "thread_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL AND kind = 'game'"),
            sqlite_where=text("ended_at IS NULL AND kind = 'game'"),
        ),
        Index(
            "ix_quizzes_step_at",
            "step_at",
            postgresql_where=text("step_at IS NOT NULL"),
            sqlite_where=text("step_at IS NOT NULL"),
        ),
        Index("ix_quizzes_chat_id", "chat_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    chat_id: Mapped[int]
    thread_id: Mapped[int]
    """Forum topic; 0 is none, or General."""
    starter_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    """Who asked for it; none for an anonymous admin and for the daily question."""
    kind: Mapped[str] = mapped_column(String(16))
    """game or daily."""
    mode: Mapped[str] = mapped_column(String(16))
    """quiz or card."""
    topic: Mapped[str | None] = mapped_column(String(40))
    level: Mapped[str | None] = mapped_column(String(16))
    rounds: Mapped[int] = mapped_column(SmallInteger)
    seconds: Mapped[int]
    """How long a round stays open."""
    status: Mapped[str] = mapped_column(String(16))
    """lobby, running, paused, stopping, tidying or over."""
    page: Mapped[str] = mapped_column(String(16))
    """What the lobby shows: main or topics."""
    by_buttons: Mapped[bool]
    """Played with buttons, where polls may not be sent."""
    message_id: Mapped[int | None]
    """The lobby."""
    stale: Mapped[bool]
    """The message no longer shows what is so: it waits to be drawn again."""
    drawn_at: Mapped[datetime | None]
    quiet: Mapped[int] = mapped_column(SmallInteger)
    """Rounds in a row without an answer."""
    busy: Mapped[bool]
    """A move is being made: until `step_at`, which is then the end of its lease, nobody else makes one."""
    attempts: Mapped[int] = mapped_column(SmallInteger)
    """Failures in a row of the move at hand."""
    step_at: Mapped[datetime | None]
    asked: Mapped[list[str]] = mapped_column(JSON)
    """Question ids, in the order of the rounds."""
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Round(Base):
    """One question of a quiz. Without `message_id` it was never shown, as far as is known; 0 means that its
    message stayed in a chat that has moved.
    """

    __tablename__ = "rounds"
    __table_args__ = (UniqueConstraint("quiz_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id", ondelete="CASCADE"))
    ask_id: Mapped[int] = mapped_column(ForeignKey("asks.id", ondelete="CASCADE"), index=True)
    number: Mapped[int] = mapped_column(SmallInteger)
    poll_id: Mapped[str | None] = mapped_column(String(32), unique=True)
    """None when it is played with buttons."""
    message_id: Mapped[int | None]
    opened_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    """When the reason was told."""
    reason_id: Mapped[int | None]
    """The message with the reason."""
    snippet_id: Mapped[int | None]
    """The message with the snippet, where it does not stand in the poll's description."""

    @property
    def messages(self) -> tuple[int | None, ...]:
        """Ids of all that was sent for it."""
        return (self.snippet_id, self.message_id, self.reason_id)


class Player(Base):
    """Who said in the lobby that they are in."""

    __tablename__ = "players"

    quiz_id: Mapped[int] = mapped_column(ForeignKey("quizzes.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    joined_at: Mapped[datetime]


class Answer(Base):
    """One member's answer in one round, with its points."""

    __tablename__ = "answers"
    __table_args__ = (
        Index("ix_answers_chat_id_answered_on", "chat_id", "answered_on"),
        Index("ix_answers_user_id_question_id", "user_id", "question_id"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    chat_id: Mapped[int]
    question_id: Mapped[str] = mapped_column(String(40))
    option: Mapped[int] = mapped_column(SmallInteger)
    """As the bank numbers it: 0 is the right one."""
    points: Mapped[int] = mapped_column(SmallInteger)
    streak: Mapped[int] = mapped_column(SmallInteger)
    """Right answers in a row within the quiz, this one included."""
    on_board: Mapped[bool]
    """Whether the points count on boards: a question does so once a day."""
    answered_at: Mapped[datetime]
    answered_on: Mapped[date]
    """The chat's local date."""


class Member(Base):
    """Someone who played in a group: the name to show there, and their wishes about it."""

    __tablename__ = "members"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    hidden: Mapped[bool]
    """Shown without a name."""
    counted: Mapped[bool]
    """Agreed that their weak topics are counted, with others', in choosing the daily question."""
    left_at: Mapped[datetime | None]
