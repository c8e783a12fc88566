"""DRF refuses to evaluate the shared self.queryset; get_queryset() hands out a fresh copy."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from tests.facts.shop.models import Book


def titles(view: Any) -> list[str]:
    return view.as_view()(APIRequestFactory().get("/")).data


def test_the_shared_queryset_must_not_be_evaluated(add_book: Callable[..., Book]) -> None:
    class BookList(GenericAPIView):
        queryset = Book.objects.all()

        def get(self, request: Any) -> Response:
            titles = [b.title for b in self.queryset]
            return Response(titles)

    add_book(title="Sums")
    with pytest.raises(RuntimeError, match="Do not evaluate the"):
        titles(BookList)


def test_a_plain_class_attribute_would_keep_the_rows(add_book: Callable[..., Book]) -> None:
    class Plain:
        queryset = Book.objects.all()

    add_book(title="Sums")
    assert len(Plain().queryset) == 1
    add_book(title="More sums")
    assert len(Plain().queryset) == 1


def test_get_queryset_is_fresh_for_each_request(add_book: Callable[..., Book]) -> None:
    class BookList(GenericAPIView):
        queryset = Book.objects.order_by("pk")

        def get(self, request: Any) -> Response:
            return Response([b.title for b in self.get_queryset()])

    add_book(title="Sums")
    assert titles(BookList) == ["Sums"]
    add_book(title="More sums")
    assert titles(BookList) == ["Sums", "More sums"]


def test_each_level_builds_on_the_one_below() -> None:
    assert issubclass(GenericAPIView, APIView)
    assert issubclass(GenericViewSet, GenericAPIView)
    assert not hasattr(GenericViewSet, "get")
    assert not hasattr(GenericViewSet, "list")


def test_a_read_only_viewset_lists_and_retrieves() -> None:
    actions = {"list", "retrieve", "create", "update", "partial_update", "destroy"}
    assert {name for name in actions if hasattr(ReadOnlyModelViewSet, name)} == {"list", "retrieve"}
