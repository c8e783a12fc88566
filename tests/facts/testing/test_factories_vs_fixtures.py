"""Loading a fixture passes over save() and sends its signals with raw=True; objects.create() does neither."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models.signals import post_save

from tests.facts.shop.models import Tag

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What happened to tags: "save", and "raw" or "signal" for each post_save."""
    events: list[str] = []
    original = Tag.save

    def save(self: Tag, **options: Any) -> None:
        events.append("save")
        original(self, **options)

    def note(**named: Any) -> None:
        events.append("raw" if named["raw"] else "signal")

    monkeypatch.setattr(Tag, "save", save)
    post_save.connect(note, sender=Tag)
    yield events
    post_save.disconnect(note, sender=Tag)


def load(folder: Path, fields: dict[str, str]) -> None:
    fixture = folder / "tags.json"
    fixture.write_text(json.dumps([{"model": "shop.tag", "pk": 1, "fields": fields}]))
    call_command("loaddata", str(fixture), verbosity=0)


def test_loading_skips_save_and_marks_the_signal_as_raw(tmp_path: Path, seen: list[str]) -> None:
    load(tmp_path, {"name": "red"})
    assert Tag.objects.get().name == "red"
    assert seen == ["raw"]


def test_create_goes_through_save_and_its_signals(seen: list[str]) -> None:
    Tag.objects.create(name="red")
    assert seen == ["save", "signal"]


def test_a_field_that_the_file_leaves_out_gets_its_default(tmp_path: Path) -> None:
    load(tmp_path, {})
    assert Tag.objects.get().name == ""
