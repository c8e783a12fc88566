"""== asks for equal values through __eq__, is for the same object."""

import math
import sys

import pytest


def test_quiz(quiz):
    printed, right = quiz("python", "is-vs-equality")
    assert printed == right


def test_equal_lists_are_two_objects():
    a, b = [1, 2], [1, 2]
    assert a == b
    assert a is not b


def test_class_decides_what_equal_means_even_for_none():
    class Yes:
        def __eq__(self, other):
            return True

    assert Yes() == None  # noqa: E711 - the trap itself
    assert Yes() is not None


def test_class_with_eq_and_no_hash_is_unhashable():
    class Point:
        def __eq__(self, other):
            return True

    with pytest.raises(TypeError, match="unhashable"):
        hash(Point())


def test_without_eq_of_its_own_a_class_compares_by_identity():
    class Point:
        pass

    p = Point()
    assert p == p
    assert p != Point()


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="a detail of CPython")
def test_small_integers_are_shared_up_to_256_and_since_3_15_up_to_1024():
    largest = 1024 if sys.version_info >= (3, 15) else 256
    for shared in (-5, 0, largest):
        assert int(str(shared)) is int(str(shared))
    for separate in (-6, largest + 1):
        assert int(str(separate)) is not int(str(separate))


def test_compiler_warns_of_is_with_a_literal():
    with pytest.warns(SyntaxWarning, match="is"):
        compile("x is 5", "shop", "eval")


def test_containers_test_identity_before_equality():
    values = [math.nan]
    assert values[0] != math.nan
    assert math.nan in values
