"""The bank's look-ups: ids by topic and level, old ids, topics by name and near miss."""

from __future__ import annotations

import pytest

from bot.bank import Level

GIL = "python/gil"


def test_topics_stand_in_their_order(desk):
    assert [topic.slug for topic in desk.load().topics] == ["python", "databases", "testing"]
    assert desk.load().topics[0].name == "🐍 Core Python"


@pytest.mark.parametrize(
    ("topic", "level", "ids"),
    [
        (None, None, ("gil", "zero-downtime-migrations", "testcase-isolation")),
        ("python", None, ("gil",)),
        ("testing", None, ("testcase-isolation", "gil", "zero-downtime-migrations")),
        ("testing", Level.SENIOR, ("zero-downtime-migrations",)),
        (None, Level.JUNIOR, ("testcase-isolation",)),
        ("python", Level.JUNIOR, ()),
        ("quantum", None, ()),
    ],
)
def test_ids(desk, topic, level, ids):
    assert desk.load().ids(topic, level) == ids


def test_topic_of_is_the_primary_topic(desk):
    assert desk.load().topic_of == {
        "gil": "python",
        "zero-downtime-migrations": "databases",
        "testcase-isolation": "testing",
    }


def test_old_ids_lead_to_the_question(desk):
    desk.edit(GIL, "level: middle", "level: middle\naliases: [the-lock, giant-lock]")
    bank = desk.load()
    assert bank.get("the-lock") is bank.get("giant-lock") is bank.get("gil") is bank.questions["gil"]
    assert bank.get("nothing") is None


def test_a_retired_question_leaves_the_pool(desk):
    desk.edit(
        GIL, "status: published", "status: retired\nreplaced_by: testcase-isolation\naliases: [the-lock]"
    )
    bank = desk.load()
    assert bank.get("gil") is None
    assert bank.ids("python") == ()
    assert bank.retired("gil") is bank.retired("the-lock")
    assert bank.retired("gil").replaced_by == "testcase-isolation"
    assert bank.retired("testcase-isolation") is None


def test_the_pool_cannot_be_changed(desk):
    with pytest.raises(TypeError):
        desk.load().questions["x"] = None


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("python", "python"),
        (" PY ", "python"),
        ("Core Python", "python"),
        ("🐍 core  python", "python"),
        ("best stores", "databases"),
        ("best_stores", "databases"),
        ("Databases and migrations", "databases"),
        ("🛠️ Testing", "testing"),
        ("🛠 Testing", "testing"),
        ("quantum", None),
        ("", None),
        ("🐍", None),
    ],
)
def test_a_topic_is_found_by_any_of_its_names(desk, words, slug):
    topic = desk.load().find_topic(words)
    assert (topic and topic.slug) == slug


@pytest.mark.parametrize(
    ("words", "slug"), [("pyton", "python"), ("databse", "databases"), ("TESTNG", "testing")]
)
def test_near_misses(desk, words, slug):
    assert desk.load().nearest_topics(words)[0].slug == slug


@pytest.mark.parametrize("words", ["quantum", "", "🐍" * 4000, "x" * 4000, "<b>&amp;"])
def test_far_misses_still_give_topics(desk, words):
    bank = desk.load()
    assert len(bank.nearest_topics(words)) == 3
    assert len(bank.nearest_topics(words, limit=1)) == 1
