"""Django's session cookie is HttpOnly and SameSite=Lax by default, but not Secure."""

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

SESSIONS = "django.contrib.sessions.middleware.SessionMiddleware"


@pytest.mark.parametrize("secure", [False, True])
def test_session_cookie_is_httponly_and_lax_and_secure_on_demand(client, urls, secure):
    def login(request):
        request.session["user"] = 7
        return HttpResponse("ok")

    urls(path("", login))
    options = {"SESSION_COOKIE_SECURE": True} if secure else {}
    engine = "django.contrib.sessions.backends.signed_cookies"
    with override_settings(MIDDLEWARE=[SESSIONS], SESSION_ENGINE=engine, **options):
        cookie = client.get("/").cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert bool(cookie["secure"]) is secure
