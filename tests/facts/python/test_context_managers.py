"""__exit__ runs on every way out, a true value swallows, and @contextmanager needs try/finally."""

from contextlib import ExitStack, contextmanager

import pytest


def test_quiz(quiz):
    printed, right = quiz("python", "context-managers")
    assert printed == "ready"
    assert right.startswith("ready, as the KeyError ends the block")


class Noted:
    def __init__(self, events, name="it", broken=False):
        self.events, self.name, self.broken = events, name, broken

    def __enter__(self):
        if self.broken:
            raise OSError(self.name)
        return self.name

    def __exit__(self, *exc):
        self.events.append(f"exit {self.name}")


def test_exit_runs_on_return_break_and_exception():
    events = []

    def leave_by_return():
        with Noted(events, "return"):
            return

    leave_by_return()
    for _ in "ab":
        with Noted(events, "break"):
            break
    with pytest.raises(KeyError), Noted(events, "error"):
        {}["port"]
    assert events == ["exit return", "exit break", "exit error"]


def test_as_binds_what_enter_returns():
    with Noted([], "name") as bound:
        assert bound == "name"


def test_exit_is_not_called_if_enter_raises():
    events = []
    with pytest.raises(OSError, match="it"), Noted(events, broken=True):
        pass
    assert events == []


def test_generator_without_try_skips_its_cleanup():
    events = []

    @contextmanager
    def careless():
        yield
        events.append("careless cleaned up")

    @contextmanager
    def careful():
        try:
            yield
        finally:
            events.append("careful cleaned up")

    for manager in (careless, careful):
        with pytest.raises(KeyError), manager():
            {}["port"]
    assert events == ["careful cleaned up"]


def test_exit_stack_closes_those_already_open_if_one_fails():
    events = []

    def open_three():
        with ExitStack() as stack:
            for name in "abc":
                stack.enter_context(Noted(events, name, broken=name == "c"))

    with pytest.raises(OSError, match="c"):
        open_three()
    assert events == ["exit b", "exit a"]


def test_contextmanager_doubles_as_decorator_but_each_one_enters_once():
    events = []

    @contextmanager
    def noted():
        events.append("in")
        yield

    @noted()
    def pay():
        return "paid"

    assert (pay(), pay()) == ("paid", "paid")
    assert events == ["in", "in"]
    once = noted()
    with once:
        pass
    with pytest.raises((RuntimeError, AttributeError)), once:
        pass
