"""One star collects a tuple, two stars a dict; in a call they unpack."""

import pytest


def order(item, *extras, size="M", **notes):
    return item, extras, size, notes


def test_stars_collect_a_tuple_and_a_dict():
    assert order("tea", "milk", "jam", cup="blue") == ("tea", ("milk", "jam"), "M", {"cup": "blue"})


def test_parameter_after_star_args_is_set_by_name_alone():
    assert order("tea", "L")[2] == "M"
    assert order("tea", size="L")[2] == "L"


def test_bare_star_makes_keyword_only_and_collects_nothing():
    def send(to, *, retry=3):
        return to, retry

    assert send("mia", retry=1) == ("mia", 1)
    with pytest.raises(TypeError, match="positional argument"):
        send("mia", 1)


def test_slash_makes_positional_only():
    def send(to, /):
        return to

    assert send("mia") == "mia"
    with pytest.raises(TypeError, match="positional-only"):
        send(to="mia")


def test_stars_in_a_call_unpack_any_iterable_and_mapping():
    chosen = {"size": "S"}
    assert order(*"ab", **chosen) == ("a", ("b",), "S", {})


def test_two_values_for_one_parameter_are_an_error():
    given = {"item": "jam"}
    with pytest.raises(TypeError, match="multiple values"):
        order("tea", **given)


def test_later_mapping_wins_in_a_display_but_a_call_refuses():
    defaults, given = {"size": "M"}, {"size": "L"}
    assert {**defaults, **given} == {"size": "L"}
    with pytest.raises(TypeError, match="multiple values"):
        order("tea", **defaults, **given)


def test_quiz(quiz):
    printed, right = quiz("python", "args-kwargs")
    assert printed == "('INFO', ('disk', 'full', '|'), ' ')"
    assert right == "parts holds ('disk', 'full', '|') and sep holds ' '"
