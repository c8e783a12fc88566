"""A generator runs on demand, once; errors and clean-up happen where it is consumed."""

import pytest


def test_quiz(quiz):
    printed, right = quiz("python", "generators-and-yield")
    assert printed == "start open 12 0"
    assert right == "start, open, 12 0"


def test_argument_check_is_silent_until_the_first_value():
    def pages(size):
        if size < 1:
            raise ValueError("size")
        yield size

    rows = pages(0)
    with pytest.raises(ValueError, match="size"):
        next(rows)


def test_generator_has_neither_length_nor_index():
    rows = (n for n in [1, 2])
    with pytest.raises(TypeError):
        len(rows)
    with pytest.raises(TypeError):
        rows[0]


def test_generator_over_a_file_outlives_the_open_file(tmp_path):
    path = tmp_path / "app.log"
    path.write_text("one\n")

    def lines():
        with path.open() as file:
            return (line for line in file)

    with pytest.raises(ValueError, match="closed file"):
        next(lines())


def test_close_lets_finally_run_at_the_frozen_yield():
    events = []

    def rows():
        try:
            yield 1
            events.append("second")
            yield 2
        finally:
            events.append("cleaned up")

    source = rows()
    next(source)
    source.close()
    assert events == ["cleaned up"]


def test_yield_from_passes_values_on():
    def both():
        yield from [1, 2]
        yield from "a"

    assert list(both()) == [1, 2, "a"]


def test_stop_iteration_inside_becomes_a_runtime_error():
    def rows():
        yield 1
        raise StopIteration

    source = rows()
    next(source)
    with pytest.raises(RuntimeError, match="StopIteration"):
        next(source)


def test_send_becomes_the_value_of_yield():
    def echo():
        got = yield "ready"
        yield got

    source = echo()
    assert next(source) == "ready"
    assert source.send("tea") == "tea"
