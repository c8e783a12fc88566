"""A class method gets the class of the call; a static method gets nothing, yet can reach the class."""

import sys

import pytest


class Temperature:
    limit = 100

    def __init__(self, celsius):
        self.celsius = celsius

    @classmethod
    def from_fahrenheit(cls, degrees):
        return cls((degrees - 32) / 1.8)

    @staticmethod
    def is_possible(celsius):
        return celsius >= -273.15

    @staticmethod
    def raise_limit():
        Temperature.limit += 1


class Reading(Temperature):
    @staticmethod
    def is_possible(celsius):
        return False


def test_quiz(quiz):
    printed, right = quiz("python", "classmethod-vs-staticmethod")
    assert printed == right


def test_alternative_constructor_builds_the_class_of_the_call():
    assert type(Reading.from_fahrenheit(70)) is Reading
    assert type(Temperature.from_fahrenheit(70)) is Temperature
    assert Temperature.from_fahrenheit(212).celsius == pytest.approx(100)


def test_static_method_can_change_class_state_by_name():
    before = Temperature.limit
    Temperature.raise_limit()
    assert Temperature.limit == before + 1


def test_both_can_be_called_on_an_instance():
    reading = Reading(20)
    assert type(reading.from_fahrenheit(70)) is Reading
    assert Temperature(20).is_possible(-300) is False


def test_subclass_can_override_a_static_method():
    assert Temperature.is_possible(20)
    assert not Reading(20).is_possible(20)


def test_class_method_wrapped_a_property_until_3_12():
    class Shop:
        @classmethod
        @property
        def name(cls):
            return "shop"

    assert (Shop.name == "shop") is (sys.version_info < (3, 13))
