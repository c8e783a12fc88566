"""Every screen is what Telegram takes: parsed by its own parser, within its limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import product

import pytest

from bot.bank import Bank, Level
from bot.db.tables import Ask, Subscription, User
from bot.learning import Kind, Reason
from bot.playground.emulator import td
from bot.rendering import cards, faults, notes, options, quiz, settings, setup, stats, subscribe
from bot.rendering import help as about
from bot.rendering.screen import Screen
from bot.services.choices import Chosen
from bot.services.practices import Result, Wanted
from bot.services.reviews import Rated
from bot.services.wishes import NotUnderstood
from bot.services.zones import Place

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = date(2026, 11, 23)
HOSTILE = "<b>&amp; \u202e‏مرحبا " + "x" * 4000

pytestmark = pytest.mark.skipif(not td.AVAILABLE, reason="needs the package tdjson, which has no wheel here")


@dataclass
class Parsed:
    """What Telegram would make of a screen."""

    text: str
    entities: list[dict[str, object]]


def parsed(screen: Screen) -> Parsed:
    """Parse a screen as Telegram does, and hold it against the limits of the Bot API."""
    text, entities = td.parse(screen.text, "html")
    assert 1 <= len(text.encode("utf-16-le")) // 2 <= 4096
    for row in screen.keyboard:
        assert 1 <= len(row) <= 8
        for button in row:
            assert 1 <= len(button.text) <= 64
            assert (button.data is None) != (button.url is None)
            assert len((button.data or "x").encode()) <= 64
    return Parsed(text, entities)


def subscription(**wishes: object) -> Subscription:
    """A subscription as rows hold it."""
    usual: dict[str, object] = {
        "status": "active",
        "minute": 540,
        "time_zone": "America/Argentina/ComodRivadavia",
        "weekdays": 0b1111111,
        "per_day": 1,
        "topics": [],
        "level": None,
        "paused_until": None,
        "next_due": NOW,
    }
    return Subscription(**{**usual, **wishes})


def ask() -> Ask:
    """An ask with large numbers."""
    return Ask(
        id=10**17, number=10, of=10, reason={"kind": "new", "topic": "security", "share": 0.45}, hinted_at=NOW
    )


def test_every_card_in_every_state(bank: Bank) -> None:
    for question in bank.questions.values():
        view = cards.view_of(
            ask(), silent_days=7, first_ever=True, note=quiz.opened(Wanted(level=Level.SENIOR), 3, None)
        )
        rated = Rated(ask(), 1, date(2027, 1, 1), TODAY, leech=True, finished=Result(4, 1))
        if question.choice is not None:
            shown = parsed(options.options(bank, question, view, "2031"))
            assert all(option.text in shown.text for option in question.choice.options)
            for option in range(4):
                parsed(options.chosen(bank, question, view, Chosen(option, rated)))
        assert question.prompt in parsed(cards.question(bank, question, view)).text
        answered = parsed(cards.answer(bank, question, view))
        known, deeper = replace(rated, leech=False), replace(view, deeper=True)
        for screen in (
            cards.rated(bank, question, view, rated),
            cards.rated(bank, question, deeper, known),
            cards.changing(bank, question, view, 3),
        ):
            assert parsed(screen).text.startswith(answered.text[:400])
        assert "expandable_blockquote" in {entity["type"] for entity in answered.entities}
        assert len(answered.text.encode("utf-16-le")) // 2 <= 3800


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason(Kind.MISSED, "security", days=9, misses=2), "you missed it 9 days ago"),
        (Reason(Kind.MISSED, "security", days=0, misses=1), "you missed it today"),
        (Reason(Kind.FADED, "security", days=30, recall=0.84), "recall is down to about 84%"),
        (Reason(Kind.NEW, "security", share=0.45), "you know about 45% of fresh Security questions"),
        (Reason(Kind.FIRST, "security", share=0.5), "still learning where you are strong"),
        (Reason(Kind.NEW, "a topic that is gone"), "from a topic that is gone"),
    ],
)
def test_reasons_have_the_real_numbers(bank: Bank, reason: Reason, words: str) -> None:
    assert words in cards.why(bank, cards.CardView(1, reason))


def faulty() -> Iterator[Screen]:
    """Every answer to what was not understood, with hostile words."""
    near = [Place("São Paulo", "America/Sao_Paulo"), Place("X", "America/Argentina/ComodRivadavia")]
    for what, minute, places in product(("time", "place"), (None, 0, 1439), ([], near)):
        yield faults.wish(NotUnderstood(what, HOSTILE, minute), places)
    yield faults.time_only(HOSTILE)
    for places in (near, []):
        yield faults.place_only(HOSTILE, places, str)
        yield faults.places_by_clock(1439, places, str)
    yield faults.pause(HOSTILE)
    yield faults.quiz_words(HOSTILE, [])
    yield faults.quiz_size(HOSTILE, 50, "Security, senior")
    yield faults.stats_topic(HOSTILE, [])
    yield faults.unknown_command(HOSTILE)
    yield faults.plain_text()
    yield faults.not_text()
    yield faults.no_such_question()


def test_hostile_words_are_shown_harmless() -> None:
    for screen in faulty():
        result = parsed(screen)
        assert len(result.text) < 400
        assert {entity["type"] for entity in result.entities} <= {"code", "bot_command"}


def test_alerts_fit_their_box(bank: Bank) -> None:
    for text in (faults.OLD_BUTTON, faults.NOT_KNOWN, faults.TOO_LATE, faults.REWRITTEN, faults.APOLOGY):
        assert len(text) <= 200
    longest = max(bank.topics, key=lambda topic: len(topic.title))
    for kind in Kind:
        reason = Reason(kind, longest.slug, share=0.99, days=9999, recall=0.99, misses=9)
        assert len(cards.why(bank, cards.CardView(1, reason))) <= 200


def test_welcome_settings_and_all_the_rest(bank: Bank) -> None:
    states = [
        subscription(),
        subscription(status="new", next_due=None),
        subscription(status="paused", paused_until=date(2027, 1, 1)),
        subscription(status="paused", next_due=None),
        subscription(
            topics=[topic.slug for topic in bank.topics], level="senior", per_day=10, weekdays=0b0101010
        ),
        subscription(time_zone="Etc/GMT-14", weekdays=0b1100000),
    ]
    for state in states:
        for name in (*settings.PAGES, "no such page"):
            parsed(settings.page(name, state, bank, NOW))
        parsed(settings.more(User(id=1, four_buttons=True, weekly_summary=False, dark=False)))
        parsed(setup.welcome_back(state, NOW))
        parsed(setup.subscribed(state, bank, NOW))
        parsed(subscribe.paused(state, NOW))
    for screen in (
        setup.welcome(bank),
        setup.ask_time(None),
        setup.ask_zone("Asia/Kathmandu", NOW),
        setup.ask_topics(bank, ["security"]),
        subscribe.unsubscribed(),
        notes.long_silence(14),
        about.in_private(),
        about.in_group(),
        about.privacy(),
        about.cancelled(something=True),
        quiz.topics(bank),
        quiz.nothing(Wanted("missed", None, Level.SENIOR)),
        quiz.stopped(Result(1, 2)),
        stats.nothing(),
        cards.retired(),
        cards.rated_without_text(Rated(ask(), 3, TODAY, TODAY)),
    ):
        parsed(screen)


def test_what_telegram_shows_of_the_bot_fits() -> None:
    assert len(about.DESCRIPTION) <= 512
    assert len(about.SHORT_DESCRIPTION) <= 120
    for name, words in (*about.PRIVATE_COMMANDS, *about.GROUP_COMMANDS):
        assert name.isalpha()
        assert 1 <= len(name) <= 32
        assert 3 <= len(words) <= 256
