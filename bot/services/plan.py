"""One move of a group's game: what is to be sent or edited, with all that its text needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.bank import Question
from bot.db.answers import Named
from bot.db.group_tables import Quiz, Round
from bot.db.tables import Ask
from bot.services.boards import Board


class Do(StrEnum):
    """Kinds of moves."""

    LOBBY = "lobby"
    ASK = "ask"
    COUNT = "count"
    CLOSE = "close"
    REASON = "reason"
    PODIUM = "podium"
    EXPIRE = "expire"
    BOARD = "board"
    TIDY = "tidy"


@dataclass(frozen=True, slots=True)
class Move:
    """One thing to send or edit, with all that its text needs."""

    do: Do
    quiz: Quiz
    round: Round | None = None
    ask: Ask | None = None
    question: Question | None = None
    answers: tuple[Named, ...] = ()
    players: tuple[str | None, ...] = ()
    """Names of who is in, None for a hidden member."""
    missed: str | None = None
    """Id of the question of the round that everyone missed."""
    explains_buttons: bool = False
    code_apart: bool = False
    """The group wants a poll's snippet as a message of its own."""
    silent: bool = False
    board: Board | None = None
    messages: tuple[int, ...] = ()
    """Ids of messages to delete."""
