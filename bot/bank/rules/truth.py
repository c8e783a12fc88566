"""E22 to W26: versions, age, and words that claim too much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.bank.draft import Draft
from bot.bank.markup import without_code
from bot.bank.mistakes import Finding, RuleGroup
from bot.bank.model import Status
from bot.bank.registers import Registers

truth = RuleGroup()

RECHECK_DAYS = 180
"""After half a year the sources are opened again."""
STALE_DAYS = 400

_PRODUCTS = (
    "Django|Python|CPython|PostgreSQL|DRF|Celery|Gunicorn|pytest|psycopg|Redis|Uvicorn|Channels|PgBouncer"
)
_NUMBER = re.compile(
    rf"\b(?:{_PRODUCTS}) (\d+(?:\.\d+)*)"
    r"|\b(?:since|until|before|in|from) (\d\.\d+)(?!\d*(?: ?%| ?m?s\b|x\b))"
)
_WEASELS = re.compile(
    r"\b(usually faster|best(?! practice)|modern|simply|just|obviously|of course|very|easy|easily)\b",
    re.IGNORECASE,
)
_TIMELY = re.compile(
    r"\b(recent|recently|currently|nowadays|new in|new since|brand[ -]new|newest|is new|are new|newly)\b",
    re.IGNORECASE,
)


def as_numbers(release: str) -> tuple[int, ...]:
    """Turn "3.14" into (3, 14), which compares as versions do."""
    return tuple(int(number) for number in re.findall(r"\d+", release))


def is_newer(release: str, than: str) -> bool:
    """Compare two releases as exactly as the shorter one says: 18.2 is not newer than 18."""
    left, right = as_numbers(release), as_numbers(than)
    exact = min(len(left), len(right))
    return left[:exact] > right[:exact]


@truth.entry("E22", mend="use the keys of data/versions.yaml; topics.yaml says what a topic rests on")
def versions_are_known(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """`versions` and `since` name known products, fit the topic, and are not in the future."""
    entry = draft.entry
    if registers.versions is None:
        return
    for name in ("versions", "since"):
        for product, release in entry.releases(name).items():
            current = registers.versions.get(product)
            if current is None:
                yield Finding(entry.line_of(name), f"{name}: unknown product {product}")
            elif is_newer(release, current):
                yield Finding(entry.line_of(name), f"{name}: {product} {release} is newer than {current}")
    topic = registers.topics.get(entry.word("topic"))
    if topic and topic.rests_on and not set(topic.rests_on) & entry.releases("versions").keys():
        yield Finding(
            entry.line_of("versions"), f"versions: {topic.slug} rests on {' or '.join(topic.rests_on)}"
        )


@truth.entry("W23", mend="open the sources again, then set checked and versions")
def check_is_fresh(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """The facts were checked within half a year, against the versions that are current."""
    entry, age = draft.entry, age_of(draft, registers.today)
    if age is not None and age < 0:
        yield Finding(entry.line_of("checked"), "checked in the future", "write the day of the check")
    if age is not None and age > RECHECK_DAYS:
        yield Finding(entry.line_of("checked"), f"checked {age} days ago")
    for product, release in entry.releases("versions").items():
        current = (registers.versions or {}).get(product)
        if current and is_newer(current, release):
            yield Finding(
                entry.line_of("versions"), f"{product} {release} was current then, {current} is now"
            )


@truth.entry("W23b", mend="check it or retire it: readers take a published entry for true")
def published_is_not_stale(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """No published entry was checked more than 400 days ago."""
    age = age_of(draft, registers.today)
    if draft.entry.word("status") == Status.PUBLISHED and age is not None and age > STALE_DAYS:
        yield Finding(draft.entry.line_of("checked"), f"published, and checked {age} days ago")


@truth.entry("W24", mend="name the version in since, in versions or with a source, or leave it out")
def version_numbers_have_a_source(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """A version number in the text stands in `since`, in `versions` or with a source."""
    entry = draft.entry
    known = {*entry.releases("since").values(), *entry.releases("versions").values()}
    for source in draft.sources:
        known.update(re.findall(r"\d+(?:\.\d+)*", f"{source.title} {source.version} {source.url}"))
    for piece in draft.prose():
        numbers = {product or other for product, other in _NUMBER.findall(without_code(piece.rich.html, " "))}
        if unknown := sorted(numbers - known):
            yield Finding(piece.number, f"no source for the version {', '.join(unknown)}")


@truth.entry("W25", mend="say what is measured or known, without the adverb")
def no_weasel_words(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """No words that claim without saying: best, modern, simply, just, very, easy …"""
    for piece in draft.prose():
        for found in sorted({word.lower() for word in _WEASELS.findall(without_code(piece.rich.html, " "))}):
            yield Finding(piece.number, f"{found!r}")


@truth.entry("W26", mend="name the version or the year: an entry is read for years")
def no_words_that_age(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """No words that age: recently, currently, new in …"""
    for piece in draft.prose():
        for found in sorted({word.lower() for word in _TIMELY.findall(without_code(piece.rich.html, " "))}):
            yield Finding(piece.number, f"{found!r}")


def age_of(draft: Draft, today: date | None) -> int | None:
    """Count the days since the last check of an entry."""
    checked = draft.entry.checked()
    return (today - checked).days if today and checked else None
