"""A decorator runs at definition; functools.wraps keeps the function's identity; stacks apply bottom-up."""

import asyncio
import functools
import inspect


def test_quiz_decorator_runs_though_nobody_calls_the_function(quiz):
    printed, right = quiz("python", "decorators")
    assert printed == "['pay']"
    assert right.startswith(f"{printed}, as decorating happens at definition")


def logged(level, lines):
    def decorate(func):
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            lines.append((level, func.__name__))
            return func(*args, **kwargs)

        return wrapper

    return decorate


def test_decorator_with_arguments_is_a_factory_of_decorators():
    lines = []

    @logged("INFO", lines)
    def pay(amount):
        return amount

    assert lines == []
    assert pay(7) == 7
    assert lines == [("INFO", "pay")]


def test_wraps_keeps_name_docstring_and_signature():
    def bare(func):
        def wrapper(*args, **kwargs):
            return func(*args, **kwargs)

        return wrapper

    def pay(amount: int) -> int:
        """Pay it."""
        return amount

    kept, lost = logged("INFO", [])(pay), bare(pay)
    assert (kept.__name__, kept.__doc__, kept.__wrapped__) == ("pay", "Pay it.", pay)
    assert str(inspect.signature(kept)) == "(amount: int) -> int"
    assert (lost.__name__, lost.__doc__) == ("wrapper", None)
    assert str(inspect.signature(lost)) == "(*args, **kwargs)"


def test_stack_applies_bottom_up_and_runs_top_first():
    events = []

    def noted(name):
        events.append(f"make {name}")

        def decorate(func):
            events.append(f"apply {name}")

            def wrapper():
                events.append(f"call {name}")
                return func()

            return wrapper

        return decorate

    @noted("top")
    @noted("bottom")
    def pay():
        events.append("pay")

    pay()
    assert [e for e in events if e.startswith("apply")] == ["apply bottom", "apply top"]
    assert events[-3:] == ["call top", "call bottom", "pay"]


def test_sync_wrapper_ends_before_an_async_body_begins():
    events = []

    def timed(func):
        @functools.wraps(func)
        def wrapper():
            result = func()
            events.append("measured")
            return result

        return wrapper

    @timed
    async def fetch():
        events.append("body")

    asyncio.run(fetch())
    assert events == ["measured", "body"]
