"""Every poll and every group screen is what Telegram takes, for every question of the bank."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from bot.bank import Bank, Question
from bot.db.answers import Named, Total
from bot.db.group_tables import Answer, Group, Quiz
from bot.db.tables import Ask, Subscription
from bot.playground.emulator import td
from bot.rendering import boards, game_notes, games, group_cards, group_settings, polls
from bot.rendering import help as about
from bot.rendering.screen import Screen
from bot.services.boards import Board
from bot.services.picks import option_order
from bot.services.wishes import NotUnderstood
from bot.services.zones import Place

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOSTILE = "<b>&amp; \u202e‏مرحبا " + "x" * 60

pytestmark = pytest.mark.skipif(not td.AVAILABLE, reason="needs the package tdjson, which has no wheel here")


def length(html: str) -> int:
    """UTF-16 units after Telegram's own parser."""
    text, _ = td.parse(html, "html")
    return len(text.encode("utf-16-le")) // 2


def check(screen: Screen) -> str:
    """Hold a screen against the limits of the Bot API; its text without markup."""
    assert 1 <= length(screen.text) <= 4096
    for row in screen.keyboard:
        assert 1 <= len(row) <= 8
        for button in row:
            assert 1 <= len(button.text) <= 64
            assert (button.data is None) != (button.url is None)
            assert len((button.data or "x").encode()) <= 64
    text: str = td.parse(screen.text, "html")[0]
    return text


def quiz(**more: object) -> Quiz:
    """A game as rows hold it."""
    usual: dict[str, object] = {
        "id": 10**15,
        "chat_id": -(10**13),
        "kind": "game",
        "mode": "quiz",
        "topic": None,
        "level": "senior",
        "rounds": 20,
        "seconds": 120,
        "status": "lobby",
        "page": "main",
        "asked": ["csrf"] * 20,
        "quiet": 0,
    }
    return Quiz(**(usual | more))


def ask_of(question: Question) -> Ask:
    """An ask as rows hold it."""
    return Ask(
        id=10**15,
        question_id=question.id,
        number=20,
        of=20,
        option_order="3120",
        reason={"kind": "new", "topic": question.topic},
    )


def named(user_id: int, number: int, option: int, points: int, name: str | None = HOSTILE) -> Named:
    """An answer as rows hold it."""
    return Named(Answer(user_id=user_id, option=option, points=points, streak=9), number, name)


def test_every_question_as_a_poll_and_as_buttons(bank: Bank) -> None:
    for question in bank.questions.values():
        if question.choice is None:
            continue
        poll = polls.poll(bank, question, ask_of(question), quiz())
        assert 1 <= len(poll.question) <= 300
        assert poll.options[poll.right] == question.choice.options[0].text
        assert len(set(poll.options)) == 4
        assert all(1 <= len(option) <= 100 for option in poll.options)
        assert length(poll.explanation) <= 200
        assert td.parse(poll.explanation, "html")[0].count("\n") <= 2
        assert length(poll.description) <= 1024
        if question.choice.snippet:
            assert question.choice.snippet[:20] in td.parse(poll.description, "html")[0]
            assert question.choice.snippet[:20] in check(Screen(poll.snippet or ""))
        check(polls.buttons(bank, question, ask_of(question), quiz(), 10**15, 200, explains=True))


def test_every_reason_and_card(bank: Bank) -> None:
    crowd = [named(user, 20, user % 4, 15) for user in range(50)]
    for question in bank.questions.values():
        check(group_cards.card(bank, question, ask_of(question), 10**15, got=99, missed=99))
        for known in (None, True, False):
            check(group_cards.answer(bank, question, ask_of(question), 10**15, known=known))
        if question.choice is not None:
            text = check(games.reason(bank, quiz(), ask_of(question), question, crowd, pauses=True))
            assert "13 of 50 knew it" in text
            again = games.reason(bank, quiz(), ask_of(question), question, crowd, pauses=True, in_place=True)
            assert question.choice.stem in check(again)
            assert question.choice.options[0].text in text
    retired = games.reason(bank, quiz(), ask_of(question), None, [], pauses=False)
    assert "retired" in check(retired)


@pytest.mark.parametrize("players", [0, 1, 8, 9, 200])
def test_lobbies(bank: Bank, players: int) -> None:
    for status, page, mode in (
        ("lobby", "main", "quiz"),
        ("lobby", "topics", "quiz"),
        ("lobby", "main", "card"),
        ("running", "main", "quiz"),
    ):
        check(games.lobby(bank, quiz(status=status, page=page, mode=mode), [HOSTILE] * players))
    check(games.expired(quiz()))
    check(games.expired(quiz(status="stopping")))


def test_podiums(bank: Bank) -> None:
    crowd = [named(user, number, 0, 18) for user in range(200) for number in range(20)]
    for answers in ([], crowd, [named(1, 1, 2, 0, None)]):
        for mode in ("quiz", "card"):
            check(games.podium(bank, quiz(mode=mode), answers, "csrf", "gotit_bot"))
    text = check(games.podium(bank, quiz(), crowd, None, "gotit_bot"))
    assert text.count("🥇") == 10, "equals share a place"
    assert "and 190 more" in text


def test_boards_and_settings(bank: Bank) -> None:
    totals = [Total(user, HOSTILE if user % 2 else None, 10**6, 9) for user in range(20)]
    for span in ("week", "month", "all", "last"):
        check(boards.board(Board(span, date(2026, 11, 23), totals)))
    check(boards.span_unknown("x"))
    subscription = Subscription(
        status="active",
        minute=600,
        time_zone="America/Argentina/ComodRivadavia",
        weekdays=0b1010101,
        per_day=1,
        topics=[topic.slug for topic in bank.topics],
        next_due=NOW,
    )
    for mode, switched, agreed in (("quiz", True, 0), ("card", False, 200)):
        group = Group(mode=mode, tidies=switched, code_apart=switched)
        wishes = group_settings.Wishes(group, subscription, agreed)
        for page in ("main", "time", "zone", "days", "topics", "level", "nonsense"):
            check(group_settings.settings(page, wishes, bank, NOW))
    check(group_settings.subscribed(subscription, NOW))
    check(group_settings.how())
    near = [Place("Berlin", "Europe/Berlin")] * 3
    check(group_settings.not_understood(NotUnderstood("place", HOSTILE, 540), near))
    check(group_settings.unsubscribed(was=True))
    check(game_notes.greeting(bank))
    check(game_notes.running("https://t.me/c/1/2"))
    check(game_notes.no_such_topic(HOSTILE, bank.topics[:3]))
    check(game_notes.rounds_wrong("99", 20, "Security"))
    for mode in ("missed", "weak", "mix"):
        check(game_notes.personal(mode, "gotit_bot"))
    check(about.in_group())


def test_alerts_fit() -> None:
    words = [value for module in (game_notes, boards, group_settings) for value in vars(module).values()]
    alerts = [value for value in words if isinstance(value, str) and " " in value and "\n" not in value]
    assert len(alerts) > 8
    assert all(len(alert) <= 200 for alert in alerts if not alert.startswith('"'))


def test_every_order_of_options_comes_up() -> None:
    orders = {option_order(f"{quiz_id}:1") for quiz_id in range(500)}
    assert orders == {"".join(order) for order in permutations("0123")}
