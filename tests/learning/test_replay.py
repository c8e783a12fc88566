"""A correction, a rebuild from the log, and the answers as they came in end in the same state."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning import Pool, Rating, Review, State, correct, mark_asked, rebuild, record, replay, standing
from tests.learning.properties import START, bank

POOL = Pool.build(bank(3, 4))
QUESTIONS = (*sorted(POOL.topic_of), "retired")

answers = st.tuples(
    st.just("answer"),
    st.sampled_from(QUESTIONS),
    st.sampled_from(Rating),
    st.integers(-2, 9),
    st.sampled_from([0.0, 0.25]),
    st.booleans(),
    st.booleans(),
)
corrections = st.tuples(st.just("correction"), st.integers(0, 99), st.sampled_from(Rating))
marks = st.tuples(st.just("mark"), st.sampled_from(QUESTIONS))


def live(steps) -> tuple[State, list[Review]]:
    """Take the steps in as they come, with a log beside them."""
    state, log, day = State("u", POOL, interview_day=START + 40, set_day=START), [], START
    for step in steps:
        if step[0] == "answer":
            _, question, rating, days, guess, group, daily = step
            day += days
            taken = record(state, question, rating, day, guess, group, daily=daily)
            log.append(Review(len(log), question, day, taken.rating, guess, group, daily))
        elif step[0] == "mark":
            mark_asked(state, step[1], day, daily=False)
        elif log:
            corrected = log[step[1] % len(log)]
            last = [review for review in log if review.question == corrected.question][-1]
            rating = min(step[2], Rating.HARD) if last.group else step[2]
            log.append(replace(last, id=len(log), rating=rating, day=day, replaces=last.id))
            correct(state, log, last.question)
    return state, log


def bare(state: State) -> dict:
    """The rated cards, without marks that no review tells of."""
    return {q: card._replace(asked_day=None) for q, card in state.cards.items() if card.rated}


@given(st.lists(st.one_of(answers, answers, corrections, marks), max_size=60))
def test_rebuilt_is_what_was_lived(steps):
    state, log = live(steps)
    again = rebuild("u", POOL, log, interview_day=START + 40, set_day=START)
    assert bare(state) == bare(again)
    assert replace(state.learner, recent=()) == replace(again.learner, recent=())
    assert state.missed == again.missed
    for question, card in bare(state).items():
        assert replay(review for review in standing(log) if review.question == question) == card


@given(st.lists(answers, min_size=1, max_size=40), st.integers(0, 39), st.sampled_from(Rating))
def test_a_correction_is_as_if_the_right_button_had_been_pressed(steps, which, rating):
    """The whole state, credit and order included, is that of the life without the slip."""
    steps = [step for step in steps if not step[5]] or [
        ("answer", QUESTIONS[0], Rating.GOOD, 0, 0.0, False, True)
    ]
    question = steps[which % len(steps)][1]
    last = max(number for number, step in enumerate(steps) if step[1] == question)
    right = [*steps[:last], (*steps[last][:2], rating, *steps[last][3:]), *steps[last + 1 :]]
    slipped, log = live(steps)
    log.append(replace(log[last], id=len(log), rating=rating, replaces=last))
    correct(slipped, log, question)
    assert slipped == live(right)[0]


def test_a_correction_of_a_correction():
    log = [
        Review(1, "a", START, Rating.AGAIN),
        Review(2, "b", START, Rating.GOOD),
        Review(3, "a", START + 1, Rating.GOOD, replaces=1),
        Review(4, "a", START + 1, Rating.EASY, replaces=3),
    ]
    assert standing(log) == [Review(1, "a", START, Rating.EASY), Review(2, "b", START, Rating.GOOD)]


def test_a_correction_without_its_origin_stands_for_itself():
    alone = Review(9, "a", START, Rating.GOOD, replaces=4)
    assert standing([alone]) == [alone]


def test_the_topic_of_then_counts_for_a_retired_question():
    log = [Review(1, "retired", START, Rating.AGAIN, topic="orm")]
    state = rebuild(1, POOL, log)
    assert state.learner.evidence.topics == {"orm": (0.0, 1.0)}
    correct(state, [*log, replace(log[0], id=2, rating=Rating.GOOD, replaces=1)], "retired")
    assert state.learner.evidence.topics == {"orm": (1.0, 0.0)}


def test_a_correction_keeps_the_mark_and_tells_what_to_write():
    state, log = live([("answer", QUESTIONS[0], Rating.AGAIN, 0, 0.0, False, True), ("mark", QUESTIONS[0])])
    log.append(replace(log[0], id=1, rating=Rating.GOOD, replaces=0))
    change = correct(state, log, QUESTIONS[0])
    assert (change.first, change.rating, change.card.missed) == (True, Rating.GOOD, False)
    assert change.card.asked_day == START
    assert change.learner.evidence.ok == 2


def test_nothing_to_correct():
    with pytest.raises(ValueError, match="no review"):
        correct(State(1, POOL), [], "a")
