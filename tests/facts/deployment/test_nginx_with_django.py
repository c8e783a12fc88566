"""What a proxy sends as Host decides: the upstream's own name is refused, the visitor's is not."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path


@pytest.mark.parametrize(("host", "status"), [("app:8000", 400), ("shop.example", 200)])
def test_host_header(urls: Callable[..., None], client: Client, host: str, status: int) -> None:
    def home(request: HttpRequest) -> HttpResponse:
        return HttpResponse("hello")

    urls(path("", home))
    guard = "django.middleware.common.CommonMiddleware"
    with override_settings(MIDDLEWARE=[guard], ALLOWED_HOSTS=["shop.example"]):
        assert client.get("/", headers={"host": host}).status_code == status
