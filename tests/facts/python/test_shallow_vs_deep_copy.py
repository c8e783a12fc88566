"""A shallow copy shares what is inside, a deep copy does not; the memo keeps sharing and cycles."""

import copy
import sys
import threading

import pytest


@pytest.mark.parametrize("shallow", [list.copy, list, copy.copy, lambda rows: rows[:]])
def test_usual_ways_to_copy_a_list_are_shallow(shallow):
    rows = [["tea"]]
    other = shallow(rows)
    assert other is not rows
    assert other[0] is rows[0]


def test_dict_copy_is_shallow_and_deepcopy_is_not():
    cart = {"items": ["tea"]}
    flat, deep = cart.copy(), copy.deepcopy(cart)
    cart["items"].append("jam")
    assert flat["items"] == ["tea", "jam"]
    assert deep["items"] == ["tea"]


def test_assignment_copies_nothing():
    cart = ["tea"]
    other = cart
    assert other is cart


def test_deepcopy_copies_a_shared_object_once_and_ends_a_cycle():
    row = [0]
    grid = [row, row]
    grid.append(grid)
    twin = copy.deepcopy(grid)
    assert twin[0] is twin[1] is not row
    assert twin[2] is twin


@pytest.mark.parametrize("atom", [7, "tea", None, len, str, lambda: 0, (1, 2)])
def test_deepcopy_hands_back_what_needs_no_copy(atom):
    assert copy.deepcopy(atom) is atom


@pytest.mark.parametrize(
    "thing", [threading.Lock(), sys, (n for n in [1])], ids=["lock", "module", "generator"]
)
def test_deepcopy_refuses_locks_modules_and_generators(thing):
    with pytest.raises(TypeError):
        copy.deepcopy(thing)


def test_deepcopy_refuses_an_open_file(tmp_path):
    with (tmp_path / "a.txt").open("w") as file, pytest.raises(TypeError):
        copy.deepcopy(file)


def test_class_decides_for_itself():
    class Session:
        def __deepcopy__(self, memo):
            return self

    session = Session()
    assert copy.deepcopy([session])[0] is session


def test_multiplied_rows_are_one_row():
    grid = [[0] * 3] * 3
    grid[0][0] = 1
    assert grid == [[1, 0, 0]] * 3


def test_quiz(quiz):
    printed, right = quiz("python", "shallow-vs-deep-copy")
    assert printed == right
