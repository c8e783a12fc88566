"""Tuples are fixed and hashable if their items are; lists can grow."""

import sys

import pytest


def test_tuple_is_a_dict_key_only_if_its_items_are_hashable():
    assert {("de", (52, 13)): 1}
    for key in [("de", [52, 13]), ["de", (52, 13)], ("de", {52: 13})]:
        with pytest.raises(TypeError, match="unhashable"):
            hash(key)


def test_comma_makes_the_tuple():
    point = 52.5, 13.4
    assert type(point) is tuple
    assert type(("tea",)) is tuple
    assert eval('type(("tea"))') is str  # noqa: S307 - as text: formatters drop the parentheses


def test_slots_are_fixed_but_their_contents_may_change():
    pair = ([], 1)
    with pytest.raises(TypeError):
        pair[0] = [2]
    pair[0].append(2)
    assert pair == ([2], 1)


def test_augmented_assignment_both_changes_and_raises():
    pair = ([],)
    with pytest.raises(TypeError):
        pair[0] += [1]
    assert pair == ([1],)


def test_tuple_is_smaller_than_a_list_and_that_than_one_with_spare_room():
    grown = []
    for number in range(3):
        grown.append(number)  # noqa: PERF402 - a list that grows item by item is the point
    exact = [0] * 3
    assert sys.getsizeof(tuple(grown)) < sys.getsizeof(exact) < sys.getsizeof(grown)


def test_tuple_of_constants_is_built_at_compile_time():
    code = compile("sizes = (1, 2, 3)", "shop", "exec")
    assert (1, 2, 3) in code.co_consts
    assert [1, 2, 3] not in code.co_consts


def test_copying_a_tuple_gives_the_same_object():
    point = (52, 13)
    assert tuple(point) is point
    row = [52, 13]
    assert list(row) is not row
