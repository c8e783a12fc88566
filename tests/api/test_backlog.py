"""The backlog: Telegram may forget what is done, and nothing that is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.api.backlog import Backlog


def test_the_offset_stays_at_the_first_unfinished() -> None:
    backlog = Backlog()
    assert backlog.next_offset() is None
    assert all(backlog.admit(number) for number in (10, 11, 12, 15))
    assert backlog.next_offset() == 10
    backlog.finish(11)
    backlog.finish(15)
    assert not backlog.can_move
    assert backlog.next_offset() == 10
    backlog.finish(10)
    assert backlog.can_move
    assert backlog.next_offset() == 12
    backlog.finish(12)
    assert backlog.next_offset() == 16
    assert backlog.next_offset() == 16
    assert backlog.open == backlog.sent_back == 0


def test_what_is_in_work_or_done_is_not_admitted_again() -> None:
    backlog = Backlog()
    backlog.admit(10)
    backlog.admit(11)
    backlog.finish(11)
    assert not backlog.admit(10)
    assert not backlog.admit(11)


def test_an_answer_that_was_on_its_way_brings_nothing_back() -> None:
    backlog = Backlog()
    backlog.admit(10)
    assert backlog.next_offset() == 10
    backlog.finish(10)
    assert not backlog.admit(10)  # the answer to the question from 10 on
    assert backlog.next_offset() == 11


def test_what_was_sent_back_is_admitted_again_and_holds_the_offset() -> None:
    backlog = Backlog()
    backlog.admit(10)
    backlog.admit(11)
    backlog.send_back(10)
    backlog.finish(11)
    assert (backlog.next_offset(), backlog.open, backlog.sent_back) == (10, 0, 1)
    assert backlog.admit(10)
    backlog.finish(10)
    assert backlog.next_offset() == 12


def backlog_of(*sent_back: int, done: int = 0) -> Backlog:
    """One with updates that must come again, and perhaps one that is done."""
    backlog = Backlog()
    for number in sorted([*sent_back, *([done] if done else [])]):
        backlog.admit(number)
    for number in sent_back:
        backlog.send_back(number)
    if done:
        backlog.finish(done)
    return backlog


@pytest.mark.parametrize(
    ("answer", "gone", "offset"),
    [
        ([], 3, 15),
        ([15], 3, 15),
        ([12, 14], 1, 12),
        ([10], 0, 10),
        ([12], 1, 12),
        ([10, 14], 1, 10),
        ([10, 12, 14, 15], 0, 10),
        ([3], 3, 15),
    ],
)
def test_what_telegram_no_longer_has_holds_nothing_up(answer: list[int], gone: int, offset: int) -> None:
    backlog = backlog_of(10, 12, 14, done=11)
    assert backlog.next_offset() == 10
    assert backlog.told(answer) == gone
    assert backlog.next_offset() == offset
    assert backlog.sent_back == 3 - gone


def test_what_is_in_work_is_not_finished_by_an_answer_without_it() -> None:
    backlog = Backlog()
    backlog.admit(10)
    assert backlog.told([]) == 0
    assert (backlog.open, backlog.next_offset()) == (1, 10)


def test_numbers_may_start_anew() -> None:
    backlog = Backlog()
    backlog.admit(900)
    backlog.finish(900)
    assert backlog.next_offset() == 901
    assert backlog.admit(17)
    assert backlog.next_offset() == 17
    backlog.finish(17)
    assert backlog.next_offset() == 18


@given(st.lists(st.tuples(st.integers(1, 30), st.sampled_from(["finish", "send back", "ask"])), max_size=80))
def test_an_unfinished_update_is_never_passed(events: list[tuple[int, str]]) -> None:
    backlog = Backlog()
    unfinished = set(range(1, 31))
    for number in sorted(unfinished):
        backlog.admit(number)
    for number, event in events:
        if event == "ask":
            assert backlog.next_offset() == min(unfinished, default=31)
        elif number not in unfinished:
            continue
        elif event == "finish":
            backlog.finish(number)
            unfinished.discard(number)
        else:
            backlog.send_back(number)
            assert backlog.admit(number)
    assert backlog.open == len(unfinished)
