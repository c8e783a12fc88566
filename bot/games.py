"""Drives groups' games: claim a move, make it, settle it, until nothing is due.

In:  a tick, or a press that made something due.
Out: messages and polls. No transaction is open while Telegram is talked to; the lease of a move keeps
two processes from making it both.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial

from bot.api.posting import Posted, Poster
from bot.api.sending import Outcome
from bot.clock import Clock
from bot.db import Database, Unavailable, quizzes, subscriptions
from bot.db.group_tables import Round
from bot.db.tables import Ask
from bot.rendering import boards, group_cards, polls
from bot.rendering import games as screens
from bot.rendering.screen import Screen
from bot.services import group_daily, groups, moves, settling
from bot.services.asking import House
from bot.services.plan import Do, Move

AT_ONCE = 32
"""Games whose moves are made at the same time."""

BATCH = 500

log = logging.getLogger(__name__)


class Games:
    """Makes the moves of all games.

    Args:
        username: gives the bot's name, which is known after the start only.
    """

    def __init__(
        self, database: Database, house: House, poster: Poster, clock: Clock, username: Callable[[], str]
    ) -> None:
        self._database = database
        self._house = house
        self._poster = poster
        self._clock = clock
        self._username = username
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._in_hand: dict[int, asyncio.Task[None]] = {}

    async def go_on(self) -> int:
        """Make every move that is due by now; says in how many games.

        It may be called again while a game of an earlier call waits for its turn at Telegram: that game is
        left to the earlier call, the others are gone on with.
        """
        await self._open_daily()
        async with self._database.reading() as session:
            due = await quizzes.due_ids(session, self._clock(), BATCH)
        free = [quiz_id for quiz_id in due if quiz_id not in self._in_hand]
        async with asyncio.TaskGroup() as tasks:
            for quiz_id in free:
                self._in_hand[quiz_id] = task = tasks.create_task(self._guarded(quiz_id))
                # Not at the end of its own code: one that is cancelled before it begins never gets there.
                task.add_done_callback(partial(self._let_go, quiz_id))
        return len(free)

    def _let_go(self, quiz_id: int, _done: asyncio.Task[None]) -> None:
        del self._in_hand[quiz_id]

    async def _guarded(self, quiz_id: int) -> None:
        """Play one; what goes wrong with it is no other group's trouble, and its row brings it again."""
        async with self._gate:
            try:
                await self.play(quiz_id)
            except Unavailable as error:
                log.warning("quiz %d waits: the database is away: %s", quiz_id, error)
            except Exception:
                log.exception("quiz %d failed; it comes again", quiz_id)

    async def _open_daily(self) -> None:
        async with self._database.reading() as session:
            waiting = await subscriptions.is_any_group_due(session, self._clock())
        while waiting:
            async with self._database.transaction(lets_go=True) as session:
                waiting = await group_daily.claim_due(session, self._house, now=self._clock()) > 0

    async def play(self, quiz_id: int) -> None:
        """Make the moves of one game that are due by now."""
        while True:
            async with self._database.transaction(lets_go=True) as session:
                move = await moves.claim(session, self._house, quiz_id, now=self._clock())
            if move is None:
                return
            await self._settle(move, await self._post(move))

    async def _post(self, move: Move) -> Posted:
        quiz, bank = move.quiz, self._house.bank
        match move.do:
            case Do.LOBBY:
                return await self._show(move, quiz.message_id, screens.lobby(bank, quiz, move.players))
            case Do.EXPIRE:
                return await self._show(move, quiz.message_id, screens.expired(quiz))
            case Do.PODIUM:
                podium = screens.podium(bank, quiz, move.answers, move.missed, self._username())
                return await self._show(move, None, podium)
            case Do.BOARD if move.board is not None:
                return await self._show(move, None, boards.board(move.board))
            case Do.TIDY:
                return await self._poster.delete(quiz.chat_id, move.messages)
        return await self._post_round(move)

    async def _post_round(self, move: Move) -> Posted:
        quiz, current, ask, bank = move.quiz, move.round, move.ask, self._house.bank
        if current is None or ask is None:
            raise ValueError(f"{move.do} is about a round")
        if move.do is Do.CLOSE:
            return await self._poster.stop_poll(quiz.chat_id, current.message_id or 0)
        if quiz.mode == "card":
            return await self._post_card(move, current, ask)
        if move.do is Do.REASON:
            screen = screens.reason(
                bank,
                quiz,
                ask,
                move.question,
                move.answers,
                pauses=moves.pauses(quiz, current),
                in_place=current.poll_id is None,
            )
            return await self._show(move, None if current.poll_id else current.message_id, screen)
        if move.question is None:  # it has left the bank: the buttons stay as they are
            return Posted(Outcome.SENT)
        if move.do is Do.ASK and not quiz.by_buttons:
            return await self._post_poll(move, current, polls.poll(bank, move.question, ask, quiz))
        answers = sum(one.number == current.number for one in move.answers)
        screen = polls.buttons(
            bank, move.question, ask, quiz, current.id, answers, explains=move.explains_buttons
        )
        return await self._show(move, current.message_id, screen)

    async def _post_poll(self, move: Move, current: Round, drawn: polls.Poll) -> Posted:
        """Send a poll; never recorded without its snippet, which is above it, in it, or right below it."""
        quiz, poster = move.quiz, self._poster
        apart = drawn.snippet is not None and (move.code_apart or not poster.shows_descriptions)
        if apart and current.snippet_id is None:
            sent = await self._send_snippet(move, current, drawn)
            if sent.outcome is not Outcome.SENT:
                return sent
        known = poster.shows_descriptions
        posted = await poster.poll(
            quiz.chat_id, drawn, thread_id=quiz.thread_id, silent=move.silent, apart=apart
        )
        if poster.shows_descriptions == known:
            return posted
        log.warning("this server does not show the descriptions of polls: snippets are sent above them")
        if posted.outcome is not Outcome.SENT:
            return await self._post_poll(move, current, drawn)
        if drawn.snippet is not None and not apart:
            sent = await self._send_snippet(move, current, drawn)
            return posted if sent.outcome is Outcome.SENT else sent
        return posted

    async def _send_snippet(self, move: Move, current: Round, drawn: polls.Poll) -> Posted:
        sent = await self._show(move, None, Screen(drawn.snippet or ""))
        if sent.outcome is Outcome.SENT:
            current.snippet_id = sent.message_id
            async with self._database.transaction(lets_go=True) as session:
                await settling.snippet_sent(session, current.id, sent.message_id)
        return sent

    async def _post_card(self, move: Move, current: Round, ask: Ask) -> Posted:
        if move.do is Do.REASON:
            return await self._show(move, None, group_cards.anyone(move.quiz.id))
        if move.question is None:
            return Posted(Outcome.SENT)
        rated = [one.answer.option == 0 for one in move.answers if one.number == current.number]
        card = group_cards.card(
            self._house.bank,
            move.question,
            ask,
            current.id,
            got=rated.count(True),
            missed=rated.count(False),
            is_daily=move.quiz.kind == "daily",
        )
        return await self._show(move, current.message_id, card)

    async def _show(self, move: Move, message_id: int | None, screen: Screen) -> Posted:
        """Edit a message, or send one when there is none."""
        quiz = move.quiz
        if message_id is None:
            return await self._poster.send(quiz.chat_id, screen, thread_id=quiz.thread_id, silent=move.silent)
        return await self._poster.edit(quiz.chat_id, message_id, screen)

    async def _settle(self, move: Move, posted: Posted) -> None:
        now = self._clock()
        quiz_id = move.quiz.id
        log.info("quiz %d in chat %d, %s: %s", quiz_id, move.quiz.chat_id, move.do, posted.outcome)
        async with self._database.transaction(lets_go=True) as session:
            match posted.outcome:
                case Outcome.SENT:
                    await settling.done(
                        session, move, message_id=posted.message_id, poll_id=posted.poll_id, now=now
                    )
                case Outcome.LATER:
                    await settling.put_off(session, move, posted.retry_after, now=now)
                case Outcome.UNKNOWN:
                    await settling.unknown(session, move, now=now)
                case Outcome.MIGRATED if posted.new_chat_id is not None:
                    await groups.moved(session, move.quiz.chat_id, posted.new_chat_id, now=now)
                    await settling.put_off(session, move, 1.0, now=now)
                case Outcome.REFUSED if (
                    posted.is_topic_gone and move.quiz.kind != "game" and move.quiz.thread_id
                ):
                    await settling.topic_gone(session, move, now=now)
                case _:
                    log.warning("quiz %d, %s refused: %s", quiz_id, move.do, posted.description)
                    for_good = posted.outcome in {Outcome.BLOCKED, Outcome.GONE}
                    if posted.is_out:  # first: it locks all quizzes of the chat, in their order
                        await groups.gone(session, move.quiz.chat_id, now=now)
                    await settling.refused(session, move, for_good=for_good, now=now)
