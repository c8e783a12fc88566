"""The shop has no pages of its own: a twin brings its views with the fixture `urls`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
