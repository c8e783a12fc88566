"""The shipped policy keeps every property of LEARNING's goals 3 to 5."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot import learning
from tests.learning import properties
from tests.learning.properties import PROPERTIES, START, bank, returns, run

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
def test_policy(holds):
    holds(learning)


def test_near_the_interview_more_returns():
    dates = {"interview_day": START + 59, "set_day": START}
    found = [ask for seed in range(8) for ask, _ in returns(run(learning, seed, 60, 3, **dates))]
    near = sum(ask.day >= 49 for ask in found)
    assert near / (8 * 11 * 3) == pytest.approx(0.60, abs=0.05)
    assert (len(found) - near) / (8 * 49 * 3) == pytest.approx(0.18, abs=0.05)


def test_after_the_interview_all_is_as_before():
    dates = {"interview_day": START + 20, "set_day": START}
    late = [ask for ask, _ in returns(run(learning, 1, 120, 2, **dates)) if ask.day > 40]
    assert len(late) / (79 * 2) == pytest.approx(0.20, abs=0.05)


def test_two_topics_take_turns_and_every_question_comes():
    """With fifteen topics and with two, each question of a small bank is shown in the end."""
    for topics in (2, 12):
        topic_of = bank(topics, 5)
        asked = {ask.question for ask in run(learning, 3, topics * 9, 1, topic_of=topic_of)}
        assert asked == set(topic_of)


def test_everything_seen_still_gives_good_questions():
    topic_of = bank(4, 10)
    asks = run(learning, 5, 200, 1, topic_of=topic_of)
    late = [gap for ask, gap in returns(asks) if ask.day > 80]
    assert len(late) == 119
    assert min(late) >= 7


def test_a_bank_of_one_question_is_asked_once_a_day():
    state = learning.new_state({"only": "topic"}, 1)
    assert learning.choose(state, START) == "only"
    learning.record(state, "only", False, START)
    assert learning.choose(state, START) is None
    assert learning.choose(state, START + 1) == "only"


def test_an_empty_bank_gives_nothing():
    assert learning.choose(learning.new_state({}, 1), START) is None


def test_days_may_be_counted_from_zero():
    topic_of = bank(3, 4)
    state = learning.new_state(topic_of, 1, interview_day=30)
    for day in range(31):
        learning.record(state, learning.choose(state, day), day % 3 > 0, day)
    assert state.learner.asks == 31


def test_the_same_in_another_process_with_other_hashes():
    """A restart changes neither sets nor generators."""
    line = "from bot import learning; from tests.learning.properties import run; " + (
        "print([ask.question for ask in run(learning, 9, 40, 3, difficulty={'topic03-01': 1.0})])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", line],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hashes},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hashes in ("1", "2")
    }
    here = [ask.question for ask in properties.run(learning, 9, 40, 3, difficulty={"topic03-01": 1.0})]
    assert outputs == {f"{here}\n"}
