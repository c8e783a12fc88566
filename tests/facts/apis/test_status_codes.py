"""DRF sends 400, 401, 403, 405; anonymous users get 403 if the first scheme has no challenge."""

from typing import Any

import pytest
from rest_framework.authentication import BasicAuthentication, SessionAuthentication
from rest_framework.generics import CreateAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.serializers import ModelSerializer
from rest_framework.test import APIRequestFactory

from tests.facts.shop.models import Author


class AuthorSerializer(ModelSerializer[Author]):
    class Meta:
        model = Author
        fields = ("id", "name")


class AuthorCreate(CreateAPIView):
    queryset = Author.objects.all()
    serializer_class = AuthorSerializer


def post(view: Any, **data: str) -> Any:
    return view.as_view()(APIRequestFactory().post("/", data))


@pytest.mark.parametrize(
    ("schemes", "status"),
    [
        ([BasicAuthentication, SessionAuthentication], 401),
        ([SessionAuthentication, BasicAuthentication], 403),
    ],
)
def test_the_first_authentication_class_decides_between_401_and_403(schemes: Any, status: int) -> None:
    class Guarded(AuthorCreate):
        authentication_classes = schemes
        permission_classes = [IsAuthenticated]  # noqa: RUF012  # as in DRF's docs

    response = post(Guarded, name="Ada")
    assert response.status_code == status
    assert response.has_header("WWW-Authenticate") is (status == 401)


def test_created_is_201_and_has_no_location_without_a_url_field(db: Any) -> None:
    response = post(AuthorCreate, name="Ada")
    assert response.status_code == 201
    assert not response.has_header("Location")


def test_invalid_input_is_400(db: Any) -> None:
    assert post(AuthorCreate, name="").status_code == 400


def test_a_method_without_handler_is_405() -> None:
    response = AuthorCreate.as_view()(APIRequestFactory().get("/"))
    assert response.status_code == 405
    assert response["Allow"] == "POST, OPTIONS"
