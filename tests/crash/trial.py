"""A trial: real bots die over one delivery, and Telegram's own record says what arrived.

The emulator runs here, over HTTP on loopback, and outlives every bot. Some people press a rating on each
copy that they get. Nobody may go without their question, and each answer must count once.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections import Counter, deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, insert, select

from bot.db import Database
from bot.db.migrate import upgrade
from bot.db.tables import Delivery, Review, Subscription, User
from bot.delivery import window_of
from bot.playground.emulator import Person, Seen, Telegram
from tests.crash.scene import PATIENCE, RATE, Scene

PRESSERS = 4
"""Every fourth person answers."""

CUT = "the line was cut before the answer"
"""The emulator's record of a call that had its effect and no answer."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a trial found. `repeated` counts copies beyond the first; `most` is the window times the kills."""

    engine: str
    kills: int
    due: int
    arrived: int
    lost: int
    repeated: int
    most: int
    pressed: int
    reviews: int
    reviewers: int

    @property
    def is_good(self) -> bool:
        """Tell whether nothing was lost, repeats stayed within the window, and each answer counts once."""
        counted = self.reviews == self.reviewers == self.pressed
        return self.lost == 0 and self.repeated <= self.most and counted

    def __str__(self) -> str:
        return (
            f"{self.engine:<11}{self.kills:>6}{self.due:>7}{self.arrived:>9}{self.lost:>6}{self.repeated:>10}"
            f"{self.most:>8}{self.pressed:>9}{self.reviews:>9}"
        )


HEAD = (
    f"{'database':<11}{'kills':>6}{'due':>7}{'arrived':>9}{'lost':>6}{'repeated':>10}{'at most':>8}"
    f"{'pressed':>9}{'reviews':>9}"
)


class Trial(Scene):
    """One delivery to many people, on one database, with one Telegram."""

    def __init__(self, database_url: str, people: int) -> None:
        super().__init__(database_url, Telegram(now=lambda: datetime.now(UTC)))
        self.people = people
        self.telegram.world.calls = deque()
        self.pressed: set[int] = set()
        self._read = 0
        self._copies: Counter[int] = Counter()
        self._unpressed: list[int] = []

    async def prepare(self) -> None:
        """Make everyone a subscriber whose question is due now, at about noon of their own place."""
        now = datetime.now(UTC)
        ahead = 12 - now.hour
        everyone = [self.telegram.add_person(f"P{number}") for number in range(self.people)]
        for person in everyone:
            person.chat.started = True
        ids = [person.id for person in everyone]
        database = Database(self.database_url)
        await upgrade(database)
        async with database.transaction() as session:
            await session.execute(insert(User), [{"id": number, "created_at": now} for number in ids])
            wish = {
                "status": "active",
                "minute": 12 * 60 + now.minute - 1 if now.minute else 12 * 60,
                "time_zone": f"Etc/GMT{-ahead:+d}" if ahead else "UTC",
                "weekdays": 127,
                "per_day": 1,
                "topics": [],
                "next_due": now - timedelta(minutes=1),
                "last_on": None,
                "unanswered": 0,
                "created_at": now,
            }
            rows = [{"chat_id": number, "user_id": number, **wish} for number in ids]
            await session.execute(insert(Subscription), rows)
        await database.close()

    def copies(self) -> Counter[int]:
        """Count the questions that arrived, by chat, from Telegram's record of calls."""
        calls = self.telegram.world.calls
        while len(calls) > self._read:
            call = calls[self._read]
            self._read += 1
            is_question = "Show answer" in str(call.parameters.get("reply_markup"))
            if call.method == "sendMessage" and is_question and (call.ok or call.description == CUT):
                chat = int(call.parameters["chat_id"])
                self._copies[chat] += 1
                self._unpressed.append(chat)
        return self._copies

    async def press(self) -> None:
        """Let every fourth person rate each copy that they got; some press twice."""
        self.copies()
        arrived, self._unpressed = self._unpressed, []
        for chat in arrived:
            if chat % PRESSERS:
                continue
            person = Person(self.telegram, chat)
            newest = person.messages()[-1]
            for _ in range(1 + chat // PRESSERS % 2):
                await person.press_data(newest, self._rating(newest))
            self.pressed.add(chat)

    @staticmethod
    def _rating(seen: Seen) -> str:
        (data,) = [
            button["callback_data"] for row in seen.rows for button in row if "Got it" in button["text"]
        ]
        return str(data)

    async def until(self, share: float) -> None:
        """Wait until that share of all people has a question; they press meanwhile."""
        async with asyncio.timeout(PATIENCE):
            while len(self.copies()) < share * self.people:
                await self.press()
                await asyncio.sleep(0.05)

    async def until_worked_off(self) -> None:
        """Wait until every delivery is closed, every presser has pressed, and every press is a review."""
        wanted = {person.id for person in self.telegram.people if person.id % PRESSERS == 0}
        database = Database(self.database_url)
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    await self.press()
                    async with database.reading() as session:
                        open_ones = select(func.count()).where(Delivery.status == "claimed")
                        left = await session.scalar(open_ones)
                        reviews = await session.scalar(select(func.count()).select_from(Review))
                    done = not left and self.pressed >= wanted and (reviews or 0) >= len(wanted)
                    if done and not self.telegram.bot.updates:
                        return
                    await asyncio.sleep(0.1)
        finally:
            await database.close()

    async def record(self, kills: int) -> Record:
        """Count."""
        database = Database(self.database_url)
        async with database.reading() as session:
            reviews = await session.scalar(select(func.count()).select_from(Review)) or 0
            reviewers = await session.scalar(select(func.count(Review.user_id.distinct()))) or 0
        engine = "SQLite" if database.is_sqlite else "PostgreSQL"
        await database.close()
        copies = self.copies()
        return Record(
            engine,
            kills,
            self.people,
            sum(copies.values()),
            self.people - len(copies),
            sum(copies.values()) - len(copies),
            kills * window_of(RATE),
            len(self.pressed),
            reviews,
            reviewers,
        )


async def crash(database_url: str, folder: Path, *, kills: int, people: int, seed: int) -> Record:
    """Kill the bot so many times at random moments, then let one finish."""
    moments = random.Random(seed)
    trial = Trial(database_url, people)
    await trial.prepare()
    async with trial.served() as port, trial.nursery(folder, port) as nursery:
        for _ in range(kills):
            bot = await trial.start(nursery)
            before = len(trial.copies())
            # Half of them die wherever they are in their first seconds, half while they deliver.
            if moments.random() < 0.5:
                await asyncio.sleep(moments.uniform(0.1, 1.5))
            else:
                step = moments.uniform(0, 0.8 / kills) * people
                await trial.until(min(1.0, (before + 1 + step) / people))
            os.kill(bot, signal.SIGKILL)
            await trial.press()
        bot = await trial.start(nursery)
        await trial.until(1.0)
        await trial.until_worked_off()
        os.kill(bot, signal.SIGTERM)
        return await trial.record(kills)
