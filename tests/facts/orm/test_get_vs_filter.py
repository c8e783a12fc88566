"""get() wants exactly one row, filter() takes any number, first() gives an object or None."""

from collections.abc import Callable
from typing import Any

import django
import pytest
from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.test import Client
from django.urls import path

from tests.facts.shop.models import Author, Customer, CustomerProfile

pytestmark = pytest.mark.usefixtures("library")


def test_get_raises_for_no_row_and_for_two() -> None:
    with pytest.raises(Author.DoesNotExist) as missing:
        Author.objects.get(name="Nobody")
    assert isinstance(missing.value, ObjectDoesNotExist)
    with pytest.raises(Author.MultipleObjectsReturned) as several:
        Author.objects.get(books__stock=5)
    assert isinstance(several.value, MultipleObjectsReturned)


def test_each_model_has_exceptions_of_its_own() -> None:
    assert not issubclass(Author.DoesNotExist, Customer.DoesNotExist)


def test_get_asks_for_at_most_21_rows(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql, pytest.raises(MultipleObjectsReturned):
        Author.objects.get()
    assert sql[0].endswith("LIMIT 21")


def test_filter_is_lazy_and_may_be_empty(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        nobody = Author.objects.filter(name="Nobody")
    assert sql == []
    assert list(nobody) == []
    with pytest.raises(IndexError):
        nobody[0]


def test_first_gives_none_and_orders_by_primary_key(count_queries: Callable[..., Any]) -> None:
    assert Author.objects.filter(name="Nobody").first() is None
    with count_queries() as sql:
        Author.objects.first()
    assert 'ORDER BY "shop_author"."id" ASC LIMIT 1' in sql[0]


def test_first_keeps_a_cleared_ordering_since_6_1(count_queries: Callable[..., Any]) -> None:
    with count_queries() as sql:
        Author.objects.order_by().first()
    assert ("ORDER BY" in sql[0]) == (django.VERSION < (6, 1))


@pytest.mark.parametrize(("name", "status"), [("Bob", 200), ("Nobody", 404), ("Ada", 500)])
def test_get_object_or_404_lets_two_rows_end_as_500(
    urls: Callable[..., None], client: Client, name: str, status: int
) -> None:
    Author.objects.create(name="Ada")

    def show(request: HttpRequest, name: str) -> HttpResponse:
        return HttpResponse(get_object_or_404(Author, name=name))

    urls(path("authors/<name>/", show))
    client.raise_request_exception = False
    assert client.get(f"/authors/{name}/").status_code == status


def test_missing_reverse_one_to_one_is_a_does_not_exist() -> None:
    customer = Customer.objects.create(name="Eve", email="eve@example.com")
    with pytest.raises(CustomerProfile.DoesNotExist, match="has no profile"):
        _ = customer.profile
