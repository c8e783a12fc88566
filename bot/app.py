"""The composition root: config -> database, bank, handlers, scheduler -> one application.

Wired by hand, once. What starts here ends here: once a stop is asked for, updates and the timer's work wind
down beside each other; then `App.stop` closes the connections to Telegram and the database, in that order.
All of it shares one deadline, `stopping.SECONDS`.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast

from telegram import Update
from telegram.ext import Application, ContextTypes, ExtBot
from telegram.request import BaseRequest

from bot import stopping
from bot.api.answers import AnswerLimiter
from bot.api.errors import UnavailableError
from bot.api.in_order import InOrder
from bot.api.limiter import FREE_RATE, Limiter
from bot.api.posting import Poster
from bot.api.reaching import until_it_arrives
from bot.api.sending import Sender
from bot.api.transport import AiohttpRequest
from bot.bank import Bank
from bot.clock import Clock, system_clock
from bot.config import Config
from bot.db import Database, Unavailable, worked_updates
from bot.db.migrate import is_current, make_ready
from bot.delivery import Delivery
from bot.entrance import Entrance
from bot.games import Games
from bot.handlers import profile
from bot.handlers.context import BotApplication, BotContext, House
from bot.handlers.errors import KINDS
from bot.handlers.routes import add_routes
from bot.notices import Notices
from bot.scheduler import Duty, Jobs, Timer
from bot.services import asking, difficulty, zones
from bot.services.pools import Pools
from bot.web.deliveries import delivery_samples
from bot.web.health import Check
from bot.web.metrics import Histogram, Sample, Source, counted, edge_samples

DATA = Path(__file__).parents[1] / "data"
REMEMBER_UPDATES = timedelta(days=2)
"""Telegram keeps an update for 24 hours: it cannot come again after that."""

LEARN_SECONDS = 3600.0
"""As often as whoever is on duty tidies."""

STARS_PER_MESSAGE = 0.1
"""What Telegram takes for a paid broadcast (`allow_paid_broadcast` of sendMessage)."""


log = logging.getLogger(__name__)


class App:
    """The whole bot. `start` makes it ready, `run` works until told to stop, `stop` closes it."""

    def __init__(
        self,
        config: Config,
        bank: Bank,
        *,
        clock: Clock = system_clock,
        request: BaseRequest | None = None,
        limiter: Limiter | None = None,
        migrate: bool = False,
    ) -> None:
        """Wire everything; nothing is connected yet.

        Args:
            config: what the operator set.
            bank: the loaded questions.
            clock: another one moves time, for the playground and the tests.
            request: another way to the Bot API, for the tests.
            limiter: another pace, for the tests.
            migrate: bring PostgreSQL up to date too, which is else its operator's to do.

        Raises:
            BadDatabaseUrl: when `DATABASE_URL` is malformed.
        """
        self.config = config
        self.clock = clock
        self.migrate = migrate
        self.database = Database(config.database_url.get_secret_value())
        self.limiter = limiter or Limiter(config.send_rate)
        self.house = asking.House(bank, Pools(bank), self.limiter.precedence)
        self.application = self._application(request or AiohttpRequest())
        self.bot = self.application.bot
        sender = Sender(self.bot.request, self.bot.base_url, self.limiter)
        self.duty = Duty(self.database)
        self.delivery = Delivery(
            self.database,
            self.house,
            sender,
            clock,
            rate=self.limiter.rate,
            may_send=lambda: self.duty.is_mine,
        )
        self.notices = Notices(self.database, self.house, sender, clock)
        self.lanes = InOrder(self.work_off, self.limiter.precedence)
        self.update_seconds = Histogram("gotit_update_seconds", "Time of an update's work, replies included.")
        self.jobs = Jobs(
            {"delivery": self.delivery.deliver, "notices": self.notices.deliver, "games": self.games.go_on},
            tidy=self.tidy,
            overlapping=frozenset({"games"}),
        )
        self.timer = Timer(self.jobs, may_work=lambda: self.duty.is_mine)
        self.entrance = self._entrance()
        self._relearning: asyncio.Task[None] | None = None
        self._winding_down: asyncio.Task[None] | None = None
        self._ends_by = 0.0

    def _application(self, request: BaseRequest) -> BotApplication:
        token = self.config.bot_token.get_secret_value()
        bot: ExtBot[Any] = ExtBot(
            token,
            base_url=f"{self.config.bot_api_url}/bot",
            base_file_url=f"{self.config.bot_api_url}/file/bot",
            request=request,
            get_updates_request=request,
            rate_limiter=AnswerLimiter(self.limiter),
        )
        poster = Poster(request, bot.base_url, self.limiter)
        self.games = Games(self.database, self.house, poster, self.clock, lambda: bot.username)
        house = House(self.database, self.house, self.clock, self.games, self.clock())
        # The library makes bot_data by calling a type without arguments; ours is made already.
        types = ContextTypes(context=BotContext, bot_data=cast("type[House]", lambda: house))
        application = (
            Application.builder().bot(bot).updater(None).job_queue(None).context_types(types).build()
        )
        add_routes(application)
        return application

    async def start(self) -> None:
        """Reach the database, then Telegram, however long that takes; then arm the timer.

        Raises:
            InvalidToken: when Telegram refuses the token.
            MigrationsPending, DatabaseIsNewer, Unavailable: about the database.
        """
        migrated = await make_ready(self.database, migrate=self.migrate)
        await self._learn_difficulty()
        await until_it_arrives(self.bot.initialize)
        await profile.publish(self.bot)
        await self.application.initialize()
        if migrated:
            log.info("database migrated")
        log.info("started as @%s with %d questions", self.bot.username, len(self.house.bank.questions))
        if self.limiter.is_paid:
            log.warning(
                "SEND_RATE is above %d: every daily question costs %.1f Star", FREE_RATE, STARS_PER_MESSAGE
            )
        if self.database.is_sqlite and self.config.role != "all":
            log.warning("ROLE is %s, but SQLite is for one process: leave ROLE out", self.config.role)
        if self.config.role != "worker":
            self._learning = asyncio.create_task(asyncio.to_thread(zones.learn))
        if self.config.role != "all":
            self._relearning = asyncio.create_task(self._keep_learning())
        if self.config.role != "web":
            self.duty.start()
            self.timer.start()

    async def run(self, stop: asyncio.Event) -> None:
        """Work off updates until `stop` is set.

        Raises:
            OSError: when the port is busy.
            WebhookRefused: when Telegram does not take the webhook's address.
        """
        listening = asyncio.create_task(self._listen(stop))
        try:
            await self.entrance.run(stop)
        finally:
            listening.cancel()

    async def _listen(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._wind_down()

    def _entrance(self) -> Entrance:
        errors, told = self.application.bot_data.errors, "Errors while updates were worked off."
        sources: list[Source] = [
            partial(edge_samples, self.limiter, self.lanes),
            self._delivery_samples,
            partial(counted, "gotit_update_errors_total", told, "kind", errors, KINDS),
            self.update_seconds,
            self._own_samples,
        ]
        checks: dict[str, Check] = {"database": self._database_answers}
        if self.config.role != "web":
            checks["scheduler"] = self._timer_alive
        return Entrance(self.config, self.bot, self.lanes, sources, checks)

    def _delivery_samples(self) -> Iterator[Sample]:
        return delivery_samples(self.delivery.tally, on_duty=self._on_duty)

    @property
    def _on_duty(self) -> bool:
        return self.config.role != "web" and self.duty.is_mine

    def _own_samples(self) -> Iterator[Sample]:
        in_use, are_open = self.database.connections()
        yield Sample(
            "gotit_database_connections", in_use, "Connections by state.", labels={"state": "in_use"}
        )
        yield Sample(
            "gotit_database_connections", are_open, "Connections by state.", labels={"state": "open"}
        )
        yield Sample("gotit_on_duty", self._on_duty, "1 in the process that delivers.")

    async def _database_answers(self) -> bool:
        return await is_current(self.database) and await self.database.takes_writes()

    async def _timer_alive(self) -> bool:
        return self.timer.alive

    async def stop(self) -> None:
        """Close everything, in the reverse order of the start; what takes too long is broken off."""
        await self._wind_down()
        closings = {
            "the duty": self.duty.stop,
            "the application": self.application.shutdown,
            "the connections to Telegram": self.bot.shutdown,  # the application leaves what is half opened
            "the database": self.database.close,
        }
        await stopping.close_in_order(closings, by=self._ends_by)

    def _wind_down(self) -> asyncio.Task[None]:
        """Begin nothing more and end what is at work; from the first call on the time of the stop runs."""
        if self._winding_down is None:
            if self._relearning is not None:
                self._relearning.cancel()
            self._ends_by = time.monotonic() + stopping.SECONDS
            self.delivery.stop()
            self.limiter.end_broadcasts()
            self._winding_down = asyncio.create_task(self.timer.stop())
        return self._winding_down

    async def work_off(self, update: Update) -> None:
        """Work one update off.

        Raises:
            UnavailableError: when the database is away; the update must be handed in again.
        """
        began = time.monotonic()
        await self.application.process_update(update)
        self.update_seconds.observe(time.monotonic() - began)
        failure = self.application.bot_data.failures.pop(update.update_id, None)
        if failure is not None:
            raise UnavailableError(str(failure)) from failure

    async def tick(self) -> None:
        """Do what is due and wait for it: the timer's ticks, one after the other."""
        if self.duty.is_mine or await self.duty.renew():
            for work in self.jobs.ticks.values():
                await work()

    async def tidy(self) -> None:
        """Delete what is no longer needed, and take in the day's difficulties."""
        async with self.database.transaction() as session:
            await worked_updates.forget_before(session, self.clock() - REMEMBER_UPDATES)
            await difficulty.count(session, now=self.clock())
        await self._learn_difficulty()

    async def _keep_learning(self) -> None:
        """Take in what another process counts: only the one on duty tidies."""
        while True:
            await asyncio.sleep(LEARN_SECONDS)
            with suppress(Unavailable):
                await self._learn_difficulty()

    async def _learn_difficulty(self) -> None:
        async with self.database.reading() as session:
            self.house.pools.learn(await difficulty.learned(session, self.house.bank))
