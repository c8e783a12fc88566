"""else runs without an error, finally on every way out, the first matching handler wins."""

import sys
import warnings

import pytest


def test_quiz(quiz):
    printed, right = quiz("python", "exception-handling")
    assert printed == "done good"
    assert right == "done, then good"


def test_error_in_else_is_not_caught_by_the_handlers_above():
    def load(text):
        try:
            raw = {"PORT": text}["PORT"]
        except (KeyError, ValueError):
            return 8000
        else:
            return int(raw)

    assert load("80") == 80
    with pytest.raises(ValueError, match="invalid literal"):
        load("eighty")


def test_handler_for_a_base_class_hides_the_later_one():
    def kind(error):
        try:
            raise error
        except OSError:
            return "OSError"
        except ValueError:
            return "ValueError"

    assert kind(FileNotFoundError()) == "OSError"
    assert kind(ValueError()) == "ValueError"


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_except_exception_lets_interrupts_pass(error):
    assert not issubclass(error, Exception)

    def attempt():
        try:
            raise error
        except Exception:  # noqa: BLE001 - that it does not catch these is the point
            return "caught"

    with pytest.raises(error):
        attempt()


def test_raise_from_keeps_the_cause():
    with pytest.raises(RuntimeError) as caught:
        try:
            {}["PORT"]
        except KeyError as error:
            raise RuntimeError("PORT") from error
    assert isinstance(caught.value.__cause__, KeyError)


RETURN_IN_FINALLY = """
def load():
    try:
        raise ValueError
    finally:
        return "swallowed"
"""


def test_return_in_finally_discards_the_exception():
    names = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        exec(RETURN_IN_FINALLY, names)  # noqa: S102 - as text, because newer compilers warn
    assert names["load"]() == "swallowed"


def test_compiler_warns_of_return_in_finally_since_3_14():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        compile(RETURN_IN_FINALLY, "load", "exec")
    assert [w.category for w in caught] == [SyntaxWarning] * (sys.version_info >= (3, 14))


def test_except_star_takes_its_part_of_a_group():
    taken = []
    with pytest.raises(ExceptionGroup) as rest:
        try:
            raise ExceptionGroup("two", [ValueError(1), KeyError(2)])
        except* ValueError as group:
            taken = group.exceptions
    assert [type(error) for error in taken] == [ValueError]
    assert [type(error) for error in rest.value.exceptions] == [KeyError]


def test_from_none_hides_the_first_exception_and_keeps_it_as_context():
    with pytest.raises(RuntimeError) as caught:
        try:
            {}["PORT"]
        except KeyError:
            raise RuntimeError("PORT") from None
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert isinstance(caught.value.__context__, KeyError)
