"""What a policy must do, as functions over any object with new_state, choose and record.

`test_properties` holds the shipped policy to them, `test_mutants` breaks it and sees that they notice.
A learner here is a coin per topic: there is no memory law in it, so that nothing is owed to FSRS.
"""

from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Any, Protocol

TOPICS = tuple(f"topic{index:02}" for index in range(12))
WEAK = TOPICS[2:5]
FLIPPED = WEAK[0]
START = 739_900
"""Some date's ordinal."""


class Policy(Protocol):
    """The three calls."""

    new_state: Any
    choose: Any
    record: Any


@dataclass(frozen=True)
class Ask:
    """One question of a run."""

    day: int
    question: str
    topic: str
    known: bool


def bank(topics: int = 12, per_topic: int = 40) -> dict[str, str]:
    """A bank of equal topics."""
    return {f"{topic}-{number:02}": topic for topic in TOPICS[:topics] for number in range(per_topic)}


def run(
    policy: Policy,
    seed: object,
    days: int,
    per_day: int = 1,
    *,
    topic_of: dict[str, str] | None = None,
    flip_day: int | None = None,
    difficulty: dict[str, float] | None = None,
    **dates: int,
) -> list[Ask]:
    """Ask one who knows 15 % in the weak topics, 60 % elsewhere, and masters one topic on `flip_day`."""
    topic_of = topic_of or bank()
    luck = Random(f"luck {seed}")
    state = policy.new_state(topic_of, seed, per_day=per_day, difficulty=difficulty, **dates)
    asks = []
    for day in range(days):
        for _ in range(per_day):
            question = policy.choose(state, START + day)
            topic = topic_of[question]
            mastered = flip_day is not None and day >= flip_day and topic == FLIPPED
            known = luck.random() < (0.97 if mastered else 0.15 if topic in WEAK else 0.60)
            policy.record(state, question, known, START + day)
            asks.append(Ask(day, question, topic, known))
    return asks


def returns(asks: list[Ask]) -> list[tuple[Ask, int]]:
    """The asks of a question asked before, with the days since."""
    last: dict[str, int] = {}
    found = []
    for ask in asks:
        if ask.question in last:
            found.append((ask, ask.day - last[ask.question]))
        last[ask.question] = ask.day
    return found


def fair_shares(asks: list[Ask], topics: tuple[str, ...]) -> float:
    """How often these topics came, as a multiple of their fair share."""
    return sum(ask.topic in topics for ask in asks) / len(asks) / (len(topics) / len(TOPICS))


def weak_topics_come_more_often(policy: Policy) -> None:
    """1.3 to 2.5 times their fair share."""
    asks = [ask for seed in range(12) for ask in run(policy, seed, 60, 3)]
    share = fair_shares(asks, WEAK)
    assert 1.3 <= share <= 2.5, f"weak topics at {share:.2f} of their fair share"


def mastered_topic_steps_back(policy: Policy) -> None:
    """A topic learned elsewhere falls to 0.6 of its earlier share after 15 days, without a date."""
    before, after = [], []
    for seed in range(16):
        asks = run(policy, seed, 60, 3, flip_day=30)
        before += [ask for ask in asks if 10 <= ask.day < 30]
        after += [ask for ask in asks if ask.day >= 45]
    was, now = fair_shares(before, (FLIPPED,)), fair_shares(after, (FLIPPED,))
    assert now <= 0.6 * was, f"from {was:.2f} to {now:.2f} of its fair share"


def nothing_returns_within_the_gap(policy: Policy) -> None:
    """Seven days without a date."""
    gaps = [
        gap for seed in range(8) for per_day in (1, 5) for _, gap in returns(run(policy, seed, 60, per_day))
    ]
    assert gaps, "nothing returned at all"
    assert min(gaps) >= 7, f"returned after {min(gaps)} days"


def no_three_in_a_row(policy: Policy) -> None:
    """Of one topic, with 2 topics and with 12."""
    for topics in (2, 12):
        for seed in range(8):
            asks = [ask.topic for ask in run(policy, seed, 40, 1, topic_of=bank(topics))]
            runs = [trio for trio in zip(asks, asks[1:], asks[2:], strict=False) if len(set(trio)) == 1]
            assert not runs, f"three in a row: {runs[0]}"


def every_topic_is_tried(policy: Policy) -> None:
    """At least 11 of 12 within 60 single questions."""
    for seed in range(12):
        tried = {ask.topic for ask in run(policy, seed, 60, 1)}
        assert len(tried) >= 11, f"{len(tried)} topics tried"


def one_in_five_returns(policy: Policy) -> None:
    """15 to 25 % of the questions, over learners."""
    asks = [run(policy, seed, 60, 3) for seed in range(8)]
    share = sum(len(returns(run_)) for run_ in asks) / sum(map(len, asks))
    assert 0.15 <= share <= 0.25, f"{share:.0%} returns"


def missed_questions_return(policy: Policy) -> None:
    """Nine of ten returns are of questions that were missed the time before."""
    again = total = 0
    for seed in range(8):
        known: dict[str, bool] = {}
        for ask in run(policy, seed, 60, 3):
            if ask.question in known:
                total += 1
                again += not known[ask.question]
            known[ask.question] = ask.known
    assert again >= 0.9 * total > 0, f"{again} of {total} returns had been missed"


def same_answers_same_questions(policy: Policy) -> None:
    """Twice the same, and not the same for everyone."""
    runs = [tuple(ask.question for ask in run(policy, 1, 40, 2)) for _ in range(2)]
    assert runs[0] == runs[1], "the same answers gave other questions"
    firsts = {run(policy, seed, 1)[0].question for seed in range(5)}
    assert len(firsts) > 1, "all users get the same first question"


def one_topic_shows_all(policy: Policy) -> None:
    """Thirty questions of a single topic are all shown; the rule against runs is off."""
    topic_of = bank(1, 30)
    seen = Counter(ask.question for ask in run(policy, 1, 60, 1, topic_of=topic_of))
    assert len(seen) == 30, f"{len(seen)} of 30 shown"


PROPERTIES = (
    weak_topics_come_more_often,
    mastered_topic_steps_back,
    nothing_returns_within_the_gap,
    no_three_in_a_row,
    every_topic_is_tried,
    one_in_five_returns,
    missed_questions_return,
    same_answers_same_questions,
    one_topic_shows_all,
)
