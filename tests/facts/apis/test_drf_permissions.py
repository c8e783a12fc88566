"""Object checks run through get_object() only; an | with a class without a request check opens creation."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from rest_framework.permissions import BasePermission, IsAdminUser
from rest_framework.serializers import ModelSerializer
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView
from rest_framework.viewsets import ModelViewSet

from tests.facts.shop.models import Author

asked: list[str] = []


class CarelessOwner(BasePermission):
    def has_object_permission(self, request: Any, view: Any, obj: Any) -> bool:
        asked.append("object")
        return False


class CarefulOwner(CarelessOwner):
    def has_permission(self, request: Any, view: Any) -> bool:
        asked.append("request")
        return bool(request.user.is_authenticated)


class AuthorSerializer(ModelSerializer[Author]):
    class Meta:
        model = Author
        fields = ("id", "name")


def call(permission: Any, action: str, method: str = "get", user: Any = None, **kwargs: Any) -> int:
    class AuthorViewSet(ModelViewSet):
        queryset = Author.objects.all()
        serializer_class = AuthorSerializer
        permission_classes = (permission,)

    asked.clear()
    request = getattr(APIRequestFactory(), method)("/", {"name": "Ada"})
    force_authenticate(request, user or AnonymousUser())
    return AuthorViewSet.as_view({method: action})(request, **kwargs).status_code


def test_or_with_an_object_only_class_lets_everybody_post(db: Any) -> None:
    assert call(IsAdminUser | CarelessOwner, "create", "post") == 201
    assert asked == []


def test_a_request_check_in_the_class_closes_it(db: Any) -> None:
    assert call(IsAdminUser | CarefulOwner, "create", "post") in (401, 403)
    assert call(IsAdminUser | CarefulOwner, "create", "post", user=User(username="ann", pk=1)) == 201


@pytest.mark.parametrize(("action", "checks"), [("list", ["request"]), ("retrieve", ["request", "object"])])
def test_lists_get_no_object_check(db: Any, action: str, checks: list[str]) -> None:
    author = Author.objects.create(name="Ada")
    ann = User(username="ann", pk=1)
    kwargs = {"pk": author.pk} if action == "retrieve" else {}
    status = call(CarefulOwner, action, user=ann, **kwargs)
    assert asked == checks
    assert status == (403 if action == "retrieve" else 200)


def test_both_methods_say_true_by_default() -> None:
    rule: Any = BasePermission()
    assert rule.has_permission(None, None) is True
    assert rule.has_object_permission(None, None, None) is True


def test_drf_views_are_exempt_from_login_required_middleware() -> None:
    assert ModelViewSet.as_view({"get": "list"}).login_required is False
    assert APIView.as_view().login_required is False
