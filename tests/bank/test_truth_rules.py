"""E22 to W26: versions, age and words that claim too much."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

GIL, ISOLATION = "python/gil", "testing/testcase-isolation"
CHECKED = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'versions: {python: "3.15"}',
            'versions: {python: "3.16"}',
            "versions: python 3.16 is newer than 3.15",
        ),
        ('versions: {python: "3.15"}', 'versions: {python: "4"}', "versions: python 4 is newer than 3.15"),
        ('versions: {python: "3.15"}', 'versions: {snake: "1"}', "versions: unknown product snake"),
        ('versions: {python: "3.15"}', 'versions: {django: "6.1"}', "versions: python rests on python"),
        ('since: {python: "3.14"}', 'since: {python: "3.16"}', "since: python 3.16 is newer than 3.15"),
        ('since: {python: "3.14"}', 'since: {perl: "5"}', "since: unknown product perl"),
    ],
)
def test_versions(desk, old, new, said):
    desk.edit(GIL, old, new)
    assert any(said in line for line in desk.found("E22")), desk.found("E22")


@pytest.mark.parametrize(
    "versions", ['{python: "3.9"}', '{python: "3"}', '{python: "3.15.2", pytest: "9.2"}']
)
def test_versions_that_fit(desk, versions):
    desk.edit(GIL, 'versions: {python: "3.15"}', f"versions: {versions}")
    assert desk.found("E22") == []


@pytest.mark.parametrize(
    ("days", "said"), [(180, []), (181, ["checked 181 days ago"]), (-1, ["checked in the future"])]
)
def test_age(desk, days, said):
    assert [line.partition(": ")[2] for line in desk.found("W23", CHECKED + timedelta(days))] == said * 3


def test_a_newer_version_asks_for_a_check(desk):
    desk.edit("versions.yaml", 'python: "3.15"', 'python: "3.16"')
    assert desk.found("W23") == ["10: python 3.15 was current then, 3.16 is now"]
    assert desk.found("E22") == []


@pytest.mark.parametrize(("days", "number"), [(400, 0), (401, 3)])
def test_published_and_stale(desk, days, number):
    assert len(desk.found("W23b", CHECKED + timedelta(days))) == number


def test_a_draft_may_be_stale(desk):
    desk.edit(GIL, "status: published", "status: draft")
    assert len(desk.found("W23b", CHECKED + timedelta(401))) == 2


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("W24", "Since Django 4.2 a thread"),
        ("W24", "It came in 3.7, and a thread"),
        ("W25", "It is simply true: a thread"),
        ("W25", "The best thread"),
        ("W25", "Modern code: a thread"),
        ("W26", "Recently, a thread"),
        ("W26", "This is new in Python: a thread"),
        ("W26", "Currently a thread"),
    ],
)
def test_words_that_claim(desk, rule, words):
    desk.edit(GIL, "A thread releases", f"{words} releases")
    assert len(desk.found(rule)) == 1


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("W24", "Since Python 3.15, as in 3.14, a thread"),
        ("W24", "After 2.5 s or in 0.5 ms a thread"),
        ("W24", "`Django 4.2`. A thread"),
        ("W25", "`just`, adjust, bestow, best practice: a thread"),
        ("W26", "A new thread"),
        ("W26", "`new in`: a thread"),
    ],
)
def test_words_that_may_stand(desk, rule, words):
    desk.edit(GIL, "A thread releases", f"{words} releases")
    assert desk.found(rule) == []


def test_a_listed_rule_can_be_allowed(desk):
    desk.edit(GIL, "A thread releases", "<!-- lint: allow W25 a quotation -->\nThe best thread releases")
    assert desk.found("W25") == desk.found("E05") == []
