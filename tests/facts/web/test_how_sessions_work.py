"""The cookie holds a random key; the data is on the server; the key changes at login and dies at logout."""

import pytest
from django.conf import global_settings
from django.contrib.auth import get_user_model, login, logout
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]


@pytest.fixture
def shop(db, client, urls):
    """A client of a shop that remembers a cart and lets Mia in."""
    user = get_user_model().objects.create_user("mia", password="secret")

    def cart(request):
        request.session["cart"] = [7]
        return HttpResponse("ok")

    def nested(request):
        request.session["cart"].append(8)
        request.session.modified = "noticed" in request.GET
        return HttpResponse("ok")

    def come_in(request):
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return HttpResponse("ok")

    def leave(request):
        logout(request)
        return HttpResponse("ok")

    def who(request):
        return HttpResponse(str(request.user))

    names = {"cart/": cart, "nested/": nested, "in/": come_in, "out/": leave, "who/": who}
    urls(*(path(route, view) for route, view in names.items()))
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        yield client


def key(client):
    return client.cookies["sessionid"].value


def test_cookie_is_the_key_of_a_row_and_holds_no_data(shop):
    shop.get("/cart/")
    row = Session.objects.get(session_key=key(shop))
    assert row.get_decoded() == {"cart": [7]}
    assert len(key(shop)) == 32


def test_django_keeps_sessions_in_the_database_for_two_weeks_by_default():
    assert global_settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"
    assert global_settings.SESSION_COOKIE_AGE == 14 * 24 * 60 * 60


def test_nested_change_is_lost_unless_the_session_is_marked(shop):
    shop.get("/cart/")
    shop.get("/nested/")
    assert shop.session["cart"] == [7]
    shop.get("/nested/?noticed")
    assert shop.session["cart"] == [7, 8]


def test_key_changes_at_login_and_the_data_stays(shop):
    shop.get("/cart/")
    before = key(shop)
    shop.get("/in/")
    assert key(shop) != before
    assert not Session.objects.filter(session_key=before).exists()
    assert shop.session["cart"] == [7]
    assert shop.get("/who/").content == b"mia"


def test_copy_of_the_key_is_worthless_after_logout(shop):
    shop.get("/in/")
    stolen = key(shop)
    shop.get("/out/")
    shop.cookies["sessionid"] = stolen
    assert shop.get("/who/").content == b"AnonymousUser"


def test_copy_of_a_signed_cookie_outlives_the_logout(shop):
    with override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies"):
        shop.get("/in/")
        stolen = key(shop)
        shop.get("/out/")
        assert shop.get("/who/").content == b"AnonymousUser"
        shop.cookies["sessionid"] = stolen
        assert shop.get("/who/").content == b"mia"
