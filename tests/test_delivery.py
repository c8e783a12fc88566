"""Delivery: many at once, crashes between its steps, floods, leases, what it counts."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, event, func, select, update

from bot import precedence
from bot.api.limiter import Limiter
from bot.api.sending import Outcome, Sender, Sent
from bot.db import Unavailable
from bot.db.tables import Ask, Delivery, Subscription, User
from bot.delivery import Delivery as Delivering
from bot.delivery import marks, rounds, window_of
from bot.delivery.tally import AWAY_AFTER, PROBE
from bot.playground.emulator import Person
from bot.rendering.screen import Screen
from bot.services import daily, deliveries, subscriptions
from bot.web.deliveries import delivery_samples
from bot.web.metrics import expose
from tests.support.stage import Stage


class Killed(BaseException):
    """Nothing catches this, as nothing catches SIGKILL."""


async def subscribed(stage: Stage, count: int) -> list[Person]:
    """People who all want 13:00."""
    people = [stage.person(f"P{number}") for number in range(count)]
    for person in people:
        person.chat.started = True
    async with stage.app.database.transaction() as session:
        for person in people:
            await subscriptions.subscribe(session, person.id, minute=13 * 60, now=stage.clock())
    return people


def arrived(person: Person) -> int:
    """Questions in a chat."""
    return sum("Show answer" in str(seen.buttons) for seen in person.messages())


async def statuses(stage: Stage) -> dict[str, int]:
    """Deliveries by status."""
    async with stage.app.database.reading() as session:
        rows = await session.execute(select(Delivery.status, func.count()).group_by(Delivery.status))
        return dict(iter(rows))


async def killed_before_the_mark(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let 13:00 come, end the process after the send, and start it again."""

    async def killed(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(deliveries, "mark", killed)
        with pytest.raises(BaseExceptionGroup):
            await stage.pass_time(hours=1)
    await stage.restart()


async def test_everyone_gets_theirs_once(stage: Stage) -> None:
    people = await subscribed(stage, 40)
    await stage.pass_time(hours=1)
    assert [arrived(person) for person in people] == [1] * 40
    assert await statuses(stage) == {"sent": 40}
    await asyncio.gather(*(stage.app.tick() for _ in range(3)))
    assert [arrived(person) for person in people] == [1] * 40


async def test_a_crash_after_the_claim_is_taken_over_when_the_lease_ends(stage: Stage) -> None:
    (ada,) = await subscribed(stage, 1)
    stage.clock.move(hours=1)
    async with stage.app.database.transaction() as session:
        assert (await deliveries.claim(session, now=stage.clock())).ids
    await stage.restart()
    await stage.pass_time(seconds=30)
    assert arrived(ada) == 0, "the lease still runs: its holder may be alive"
    await stage.pass_time(seconds=31)
    assert arrived(ada) == 1
    await stage.pass_time(minutes=10)
    assert arrived(ada) == 1


async def test_a_crash_before_the_mark_repeats_the_same_ask(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ada,) = await subscribed(stage, 1)

    await killed_before_the_mark(stage, monkeypatch)
    await stage.pass_time(seconds=61)
    assert arrived(ada) == 2
    async with stage.app.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Ask)) == 1


async def test_a_flood_is_waited_out(stage: Stage) -> None:
    (ada,) = await subscribed(stage, 1)
    stage.telegram.faults.flood(40, method="sendMessage")
    await stage.pass_time(hours=1)
    await stage.pass_time(seconds=39)
    assert arrived(ada) == 0
    await stage.pass_time(seconds=2)
    assert arrived(ada) == 1


async def test_trouble_past_midnight_skips_the_day(stage: Stage) -> None:
    (ada,) = await subscribed(stage, 1)
    stage.telegram.faults.server_error(method="sendMessage")
    await stage.pass_time(hours=1)
    await stage.pass_time(days=1)
    assert arrived(ada) == 1, "Tuesday's question"
    assert stage.app.delivery.tally.missed == 1
    assert (await statuses(stage))["skipped"] == 1


async def test_a_refused_message_fails_for_good(stage: Stage) -> None:
    (ada,) = await subscribed(stage, 1)
    stage.telegram.faults.refuse(400, "Bad Request: can't parse entities", method="sendMessage")
    await stage.pass_time(hours=1)
    await stage.pass_time(minutes=30)
    assert arrived(ada) == 0
    assert await statuses(stage) == {"failed": 1}
    await stage.pass_time(days=1)
    assert arrived(ada) == 1, "tomorrow's is another"


async def test_two_workers_never_claim_a_row_twice(stage: Stage) -> None:
    await subscribed(stage, 30)
    stage.clock.move(hours=1)

    async def work() -> list[int]:
        taken = []
        for _ in range(5):
            async with stage.app.database.transaction() as session:
                taken += (await deliveries.claim(session, now=stage.clock(), limit=5)).ids
        return taken

    taken = [number for worker in await asyncio.gather(work(), work(), work()) for number in worker]
    assert len(taken) == len(set(taken)) == 30


async def test_wishes_that_differ_are_claimed_together_and_kept_apart(stage: Stage) -> None:
    await subscribed(stage, 2)
    tokyo, early = stage.person("Tokyo"), stage.person("Early")
    async with stage.app.database.transaction() as session:
        await subscriptions.subscribe(session, tokyo.id, minute=22 * 60, zone="Asia/Tokyo", now=stage.clock())
        await subscriptions.subscribe(session, early.id, minute=12 * 60 + 30, now=stage.clock())
    stage.clock.move(hours=1)
    now = stage.clock()
    async with stage.app.database.transaction() as session:
        assert len((await deliveries.claim(session, now=now)).ids) == 4
        rows = await session.execute(
            select(Subscription.chat_id, Delivery.due_at, Subscription.next_due, Subscription.unanswered)
            .join(Delivery, Delivery.subscription_id == Subscription.id)
            .order_by(Subscription.chat_id)
        )
        found = {row.chat_id: (now - row.due_at, row.next_due - row.due_at, row.unanswered) for row in rows}
    day = timedelta(days=1)
    assert len(found) == 4
    assert found.pop(early.id) == (timedelta(minutes=30), day, 0)
    assert set(found.values()) == {(timedelta(0), day, 0)}


async def test_the_claim_moves_the_row_in_the_same_transaction(stage: Stage) -> None:
    await subscribed(stage, 1)
    stage.clock.move(hours=1)

    async def fail() -> None:
        async with stage.app.database.transaction() as session:
            assert (await deliveries.claim(session, now=stage.clock())).ids
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with stage.app.database.reading() as session:
        due = await session.scalar(select(Subscription.next_due))
        assert due is not None
        assert due <= stage.clock()
        assert await session.scalar(select(func.count()).select_from(Delivery)) == 0
    await stage.app.tick()
    async with stage.app.database.reading() as session:
        due = await session.scalar(select(Subscription.next_due))
        assert due is not None
        assert due - stage.clock() == timedelta(days=1)


@contextmanager
def statements(stage: Stage) -> Iterator[list[str]]:
    """What the database is told meanwhile; many rows in one call count once."""
    told: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        told.append(statement)

    engine = stage.app.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield told
    event.remove(engine, "before_cursor_execute", note)


async def test_statements_do_not_grow_with_the_users(stage: Stage) -> None:
    await subscribed(stage, 3)
    stage.clock.move(hours=1)
    with statements(stage) as few:
        await stage.app.tick()
    await subscribed(stage, 40)
    stage.clock.move(days=1)
    with statements(stage) as many:
        await stage.app.tick()
    assert len(many) <= len(few) + 4


class Cable:
    """A Sender of the test: notes chats, and answers as it is told."""

    def __init__(self, *outcomes: Sent) -> None:
        self.outcomes = list(outcomes)
        self.chats: list[int] = []
        self.open = asyncio.Event()
        self.open.set()
        self.at_once = 0

    async def send(self, chat_id: int, _screen: Screen) -> Sent:
        """Take a message."""
        self.at_once += 1
        await self.open.wait()
        self.chats.append(chat_id)
        return self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]

    async def has(self, count: int) -> None:
        """Wait until so many messages went out."""

        async def enough() -> bool:
            return len(self.chats) >= count

        await eventually(enough)

    async def has_begun(self, count: int) -> None:
        """Wait until so many messages are on their way."""

        async def enough() -> bool:
            return self.at_once >= count

        await eventually(enough)


SENT = Sent(Outcome.SENT, message_id=1)
NOT_THERE = Sent(Outcome.LATER, description="connection refused")


def delivering(stage: Stage, cable: Cable | Sender, **more: Any) -> Delivering:
    """A delivery of the stage's rows through a cable."""
    app = stage.app
    return Delivering(app.database, app.house, cable, stage.clock, **more)  # type: ignore[arg-type]  # it only sends


async def eventually(met: Callable[[], Awaitable[bool]]) -> None:
    """Wait for something that other tasks bring about."""
    async with asyncio.timeout(30):
        for pause in itertools.repeat(0.01):
            if await met():
                return
            await asyncio.sleep(pause)


async def test_when_telegram_is_away_the_queue_stays_where_it_is(stage: Stage) -> None:
    await subscribed(stage, 100)
    stage.clock.move(hours=1)
    cable = Cable(NOT_THERE)
    delivery = delivering(stage, cable, rate=5)
    await delivery.deliver()
    assert AWAY_AFTER <= len(cable.chats) <= AWAY_AFTER + 10
    async with stage.app.database.reading() as session:
        unclaimed = select(func.count()).where(Subscription.next_due <= stage.clock())
        assert await session.scalar(unclaimed) == 70, "one batch of 30 was claimed"
    assert delivery.tally.is_away
    tried = len(cable.chats)
    stage.clock.move(seconds=1)
    await delivery.deliver()
    assert len(cable.chats) <= tried + PROBE
    cable.outcomes = [SENT]
    for _ in range(3):
        stage.clock.move(minutes=20)
        await delivery.deliver()
    assert await statuses(stage) == {"sent": 100}


async def test_a_migrated_group_is_followed(stage: Stage) -> None:
    (ada,) = await subscribed(stage, 1)
    stage.clock.move(hours=1)
    cable = Cable(Sent(Outcome.MIGRATED, new_chat_id=-100123), SENT)
    await delivering(stage, cable).deliver()
    assert cable.chats == [ada.id, -100123]
    async with stage.app.database.reading() as session:
        assert await session.scalar(select(Subscription.chat_id)) == -100123
    assert await statuses(stage) == {"sent": 1}


async def test_no_more_than_the_window_is_sent_and_unmarked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await subscribed(stage, 100)
    stage.clock.move(hours=1)
    back = asyncio.Event()
    write = deliveries.mark

    async def away(*given: Any, **more: Any) -> None:
        if not back.is_set():
            raise Unavailable("gone")
        await write(*given, **more)

    monkeypatch.setattr(marks, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(deliveries, "mark", away)
    cable = Cable(SENT)
    delivery = delivering(stage, cable, rate=100)
    round_ = asyncio.create_task(delivery.deliver())
    await cable.has(window_of(100))
    await asyncio.sleep(0.2)
    assert len(cable.chats) == window_of(100) == 64
    back.set()
    await round_
    assert len(cable.chats) == len(set(cable.chats)) == 100
    assert await statuses(stage) == {"sent": 100}


class Crowd(Cable):
    """A Cable that takes a moment for each message, and as long as it takes for one chat's."""

    slow: int | None = None
    most = 0

    async def send(self, chat_id: int, _screen: Screen) -> Sent:
        """Take a message."""
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        if chat_id == self.slow:
            await self.open.wait()
        await asyncio.sleep(0.02)
        self.at_once -= 1
        self.chats.append(chat_id)
        return self.outcomes[0]


async def test_nobody_waits_for_someone_elses_slow_message(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "AGAIN_SECONDS", 0.02)
    first = await subscribed(stage, 2)
    late = await subscribed(stage, 40)
    async with stage.app.database.transaction() as session:
        for person in late:
            await subscriptions.subscribe(session, person.id, minute=13 * 60 + 1, now=stage.clock())
    stage.clock.move(hours=1)
    cable = Crowd(SENT)
    cable.slow = first[0].id
    cable.open.clear()
    round_ = asyncio.create_task(delivering(stage, cable).deliver())
    await cable.has(1)
    stage.clock.move(minutes=1)
    await cable.has(41)
    assert cable.most > 2, "whoever comes later finds senders, too"
    cable.open.set()
    assert await round_ == 42
    assert await statuses(stage) == {"sent": 42}


async def test_after_a_probe_as_many_are_sent_at_once_as_ever(stage: Stage) -> None:
    await subscribed(stage, 60)
    stage.clock.move(hours=1)
    cable = Crowd(SENT)
    delivery = delivering(stage, cable)
    for _ in range(AWAY_AFTER):
        delivery.tally.count(NOT_THERE)
    await delivery.deliver()
    assert len(cable.chats) == 60
    assert cable.most > PROBE


async def test_a_chat_that_is_held_for_long_comes_when_its_hold_is_over(stage: Stage) -> None:
    held, other = await subscribed(stage, 2)
    stage.clock.move(hours=1)
    limiter = Limiter(monotonic=lambda: stage.clock().timestamp())
    limiter.hold(held.id, 60)
    bot = stage.app.bot
    delivery = delivering(stage, Sender(bot.request, bot.base_url, limiter))
    await delivery.deliver()
    assert (arrived(held), arrived(other)) == (0, 1), "nobody waits for it"
    stage.clock.move(seconds=58)
    assert await delivery.deliver() == 0
    stage.clock.move(seconds=3)
    assert await delivery.deliver() == 1, "it is tried again when its hold is over"
    assert arrived(held) == 1


async def test_a_lease_is_renewed_while_its_holder_waits(stage: Stage) -> None:
    await subscribed(stage, 1)
    stage.clock.move(hours=1)
    cable = Cable(SENT)
    cable.open.clear()
    delivery = delivering(stage, cable, lease=timedelta(seconds=0.3))
    round_ = asyncio.create_task(delivery.deliver())
    await cable.has_begun(1)
    stage.clock.move(seconds=0.2)
    before = stage.clock() + timedelta(seconds=0.2)

    async def renewed() -> bool:
        async with stage.app.database.reading() as session:
            until = await session.scalar(select(Delivery.lease_until))
        return until is not None and until > before

    await eventually(renewed)
    cable.open.set()
    await round_
    assert await statuses(stage) == {"sent": 1}


async def test_who_lost_its_lease_claims_anew(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await subscribed(stage, 30)
    stage.clock.move(hours=1)
    cable = Cable(SENT)
    cable.open.clear()
    delivery = delivering(stage, cable, rate=4)
    round_ = asyncio.create_task(delivery.deliver())
    await cable.has_begun(8)
    stage.clock.move(seconds=120)
    cable.open.set()
    await round_
    assert "leases ran out before the send" in caplog.text
    assert len(cable.chats) == len(set(cable.chats)) == 30, "they were claimed anew"


async def test_the_end_of_the_process_hands_back_what_was_not_sent(stage: Stage) -> None:
    await subscribed(stage, 30)
    stage.clock.move(hours=1)
    cable = Cable(SENT)
    cable.open.clear()
    delivery = delivering(stage, cable, rate=5)
    round_ = asyncio.create_task(delivery.deliver())
    await cable.has_begun(1)
    delivery.stop()
    cable.open.set()
    await round_
    sent = len(cable.chats)
    assert await statuses(stage) == {"claimed": 30 - sent, "sent": sent}
    other = Cable(SENT)
    await delivering(stage, other).deliver()
    assert not set(cable.chats) & set(other.chats)
    assert await statuses(stage) == {"sent": 30}


async def test_marks_are_written_when_a_round_is_broken_off(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await subscribed(stage, 10)
    stage.clock.move(hours=1)
    monkeypatch.setattr(marks, "MARK_SECONDS", 60)
    cable = Cable(SENT)
    round_ = asyncio.create_task(delivering(stage, cable, rate=4).deliver())
    await cable.has(8)
    cable.open.clear()
    round_.cancel()
    await asyncio.wait([round_])
    assert (await statuses(stage))["sent"] == len(cable.chats)


async def test_one_user_who_breaks_the_choice_takes_nobody_along(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    people = await subscribed(stage, 5)
    choose = daily.choose_with_reason

    def broken(state: Any, day: int) -> Any:
        if state.seed == people[2].id:
            raise ZeroDivisionError
        return choose(state, day)

    with monkeypatch.context() as patch:
        patch.setattr(daily, "choose_with_reason", broken)
        await stage.pass_time(hours=1)
    assert [arrived(person) for person in people] == [1, 1, 0, 1, 1]
    assert f"no question could be chosen for user {people[2].id}" in caplog.text
    await stage.pass_time(minutes=1)
    assert [arrived(person) for person in people] == [1] * 5


async def test_a_mark_that_cannot_be_written_is_not_sent_again_and_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await subscribed(stage, 5)
    stage.clock.move(hours=1)
    write = deliveries.mark

    async def broken(session: Any, endings: Any, *, now: Any) -> None:
        if any(one.how == "sent" and one.parcel.chat_id == people[1].id for one in endings):
            raise ZeroDivisionError
        await write(session, endings, now=now)

    monkeypatch.setattr(deliveries, "mark", broken)
    cable = Cable(SENT)
    await delivering(stage, cable).deliver()
    assert await statuses(stage) == {"failed": 1, "sent": 4}


async def test_a_copy_of_what_was_answered_is_not_sent(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    (ada,) = await subscribed(stage, 1)

    await killed_before_the_mark(stage, monkeypatch)
    await stage.tap(ada, "Got it")
    await stage.pass_time(seconds=61)
    assert arrived(ada) == 0
    assert len([seen for seen in ada.messages() if "Next question" in str(seen.buttons)]) == 1
    assert await statuses(stage) == {"sent": 1}


async def test_days_that_were_over_are_counted_and_told(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await subscribed(stage, 3)
    await stage.pass_time(days=2, hours=-1)
    assert stage.app.delivery.tally.missed == 3
    assert "3 questions were due on a day that is over" in caplog.text


async def test_the_figures_are_honest(stage: Stage) -> None:
    people = await subscribed(stage, 6)
    stage.telegram.faults.blocked(method="sendMessage", chat_id=people[0].id)
    stage.telegram.faults.server_error(method="sendMessage", chat_id=people[1].id)
    await stage.pass_time(hours=1, seconds=7)
    lines = expose(delivery_samples(stage.app.delivery.tally)).splitlines()
    for line in (
        'gotit_sends_total{outcome="sent"} 4',
        'gotit_sends_total{outcome="blocked"} 1',
        'gotit_sends_total{outcome="later"} 1',
        'gotit_sends_total{outcome="refused"} 0',
        "gotit_delivery_lag_seconds 7",
        "gotit_delivery_queue 1",
    ):
        assert line in lines
    await stage.pass_time(seconds=2)
    lines = expose(delivery_samples(stage.app.delivery.tally)).splitlines()
    assert "gotit_delivery_lag_seconds 9" in lines, "one still waits for its next try"
    assert "gotit_delivery_queue 1" in lines
    lines = expose(delivery_samples(stage.app.delivery.tally, on_duty=False)).splitlines()
    assert "gotit_delivery_lag_seconds 0" in lines, "it is another process's by now"
    assert "gotit_delivery_queue 0" in lines
    for _ in range(2):
        await stage.pass_time(seconds=5)
    lines = expose(delivery_samples(stage.app.delivery.tally)).splitlines()
    assert "gotit_delivery_lag_seconds 0" in lines
    assert "gotit_delivery_queue 0" in lines


async def test_an_outage_shows_for_as_long_as_it_lasts(stage: Stage) -> None:
    await subscribed(stage, 30)
    stage.telegram.faults.server_error(times=100_000, method="sendMessage")
    await stage.pass_time(hours=1, seconds=10)
    tally = stage.app.delivery.tally
    for _ in range(20):
        await stage.pass_time(seconds=15)
        assert tally.away
        assert tally.queue == 30
    assert tally.lag >= 300
    stage.telegram.faults.clear()
    await stage.pass_time(minutes=15)
    await stage.pass_time(seconds=5)
    assert (tally.away, tally.queue, tally.lag) == (False, 0, 0)


async def test_what_cannot_be_claimed_is_counted_where_it_can_be_read(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await subscribed(stage, 3)
    stage.clock.move(hours=1, minutes=5)

    async def full(*_given: object, **_more: object) -> None:
        raise Unavailable("disk full")

    monkeypatch.setattr(deliveries, "claim", full)
    delivery = delivering(stage, Cable(SENT))
    with pytest.raises(Unavailable):
        await delivery.deliver()
    assert (delivery.tally.queue, delivery.tally.lag) == (3, 300)


async def test_whoever_leaves_between_choice_and_ask_costs_nobody_else_a_question(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, grace, joan = await subscribed(stage, 3)
    choose = daily.choose_all

    async def meanwhile(*given: Any) -> daily.Chosen:
        chosen = await choose(*given)
        async with stage.app.database.transaction() as session:
            await session.execute(delete(User).where(User.id == grace.id))
        return chosen

    monkeypatch.setattr(daily, "choose_all", meanwhile)
    await stage.pass_time(hours=1)
    assert [arrived(person) for person in (ada, grace, joan)] == [1, 0, 1]
    assert await statuses(stage) == {"sent": 2}


async def test_a_press_waits_for_no_choice(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite there is one writer at a time: choosing, which takes the longest, must not be it."""
    await subscribed(stage, 1)
    choose = daily.choose_all
    wrote = asyncio.Event()

    async def meanwhile(*given: Any) -> daily.Chosen:
        async with asyncio.timeout(5), stage.app.database.transaction() as session:
            await session.execute(update(User).values(dark=True))
        wrote.set()
        return await choose(*given)

    monkeypatch.setattr(daily, "choose_all", meanwhile)
    await stage.pass_time(hours=1)
    assert wrote.is_set()


async def test_choosing_for_many_gives_way_to_an_update(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(precedence, "MOST_SECONDS", 60)
    ada, *_ = await subscribed(stage, 1)
    house, today = stage.app.house, stage.app.clock().date()
    async with stage.app.database.reading() as session:
        with stage.app.limiter.precedence.working():
            wishes = [daily.Wish(ada.id, today, [], None, 1)]
            choosing = asyncio.create_task(daily.choose_all(session, house, wishes))
            await asyncio.sleep(0.1)
            assert not choosing.done()
        assert (await choosing).shown.keys() == {ada.id}


async def test_a_round_gives_way_before_each_slice(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precedence, "MOST_SECONDS", 60)
    (ada,) = await subscribed(stage, 1)
    with stage.app.limiter.precedence.working():
        delivering = asyncio.create_task(stage.pass_time(hours=1))
        await asyncio.sleep(0.1)
        async with stage.app.database.reading() as session:
            assert await session.scalar(select(func.count()).select_from(Ask)) == 0
    await delivering
    assert arrived(ada) == 1
