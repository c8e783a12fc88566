"""One string holds algorithm, iterations, salt and hash; a login rewrites it with the first hasher."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, make_password
from django.contrib.auth.models import User
from django.test import override_settings

from tests.facts.needs import needs

HASHERS = "django.contrib.auth.hashers."
OLD = [HASHERS + "MD5PasswordHasher"]
CHANGED = [HASHERS + "ScryptPasswordHasher", *OLD]


@pytest.fixture
def ann(db: Any) -> Iterator[User]:
    with override_settings(PASSWORD_HASHERS=OLD):
        yield User.objects.create_user("ann", password="tulip7")


def test_string_holds_algorithm_iterations_salt_and_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 1000)
    algorithm, iterations, salt, digest = make_password("tulip7").split("$")
    assert (algorithm, iterations) == ("pbkdf2_sha256", "1000")
    assert salt
    assert digest


@override_settings(PASSWORD_HASHERS=OLD)
def test_equal_passwords_get_different_hashes() -> None:
    assert make_password("tulip7") != make_password("tulip7")


def test_login_rewrites_an_old_hash_with_the_first_hasher(ann: User) -> None:
    assert ann.password.startswith("md5$")
    with override_settings(PASSWORD_HASHERS=CHANGED):
        assert authenticate(username="ann", password="wrong") is None
        ann.refresh_from_db()
        assert ann.password.startswith("md5$")
        assert authenticate(username="ann", password="tulip7") == ann
        ann.refresh_from_db()
        assert ann.password.startswith("scrypt$")


def test_missing_hasher_locks_the_user_out_without_an_error(ann: User) -> None:
    with override_settings(PASSWORD_HASHERS=CHANGED[:1]):
        assert not check_password("tulip7", ann.password)
        assert authenticate(username="ann", password="tulip7") is None


def test_raised_work_factor_is_applied_at_login(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 1000)
    User.objects.create_user("ann", password="tulip7")
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 2000)
    authenticate(username="ann", password="tulip7")
    assert User.objects.get().password.startswith("pbkdf2_sha256$2000$")


def test_pbkdf2_is_the_default_with_at_least_a_million_iterations() -> None:
    from django.conf import global_settings

    assert global_settings.PASSWORD_HASHERS[0] == HASHERS + "PBKDF2PasswordHasher"
    assert PBKDF2PasswordHasher.iterations >= 1_000_000


@needs(django="6.1")
def test_django_61_uses_one_and_a_half_million_iterations() -> None:
    assert PBKDF2PasswordHasher.iterations >= 1_500_000
