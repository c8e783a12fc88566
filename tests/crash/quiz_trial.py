"""A quiz trial: a group plays one quiz while the bot is killed, at named steps or at random moments.

Telegram kills: it knows what the bot is doing by the call that arrives, and it can strike before the call has
its effect, or after it and before the bot hears of it. The players go on whatever happens to the bot.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot.db import Database
from bot.db.group_tables import Answer, Quiz, Round
from bot.db.migrate import upgrade
from bot.db.tables import Review
from bot.playground.emulator import ConnectionLost, Person, Seen, Telegram, UploadedFile
from tests.crash.nursery import GAME
from tests.crash.scene import PATIENCE, TOKEN, Scene

ROUNDS = 2
PLAYERS = 3
LOOK_SECONDS = 0.05
PRESS_AGAIN = 2.0
"""Seconds after which someone whose press had no effect presses again."""


@dataclass(frozen=True, slots=True)
class Step:
    """A moment of a quiz, of which the bot dies.

    method, words, after: a call of the bot with these words in it, before its effect or after it. Without a
    method it is the moment at which the database shows `name`.
    """

    name: str
    method: str = ""
    words: str = ""
    after: bool = False


OPEN, ANSWERED, BETWEEN = Step("round open"), Step("answers written down"), Step("between rounds")
STEPS = (
    Step("before the lobby", "sendMessage", "I'm in"),
    Step("lobby sent, not recorded", "sendMessage", "I'm in", after=True),
    Step("before sendPoll", "sendPoll"),
    Step("poll sent, not recorded", "sendPoll", after=True),
    OPEN,
    Step("answers delivered, not worked off", "getUpdates", "poll_answer", after=True),
    ANSWERED,
    Step("before the reason", "sendMessage", "knew it"),
    Step("reason sent, not recorded", "sendMessage", "knew it", after=True),
    BETWEEN,
    Step("before the podium", "sendMessage", "Play again"),
    Step("podium sent, not recorded", "sendMessage", "Play again", after=True),
)


class Deadly(Telegram):
    """A Telegram that kills the bot at a step; `victim` is its process."""

    victim = 0
    step: Step | None = None

    async def call(
        self,
        token: str,
        method: str,
        parameters: Mapping[str, Any] | None = None,
        files: Mapping[str, UploadedFile] | None = None,
    ) -> tuple[int, dict[str, Any]]:
        """Answer, unless this is the step: then the bot dies, and nobody is answered."""
        step = self.step
        if step is None or step.method != method or parameters is None:
            return await super().call(token, method, parameters, files)
        if not step.after and step.words in str(parameters):
            self.kill()
        answer = await super().call(token, method, parameters, files)
        words = str(answer[1]) if method == "getUpdates" else str(parameters)
        if self.step is step and step.words in words:
            self.kill()
        return answer

    def kill(self) -> None:
        """Kill the bot in the middle of its call, which is never answered."""
        self.strike()
        raise ConnectionLost("the caller was killed")

    def strike(self) -> None:
        """Kill the bot now, if it lives."""
        self.step = None
        if self.victim:
            os.kill(self.victim, signal.SIGKILL)
        self.victim = 0


@dataclass(frozen=True, slots=True)
class QuizRecord:
    """What a quiz trial found. `orphans` are polls that no round knows; `lost` are votes in the others."""

    engine: str
    kills: int
    rounds: int
    orphans: int
    votes: int
    lost: int
    reviews: int
    podiums: int

    @property
    def is_good(self) -> bool:
        """Tell whether the quiz was played to its end, each vote counts once, and repeats are explained."""
        whole = self.rounds == ROUNDS and self.lost == 0 and self.votes == self.reviews == ROUNDS * PLAYERS
        return whole and self.podiums >= 1 and self.orphans + self.podiums - 1 <= self.kills

    def __str__(self) -> str:
        return (
            f"{self.engine:<11}{self.kills:>6}{self.rounds:>7}{self.orphans:>9}{self.votes:>7}{self.lost:>6}"
            f"{self.reviews:>9}{self.podiums:>9}"
        )


QUIZ_HEAD = (
    f"{'database':<11}{'kills':>6}{'rounds':>7}{'orphans':>9}"
    f"{'votes':>7}{'lost':>6}{'reviews':>9}{'podiums':>9}"
)


class QuizTrial(Scene):
    """One quiz of one group."""

    telegram: Deadly

    def __init__(self, database_url: str) -> None:
        super().__init__(database_url, Deadly(now=lambda: datetime.now(UTC)))
        self.ada = self.telegram.add_person("Ada")
        self.players = [self.ada, *(self.telegram.add_person(f"P{number}") for number in range(1, PLAYERS))]
        self.group = self.telegram.add_group("Study", self.players[1:], [self.ada])
        self.database = Database(database_url)
        self._pressed_at = 0.0

    async def quiz(self) -> Quiz | None:
        """Read the one quiz."""
        async with self.database.reading() as session:
            return (await session.execute(select(Quiz))).scalar_one_or_none()

    async def play(self) -> bool:
        """Let the players do what there is to do now; True when the quiz is over."""
        quiz = await self.quiz()
        if quiz is not None and quiz.status == "lobby":
            await self._press_start()
        await self._strike()
        # Who votes or closes while the bot is to die before it would take the moment away unseen.
        if self.telegram.step is not OPEN:
            for seen in self._polls():
                for number, person in enumerate(self.players):
                    await self._vote(seen, person, number)
        if self.telegram.step is not ANSWERED:
            await self._close_answered()
        return quiz is not None and quiz.ended_at is not None

    async def _strike(self) -> None:
        """Kill the bot if its step is one that the database shows."""
        step = self.telegram.step
        if step not in (OPEN, ANSWERED, BETWEEN):
            return
        async with self.database.reading() as session:
            newest = select(Round).order_by(Round.id.desc()).limit(1)
            current = (await session.execute(newest)).scalar_one_or_none()
            given = select(func.count()).where(Answer.round_id == current.id) if current else None
            answers = await session.scalar(given) if given is not None else 0
        if current is None or current.poll_id is None:
            return
        told = current.told_at is not None
        if step is {(False, 0): OPEN, (False, PLAYERS): ANSWERED, (True, PLAYERS): BETWEEN}.get(
            (told, answers)
        ):
            self.telegram.strike()

    def _polls(self) -> list[Seen]:
        return [seen for seen in self.group.messages if seen.poll is not None]

    async def _press_start(self) -> None:
        now = asyncio.get_running_loop().time()
        starts = [seen for seen in self.group.messages if "Start" in str(seen.buttons)]
        if starts and now - self._pressed_at > PRESS_AGAIN:
            self._pressed_at = now
            await self.ada.press("Start", starts[-1])

    async def _vote(self, seen: Seen, person: Person, number: int) -> None:
        poll = self.telegram.world.state.polls[str(seen.message.content["poll_id"])]
        if not poll.closed and person.id not in poll.votes:
            await person.vote(seen, (poll.correct[0] + number) % 4)

    async def _close_answered(self) -> None:
        """Close polls whose answers are all written down: nobody waits for the timer."""
        async with self.database.reading() as session:
            counted = select(Round.poll_id).join(Answer, Answer.round_id == Round.id)
            rows = await session.execute(
                counted.where(Round.closed_at.is_(None))
                .group_by(Round.id, Round.poll_id)
                .having(func.count() == PLAYERS)
            )
            done = set(rows.scalars())
        for seen in self._polls():
            if seen.poll is not None and seen.poll["id"] in done and not seen.poll["is_closed"]:
                where = {"chat_id": self.group.id, "message_id": seen.message_id}
                await super(Deadly, self.telegram).call(TOKEN, "stopPoll", where)

    async def until_over(self) -> None:
        """Play to the end."""
        async with asyncio.timeout(PATIENCE):
            while not await self.play():
                await asyncio.sleep(LOOK_SECONDS)

    async def until_killed(self) -> bool:
        """Play until the bot was killed; False when the quiz ended before."""
        async with asyncio.timeout(PATIENCE):
            while self.telegram.victim:
                if await self.play():
                    return False
                await asyncio.sleep(LOOK_SECONDS)
        return True

    async def record(self, kills: int) -> QuizRecord:
        """Count, once everything that Telegram has to tell is worked off."""
        async with asyncio.timeout(PATIENCE):
            while self.telegram.bot.updates:
                await asyncio.sleep(LOOK_SECONDS)
        async with self.database.reading() as session:
            known = set((await session.execute(select(Round.poll_id))).scalars())
            answers = await session.scalar(select(func.count()).select_from(Answer)) or 0
            reviews = await session.scalar(select(func.count()).select_from(Review)) or 0
        votes = [poll.votes for poll in self.telegram.world.state.polls.values() if poll.id in known]
        cast = sum(map(len, votes))
        return QuizRecord(
            "SQLite" if self.database.is_sqlite else "PostgreSQL",
            kills,
            len(known),
            len(self._polls()) - len(known),
            cast,
            cast - answers,
            reviews,
            sum("Play again" in str(seen.buttons) for seen in self.group.messages),
        )


async def crash_quiz(
    database_url: str, folder: Path, *, steps: tuple[Step, ...] = (), kills: int = 0, seed: int = 0
) -> QuizRecord:
    """Play one quiz; kill the bot at each step, then so many times at random moments."""
    moments = random.Random(seed)
    trial = QuizTrial(database_url)
    await upgrade(trial.database)
    await trial.ada.send(f"/quiz {ROUNDS}", trial.group)
    killed = 0
    async with trial.served() as port, trial.nursery(folder, port) as nursery:
        for step in (*steps, *[None] * kills):
            trial.telegram.victim = await trial.start(nursery, **{GAME: "1"})
            trial.telegram.step = step
            if step is None:
                asyncio.get_running_loop().call_later(moments.uniform(0.3, 3), trial.telegram.strike)
            if not await trial.until_killed():
                break
            killed += 1
        bot = trial.telegram.victim or await trial.start(nursery, **{GAME: "1"})
        trial.telegram.victim = 0
        await trial.until_over()
        record = await trial.record(killed)
        os.kill(bot, signal.SIGTERM)
    await trial.database.close()
    return record
