"""A closure looks its name up when it is called; defaults, partial and factories bind at once."""

from functools import partial

from django.db import transaction
from django.test import TestCase


def test_quiz(quiz):
    printed, right = quiz("python", "late-binding-closures")
    assert printed == right


def test_comprehension_has_the_trap_too():
    hooks = [lambda: n for n in (1, 2, 3)]  # noqa: B023 - the trap itself
    assert [hook() for hook in hooks] == [3, 3, 3]


def test_default_partial_and_factory_bind_the_value_at_once():
    def factory(n):
        return lambda: n

    def same(n):
        return n

    for make in (lambda n: lambda n=n: n, lambda n: partial(same, n), factory):
        hooks = [make(n) for n in (1, 2, 3)]
        assert [hook() for hook in hooks] == [1, 2, 3]


def test_default_can_be_overridden_by_mistake():
    hooks = [lambda n=n: n for n in (1, 2, 3)]
    assert hooks[0]("oops") == "oops"


def test_cell_holds_the_variable():
    def outer():
        n = 1
        hook = lambda: n  # noqa: E731 - a closure in one line
        n = 2
        return hook

    assert outer().__closure__[0].cell_contents == 2


def test_on_commit_in_a_loop_sees_the_last_order(db):
    told_late, told_right = [], []
    with TestCase.captureOnCommitCallbacks(execute=True):
        for order in ("A1", "A2"):
            transaction.on_commit(lambda: told_late.append(order))  # noqa: B023 - the trap itself
            transaction.on_commit(partial(told_right.append, order))
    assert told_late == ["A2", "A2"]
    assert told_right == ["A1", "A2"]
