"""A queryset limited to the user makes foreign ids a 404; DRF's object permission filters no list."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.test import Client
from django.urls import path
from rest_framework import permissions, serializers, viewsets
from rest_framework.routers import SimpleRouter

from tests.facts.shop.models import Customer, Order


class OrderSerializer(serializers.ModelSerializer[Order]):
    class Meta:
        model = Order
        fields = ("id", "status")


class IsOwner(permissions.BasePermission):
    """The visitor's name stands in a header; login is not what these tests are about."""

    def has_object_permission(self, request: Any, view: Any, obj: Order) -> bool:
        return obj.customer.name == request.headers["visitor"]


class GuardedOrders(viewsets.ModelViewSet[Order]):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer
    permission_classes = (IsOwner,)
    authentication_classes = ()


class OwnOrders(GuardedOrders):
    permission_classes = ()

    def get_queryset(self) -> Any:
        return Order.objects.filter(customer__name=self.request.headers["visitor"])


def open_view(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse(get_object_or_404(Order, pk=pk).status)


def scoped_view(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Order.objects.filter(customer__name=request.headers["visitor"])
    return HttpResponse(get_object_or_404(mine, pk=pk).status)


@pytest.fixture
def order(db: Any, urls: Callable[..., None]) -> Order:
    router = SimpleRouter()
    router.register("guarded", GuardedOrders, basename="guarded")
    router.register("own", OwnOrders, basename="own")
    urls(path("open/<int:pk>/", open_view), path("scoped/<int:pk>/", scoped_view), *router.urls)
    return Order.objects.create(customer=Customer.objects.create(name="ann", email="ann@shop.example"))


def status(visitor: str, url: str, method: str = "get") -> int:
    client = Client(headers={"visitor": visitor}, raise_request_exception=False)
    code: int = getattr(client, method)(url).status_code
    return code


def test_lookup_on_all_orders_serves_strangers(order: Order) -> None:
    assert status("bea", f"/open/{order.pk}/") == 200


def test_lookup_among_own_orders_is_404_for_strangers(order: Order) -> None:
    assert status("ann", f"/scoped/{order.pk}/") == 200
    assert status("bea", f"/scoped/{order.pk}/") == 404
    assert status("bea", f"/scoped/{order.pk + 1}/") == 404


def test_object_permission_guards_one_object_and_not_the_list(order: Order) -> None:
    assert status("bea", f"/guarded/{order.pk}/") == 403
    assert status("bea", f"/guarded/{order.pk}/", "delete") == 403
    listed = Client(headers={"visitor": "bea"}).get("/guarded/").json()
    assert [row["id"] for row in listed] == [order.pk]


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_get_queryset_covers_every_action(order: Order, method: str) -> None:
    assert status("bea", f"/own/{order.pk}/", method) == 404
    assert Client(headers={"visitor": "bea"}).get("/own/").json() == []


def test_related_field_accepts_every_row_of_its_queryset(order: Order) -> None:
    class LineSerializer(serializers.Serializer[Any]):
        order = serializers.PrimaryKeyRelatedField(queryset=Order.objects.all())

    class OwnLineSerializer(serializers.Serializer[Any]):
        order = serializers.PrimaryKeyRelatedField(queryset=Order.objects.filter(customer__name="bea"))

    data = {"order": order.pk}
    assert LineSerializer(data=data).is_valid()
    assert not OwnLineSerializer(data=data).is_valid()
