"""Generic views fix the steps (Template Method); cache backends share one interface (Strategy)."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.utils.functional import SimpleLazyObject
from django.views.generic import ListView

from tests.facts.shop.models import Author


def test_a_generic_view_calls_its_steps_in_a_fixed_order(rf: RequestFactory, db: Any) -> None:
    steps: list[str] = []

    class Authors(ListView):
        model = Author
        template_name = "authors.html"

        def get_queryset(self) -> Any:
            steps.append("get_queryset")
            return super().get_queryset()

        def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
            steps.append("get_context_data")
            return super().get_context_data(**kwargs)

        def render_to_response(self, context: Any, **kwargs: Any) -> Any:
            steps.append("render_to_response")
            return HttpResponse()

    Authors.as_view()(rf.get("/authors/"))
    assert steps == ["get_queryset", "get_context_data", "render_to_response"]


@pytest.mark.parametrize("backend", [LocMemCache, RedisCache])
def test_cache_backends_are_exchanged_by_a_setting(backend: type[BaseCache]) -> None:
    path = f"{backend.__module__}.{backend.__name__}"
    with override_settings(CACHES={"default": {"BACKEND": path, "LOCATION": "redis://localhost"}}):
        cache = caches["default"]
        assert type(cache) is backend
        assert isinstance(cache, BaseCache)


def test_request_user_is_a_lazy_proxy() -> None:
    from django.contrib.auth.middleware import AuthenticationMiddleware

    asked: list[str] = []

    class Session(dict[str, Any]):
        def __getitem__(self, key: str) -> Any:
            asked.append(key)
            return super().__getitem__(key)

    request = HttpRequest()
    request.session = Session()
    AuthenticationMiddleware(lambda request: None).process_request(request)
    assert isinstance(request.user, SimpleLazyObject)
    assert asked == []
    assert request.user == AnonymousUser()
    assert asked
