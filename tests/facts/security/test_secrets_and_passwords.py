"""create() keeps a password as it is given, create_user() hashes it; SECRET_KEY has no part in it."""

from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core import signing
from django.test import override_settings

QUICK = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])


@QUICK
def test_create_stores_the_plain_text_and_login_fails(db: Any) -> None:
    User.objects.create(username="ann", password="tulip7")
    assert User.objects.get().password == "tulip7"
    assert authenticate(username="ann", password="tulip7") is None


@QUICK
def test_update_stores_the_plain_text(db: Any) -> None:
    User.objects.create_user("ann", password="rose1")
    User.objects.update(password="tulip7")
    assert User.objects.get().password == "tulip7"


@QUICK
def test_create_user_and_set_password_hash(db: Any) -> None:
    user = User.objects.create_user("ann", password="tulip7")
    assert "tulip7" not in user.password
    user.set_password("rose1")
    assert "rose1" not in user.password
    assert user.check_password("rose1")


def test_create_user_without_a_password_makes_it_unusable(db: Any) -> None:
    assert not User.objects.create_user("ann").has_usable_password()


@QUICK
def test_hash_survives_a_change_of_secret_key(db: Any) -> None:
    user = User.objects.create_user("ann", password="tulip7")
    with override_settings(SECRET_KEY="another"):
        assert user.check_password("tulip7")


def test_fallback_keeps_old_signatures_valid() -> None:
    signed = signing.dumps("ann")
    with override_settings(SECRET_KEY="another"), pytest.raises(signing.BadSignature):
        signing.loads(signed)
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=["only for tests"]):
        assert signing.loads(signed) == "ann"
