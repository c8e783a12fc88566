"""INSTALLED_APPS makes an app known; labels are unique and prefix the table names."""

import types

import pytest
from django.apps import AppConfig, apps
from django.apps.registry import Apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from tests.facts.shop.models import Book


def test_a_model_outside_of_installed_apps_is_refused() -> None:
    with pytest.raises(RuntimeError, match="isn't in an application in INSTALLED_APPS"):
        type("Post", (models.Model,), {"__module__": "blog.models"})


def test_the_label_is_the_last_part_and_starts_the_table_name() -> None:
    config = apps.get_app_config("shop")
    assert config.name == "tests.facts.shop"
    assert config.label == "shop"
    assert Book._meta.db_table == "shop_book"


def test_labels_must_be_unique() -> None:
    def app(name: str) -> AppConfig:
        module = types.ModuleType(name)
        module.__path__ = ["/"]
        return AppConfig(name, module)

    with pytest.raises(ImproperlyConfigured, match="labels aren't unique"):
        Apps([app("ours.shop"), app("theirs.shop")])
