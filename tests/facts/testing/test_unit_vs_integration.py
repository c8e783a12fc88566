"""A plain mock shows wrong calls, but not that the real thing has changed; a spec does."""

from typing import Any
from unittest.mock import Mock, create_autospec

import pytest


class Gateway:
    """The payment library after its update: charge() is now called capture()."""

    def capture(self, amount: int) -> str:
        return f"paid {amount}"


def checkout(gateway: Any, amount: int) -> bool:
    """Written for the gateway's old version."""
    try:
        gateway.charge(amount)  # the bug that the entry is about
    except ConnectionError:
        return False
    return True


def test_a_plain_mock_agrees_with_a_method_that_is_gone() -> None:
    assert checkout(Mock(), 5)
    with pytest.raises(AttributeError, match="charge"):
        checkout(Gateway(), 5)


def test_a_spec_refuses_the_method_that_is_gone() -> None:
    with pytest.raises(AttributeError, match="charge"):
        checkout(create_autospec(Gateway, instance=True), 5)


def test_a_mock_counts_calls_and_records_arguments() -> None:
    gateway = Mock()
    checkout(gateway, 5)
    gateway.charge.assert_called_once_with(5)
    with pytest.raises(AssertionError):
        gateway.charge.assert_called_once_with(6)
    checkout(gateway, 5)
    with pytest.raises(AssertionError):
        gateway.charge.assert_called_once()


def test_a_mock_can_raise_the_error_of_the_real_thing() -> None:
    gateway = Mock()
    gateway.charge.side_effect = ConnectionError
    assert not checkout(gateway, 5)
