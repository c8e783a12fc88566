"""The limiter, on a clock that jumps: limits are kept, answers overtake, everyone has a turn."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.api.allowance import Pace, Window
from bot.api.limiter import HOLD_SECONDS, LATE_SECONDS, Limiter, NoTurn
from bot.api.lines import Lane
from tests.api.virtual_time import VirtualTime, settle

ANSWER, BROADCAST = Lane.ANSWER, Lane.BROADCAST


@dataclass
class Scene:
    """A limiter, its time, and a record of who went when."""

    rate: int = 30
    time: VirtualTime = field(default_factory=VirtualTime)
    went: list[tuple[float, int, Lane]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.limiter = Limiter(self.rate, monotonic=self.time.monotonic, sleep=self.time.sleep)
        self.start = self.time.now
        self._tasks: list[asyncio.Task[None]] = []

    async def send(self, chat_id: int, lane: Lane = BROADCAST) -> None:
        await self.limiter.acquire(chat_id, lane)
        self.went.append((self.time.now - self.start, chat_id, lane))

    def begin(self, chat_id: int, lane: Lane = BROADCAST, times: int = 1) -> None:
        self._tasks += [asyncio.create_task(self.send(chat_id, lane)) for _ in range(times)]

    async def end(self) -> None:
        await self.time.run()
        await asyncio.gather(*self._tasks)

    def times(self, chat_id: int | None = None, lane: Lane | None = None) -> list[float]:
        return [
            moment
            for moment, chat, its_lane in self.went
            if chat_id in {None, chat} and lane in {None, its_lane}
        ]


def most_within(times: list[float], seconds: float) -> int:
    """The most that happened in any span of so many seconds, its end not included."""
    return max(
        (sum(begin <= other < begin + seconds - 1e-6 for other in times) for begin in times), default=0
    )


def stays_below(times: list[float], rate: float, burst: float) -> bool:
    """Whether no span of any length has more than burst + rate * its length."""
    return all(
        j - i + 1 <= burst + rate * (times[j] - times[i]) + 1e-6
        for i in range(len(times))
        for j in range(i, len(times))
    )


arrivals = st.lists(
    st.tuples(
        st.floats(0, 20),
        st.sampled_from([1, 2, 3, -1, -2]),
        st.sampled_from(list(Lane)),
        st.integers(1, 12),
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=60)
@given(arrivals=arrivals, rate=st.sampled_from([1, 7, 30, 1000]))
def test_no_limit_is_passed_and_everyone_has_a_turn(
    arrivals: list[tuple[float, int, Lane, int]], rate: int
) -> None:
    async def story() -> Scene:
        scene = Scene(rate)
        for moment, chat_id, lane, times in sorted(arrivals):
            await scene.time.run(max(0.0, scene.start + moment - scene.time.now))
            scene.begin(chat_id, lane, times)
        await scene.end()
        return scene

    scene = asyncio.run(story())
    assert len(scene.went) == sum(times for *_, times in arrivals)
    assert most_within(scene.times(), 1.0) <= rate
    assert stays_below(scene.times(lane=BROADCAST), rate, 1 + rate * LATE_SECONDS)
    for chat_id in (1, 2, 3, -1, -2):
        assert stays_below(scene.times(chat_id), 1.0, 5)
    for group in (-1, -2):
        assert most_within(scene.times(group), 60.0) <= 20
    assert scene.limiter.waiting(ANSWER) == scene.limiter.waiting(BROADCAST) == 0


@settings(max_examples=30)
@given(waits=st.lists(st.floats(0, 3), min_size=1, max_size=60))
def test_the_arithmetic_keeps_its_promise(waits: list[float]) -> None:
    pace, window, roomy = Pace(2.0, 1.5), Window(3, 2.0), Window(3, 2.0, spare=2)
    now, paced, windowed, alone = 0.0, [], [], []
    for wait in waits:
        now += wait
        if pace.opens_at <= now:
            pace.take(now)
            paced.append(now)
        if window.opens_at <= now:
            window.take(now)
            windowed.append(now)
        if roomy.roomy_at <= now:
            roomy.take(now)
            alone.append(now)
        assert roomy.opens_at <= now
    assert stays_below(paced, 2.0, 1 + 2.0 * 1.5)
    assert most_within(windowed, 2.0) <= 3
    assert most_within(alone, 2.0) <= 1


async def test_whoever_may_go_goes_at_once() -> None:
    scene = Scene()
    for chat_id in range(1, 31):
        await scene.send(chat_id, ANSWER)
    assert scene.times() == [0.0] * 30


async def test_a_burst_of_five_in_a_chat_then_one_a_second() -> None:
    scene = Scene()
    scene.begin(1, ANSWER, 8)
    await scene.end()
    assert scene.times() == pytest.approx([0, 0, 0, 0, 0, 1, 2, 3])


async def test_twenty_a_minute_in_a_group() -> None:
    scene = Scene()
    scene.begin(-100, ANSWER, 21)
    await scene.end()
    assert scene.times()[19] == pytest.approx(15.0)
    assert scene.times()[20] == pytest.approx(60.0)


async def test_broadcasts_are_spread_over_the_second() -> None:
    scene = Scene(30)
    for chat_id in range(1, 301):
        scene.begin(chat_id)
    await scene.end()
    assert scene.times()[-1] == pytest.approx(10.0, abs=0.35)
    assert most_within(scene.times(), 0.1) <= 4


async def test_a_thousand_a_second_is_reached() -> None:
    scene = Scene(1000)
    for chat_id in range(1, 5001):
        scene.begin(chat_id)
    await scene.end()
    assert len([moment for moment in scene.times() if 1 <= moment < 4]) >= 2850
    assert most_within(scene.times()[::7], 1.0) <= 1000 / 7 + 1


async def test_broadcasts_at_a_high_rate_go_in_bunches_and_answers_wait_for_none() -> None:
    scene = Scene(1000)
    for chat_id in range(1, 1001):
        scene.begin(chat_id)
    await scene.time.run(0.5)
    asked = scene.time.now - scene.start
    scene.begin(5000, ANSWER)
    await scene.end()
    assert len(set(scene.times(lane=BROADCAST))) <= 110, "each waking costs more than a message"
    assert scene.times(5000)[0] - asked < 0.005


async def test_many_answers_beside_a_broadcast_at_a_high_rate_wait_for_no_opening() -> None:
    scene = Scene(1000)
    for chat_id in range(1, 5001):
        scene.begin(chat_id)
    asked: dict[int, float] = {}
    for chat_id in range(10_001, 10_421):  # 140 a second, for three seconds
        await scene.time.run(1 / 140)
        asked[chat_id] = scene.time.now - scene.start
        scene.begin(chat_id, ANSWER)
    await scene.end()
    answered = {chat_id: moment for moment, chat_id, lane in scene.went if lane is ANSWER}
    assert max(answered[chat_id] - asked[chat_id] for chat_id in asked) < 0.001
    assert most_within(scene.times()[::7], 1.0) <= 1000 / 7 + 1
    assert len([moment for moment in scene.times(lane=BROADCAST) if 1 <= moment < 3]) >= 2 * 820


async def test_an_answer_overtakes_a_long_broadcast() -> None:
    scene = Scene(30)
    for chat_id in range(1, 301):
        scene.begin(chat_id)
    await scene.time.run(3.0)
    asked = scene.time.now - scene.start
    for chat_id in range(1001, 1004):
        scene.begin(chat_id, ANSWER)
    await scene.end()
    answered = scene.times(lane=ANSWER)
    # Three answers in a running broadcast: the next three places of the overall limit are theirs.
    assert max(answered) - asked < 0.2
    between = [moment for moment in scene.times(lane=BROADCAST) if asked < moment < max(answered)]
    assert between == []


async def test_an_answer_overtakes_a_broadcast_to_the_same_chat() -> None:
    scene = Scene()
    scene.begin(1, BROADCAST, 8)
    await scene.time.run(0.5)
    scene.begin(1, ANSWER)
    await scene.end()
    assert scene.times(lane=ANSWER) == pytest.approx([1.0])
    assert scene.times(lane=BROADCAST)[-3:] == pytest.approx([2, 3, 4])


async def test_a_busy_chat_does_not_delay_its_neighbours() -> None:
    scene = Scene(10)
    scene.begin(1, BROADCAST, 50)
    await settle()
    for chat_id in range(2, 12):
        scene.begin(chat_id)
    await scene.time.run(3.0)
    assert {chat for _, chat, _ in scene.went} == set(range(1, 12))
    scene.time.now += 100
    await scene.end()


async def test_chats_take_turns() -> None:
    scene = Scene(3)
    for chat_id in (1, 2, 3):
        scene.begin(chat_id, BROADCAST, 5)
    await scene.end()
    orders = [chat for _, chat, _ in scene.went]
    assert orders == [1, *[1, 2, 3] * 4, 2, 3]  # the first of all had no one beside it


async def test_a_hold_of_a_chat_leaves_the_others() -> None:
    scene = Scene()
    scene.limiter.hold(1, 30)
    scene.begin(1, ANSWER)
    scene.begin(2, ANSWER)
    await scene.end()
    assert scene.times(2) == [0.0]
    assert scene.times(1) == pytest.approx([30.0])
    assert scene.limiter.tally.holds_of_a_chat == 1


async def test_whoever_comes_later_may_go_sooner() -> None:
    scene = Scene()
    scene.limiter.hold(1, 30)
    scene.begin(1, ANSWER)
    await settle()
    scene.begin(2, ANSWER, 6)
    await scene.end()
    assert scene.times(2) == pytest.approx([0, 0, 0, 0, 0, 1])


async def test_a_hold_of_all_holds_both_lanes_and_a_shorter_one_does_not_cut_it() -> None:
    scene = Scene()
    scene.limiter.hold(None, 10)
    scene.limiter.hold(None, 2)
    scene.begin(1, BROADCAST)
    scene.begin(2, ANSWER)
    await scene.end()
    assert scene.times() == pytest.approx([10.0, 10.0])
    assert scene.went[0][2] is ANSWER


async def test_429s_of_several_chats_hold_everyone() -> None:
    scene = Scene()
    scene.limiter.flooded(1, 5)
    scene.limiter.flooded(1, 5)
    scene.limiter.flooded(2, 5)
    await scene.send(9, ANSWER)
    assert scene.limiter.tally.holds_of_all == 0
    scene.limiter.flooded(3, 5)
    scene.begin(10, ANSWER)
    await scene.end()
    assert scene.times() == pytest.approx([0.0, 5.0])
    assert scene.limiter.tally.holds_of_all == 1


async def test_429s_far_apart_hold_only_their_chats() -> None:
    scene = Scene()
    for chat_id in (1, 2, 3, 4):
        scene.limiter.flooded(chat_id, 60)
        scene.time.now += 1.5
    await scene.send(9, ANSWER)
    assert scene.limiter.tally.holds_of_all == 0


async def test_impatience_ends_at_once_when_waiting_is_in_vain() -> None:
    scene = Scene()
    scene.limiter.hold(1, 30)
    with pytest.raises(NoTurn) as caught:
        await scene.limiter.acquire(1, ANSWER, patience=5)
    assert caught.value.seconds == pytest.approx(30)
    assert scene.limiter.tally.gave_up == 1
    assert scene.limiter.waiting(ANSWER) == 0


async def test_a_broadcast_waits_for_a_short_hold_of_its_chat_and_not_for_a_long_one() -> None:
    scene = Scene()
    scene.limiter.hold(1, HOLD_SECONDS)
    scene.limiter.hold(2, 30)
    scene.begin(1, BROADCAST)
    with pytest.raises(NoTurn) as caught:
        await scene.limiter.acquire(2, BROADCAST)
    assert caught.value.seconds == pytest.approx(30)
    await scene.end()
    assert scene.times() == pytest.approx([HOLD_SECONDS])
    scene.limiter.hold(None, 30)
    scene.begin(1, BROADCAST)
    await scene.end()
    assert scene.times()[-1] == pytest.approx(HOLD_SECONDS + 30), "everyone waits for a hold of all"


async def test_a_broadcast_that_waits_hears_of_a_long_hold() -> None:
    scene = Scene()
    scene.limiter.hold(1, 2)
    waiting = asyncio.create_task(scene.limiter.acquire(1, BROADCAST))
    await settle()
    scene.limiter.hold(1, 30)
    with pytest.raises(NoTurn):
        await waiting
    assert scene.limiter.waiting(BROADCAST) == 0
    scene.begin(1, ANSWER)
    await scene.end()
    assert scene.times() == pytest.approx([30.0]), "it took no turn with it"


async def test_impatience_ends_the_wait_and_leaves_the_turn_to_others() -> None:
    scene = Scene()
    scene.begin(1, ANSWER, 10)
    await settle()
    asked = asyncio.create_task(scene.limiter.acquire(1, ANSWER, patience=2.5))
    await scene.end()
    with pytest.raises(NoTurn):
        await asked
    assert scene.times()[-1] == pytest.approx(5.0)
    assert scene.limiter.tally.granted[ANSWER] == 10


async def test_when_the_process_ends_no_broadcast_waits_any_more() -> None:
    scene = Scene()
    scene.limiter.hold(None, 28)
    waiting = [asyncio.create_task(scene.limiter.acquire(chat, BROADCAST)) for chat in (1, 1, 2)]
    scene.begin(3, ANSWER)
    await settle()
    scene.limiter.end_broadcasts()
    turned_away = await asyncio.gather(*waiting, return_exceptions=True)
    assert [error.seconds for error in turned_away if isinstance(error, NoTurn)] == [28, 28, 28]
    with pytest.raises(NoTurn):
        await scene.limiter.acquire(4, BROADCAST)
    await scene.end()
    assert scene.times(3, ANSWER) == pytest.approx([28.0]), "an answer still may"
    assert scene.limiter.waiting(BROADCAST) == 0
    await scene.limiter.acquire(4, BROADCAST)  # at once


async def test_whoever_goes_away_uses_no_turn() -> None:
    scene = Scene()
    scene.begin(1, ANSWER, 5)
    await settle()
    gone = [asyncio.create_task(scene.limiter.acquire(1, BROADCAST)) for _ in range(100)]
    await settle()
    assert scene.limiter.waiting(BROADCAST) == 100
    for task in gone:
        task.cancel()
    await asyncio.gather(*gone, return_exceptions=True)
    scene.begin(1, BROADCAST)
    await scene.end()
    assert scene.times()[-1] == pytest.approx(1.0)
    assert scene.limiter.waiting(BROADCAST) == 0
    assert scene.limiter.tally.granted == [5, 1]


async def test_idle_chats_are_forgotten() -> None:
    scene = Scene(1000)
    scene.limiter.hold(7, 3600)  # a long hold does not hide what is idle behind it
    for chat_id in range(100, 5100):
        scene.time.now += 0.01
        await scene.send(chat_id if chat_id % 10 else -chat_id)
    # Private chats are idle after a second (100 sends), groups after a minute (600 of 6,000 sends).
    assert scene.limiter.chats < 1200
    with pytest.raises(NoTurn):
        await scene.limiter.acquire(7, ANSWER, patience=1)


async def test_the_tally() -> None:
    scene = Scene()
    scene.begin(1, ANSWER, 7)
    scene.begin(2, BROADCAST)
    await settle()
    assert scene.limiter.waiting(ANSWER) == 2
    await scene.end()
    tally = scene.limiter.tally
    assert tally.granted == [7, 1]
    assert tally.waited_seconds == pytest.approx([3.0, 0.0])


@pytest.mark.parametrize(("rate", "is_paid"), [(1, False), (30, False), (31, True), (1000, True)])
def test_above_the_free_rate_broadcasts_are_paid(rate: int, is_paid: bool) -> None:
    assert Limiter(rate).is_paid is is_paid


async def test_on_the_real_clock() -> None:
    limiter = Limiter(1000)
    went: defaultdict[Lane, int] = defaultdict(int)

    async def send(chat_id: int, lane: Lane) -> None:
        await limiter.acquire(chat_id, lane)
        went[lane] += 1

    sends: list[Awaitable[None]] = [send(chat_id, Lane(chat_id % 2)) for chat_id in range(1, 201)]
    await asyncio.gather(*sends)
    assert went == {ANSWER: 100, BROADCAST: 100}


def test_a_moment_that_rounding_misses_is_not_waited_for_for_ever() -> None:
    async def story() -> int:
        scene = Scene(7)
        scene.time.now = scene.start = 1e9 + 0.1
        for chat_id in range(1, 50):
            scene.begin(chat_id)
        await scene.end()
        return len(scene.went)

    assert asyncio.run(story()) == 49
