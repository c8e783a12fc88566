"""A swapped-out user model loses its manager; get_user_model() follows the setting."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, AbstractUser, User
from django.test import override_settings

from tests.facts.shop.models import Customer


def test_the_manager_of_a_swapped_model_is_gone() -> None:
    with (
        override_settings(AUTH_USER_MODEL="shop.Customer"),
        pytest.raises(AttributeError, match=r"has been swapped for 'shop\.Customer'"),
    ):
        _ = User.objects


def test_get_user_model_follows_the_setting() -> None:
    assert get_user_model() is User
    with override_settings(AUTH_USER_MODEL="shop.Customer"):
        assert get_user_model() is Customer


def test_abstract_base_user_brings_password_and_last_login_alone() -> None:
    assert [field.name for field in AbstractBaseUser._meta.fields] == ["password", "last_login"]
    assert {"username", "email", "is_staff", "is_superuser"} <= {
        field.name for field in AbstractUser._meta.fields
    }


def test_create_user_hashes_and_an_assignment_does_not(db: Any) -> None:
    assert User(username="eve", password="secret").password == "secret"
    eve = User.objects.create_user("eve", password="secret")
    assert eve.password != "secret"
    assert eve.check_password("secret")
