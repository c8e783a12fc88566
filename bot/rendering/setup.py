"""The welcome: what this is, then time, place and topics with one press each."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.bank import Bank
from bot.db.tables import Subscription
from bot.rendering import callback_data as taps
from bot.rendering import choices
from bot.rendering.screen import Button, Screen
from bot.rendering.words import clock_time, count, day, listing, no_level, weekdays, zone
from bot.services import zones
from bot.services.pools import has_level


def welcome(bank: Bank) -> Screen:
    """Greet someone new, in five lines."""
    text = (
        "<b>Hi, I am Gotit, your interview trainer.</b>\n\n"
        f"Every day I send you a backend question, from {count(len(bank.questions), 'question')} "
        "on Python, Django, databases, security and more.\n"
        "You answer in your head, look, and say <i>Got it</i> or <i>Missed</i>.\n"
        "I remember: what you miss comes back, and weak topics come more often.\n"
        "Four taps set it up. Or try a question first."
    )
    return Screen(
        text,
        (
            (Button("⏰ Set up my daily question", taps.Setup("time", "-").encode(), style="primary"),),
            (Button("🎯 Try a question now", taps.Try().encode()),),
        ),
    )


def welcome_back(subscription: Subscription, now: datetime) -> Screen:
    """Greet someone known: what is set, and where to go."""
    rows = [(Button("🎯 A question now", taps.Quiz("any").encode(), style="primary"),)]
    if subscription.status != "active":
        rows.append((Button("▶️ Start my daily question again", taps.Resume().encode()),))
    rows.append((Button("⚙️ Settings", taps.Settings("main").encode()),))
    return Screen(f"<b>Good to see you again.</b>\n\n{state(subscription, now)}", tuple(rows))


def ask_time(minute: int | None) -> Screen:
    """First step: when."""
    return Screen(
        "<b>When should your question come?</b>\n\nPick a time, or send me one, such as <code>7:45</code>.",
        choices.times(lambda value: taps.Setup("zone", value).encode(), minute),
    )


def ask_zone(chosen: str, now: datetime) -> Screen:
    """Second step: where."""
    return Screen(
        "<b>Which clock is yours?</b>\n\n"
        "Not there? Send me your city, or what your clock shows now, such as "
        f"<code>{now:%H:%M}</code>, or share your location with the paper clip.",
        choices.zones(lambda value: taps.Setup("topics", value).encode(), chosen, now),
    )


def ask_topics(bank: Bank, chosen: list[str]) -> Screen:
    """Third step: about what."""
    done = (Button("✔️ Done", taps.Setup("done", "-").encode(), style="success"),)
    grid = choices.topics(lambda value: taps.Setup("topic", value).encode(), bank.topics, chosen)
    return Screen(
        "<b>What do you want to be asked about?</b>\n\n"
        "All topics is a good start; you can change it any time.",
        (done, *grid),
    )


def subscribed(subscription: Subscription, bank: Bank, now: datetime) -> Screen:
    """Confirm the daily question, with the moment of the next one."""
    return Screen(
        f"<b>Done.</b> {state(subscription, now)}\n{about_own(subscription, bank)}",
        (
            (Button("🎯 A question now", taps.Quiz("any").encode(), style="primary"),),
            (Button("⚙️ Settings", taps.Settings("main").encode()),),
        ),
    )


def subscribed_where(subscription: Subscription, now: datetime) -> Screen:
    """Confirm the daily question of someone who has not told their place: the clock is a guess."""
    grid = choices.zones(lambda value: taps.Wish("zone", value).encode(), subscription.time_zone, now)
    return Screen(
        f"<b>Done.</b> {state(subscription, now)}\n\n<b>Is that your clock?</b> If not, pick yours, "
        "or send me the name of your city.",
        grid,
    )


def about(subscription: Subscription, bank: Bank, *, level_there: bool) -> str:
    """Say which topics and level are asked, and that the level has no questions, if it has none."""
    names = [topic.title for topic in bank.topics if topic.slug in subscription.topics]
    topics = listing(names) if names else "all topics"
    said = f"Topics: {topics}, {subscription.level or 'any level'}."
    if subscription.level and not level_there:
        said += f" {no_level(subscription.level)}, so any level comes."
    return said


def about_own(subscription: Subscription, bank: Bank) -> str:
    """Say what is asked in a private chat."""
    there = has_level(bank, subscription.topics, subscription.level)
    return about(subscription, bank, level_there=there)


def state(subscription: Subscription, now: datetime) -> str:
    """Say in one or two sentences when the next question comes."""
    here = zones.known(subscription.time_zone)
    today = now.astimezone(here).date()
    if subscription.status == "paused":
        until = subscription.paused_until
        return (
            f"Your questions are paused until {day(until, today)}." if until else "Your questions are paused."
        )
    if subscription.next_due is None:
        return "You have no daily question at the moment."
    return f"{plan(subscription)} Next: <b>{moment(subscription.next_due, here, today)}</b>."


def plan(subscription: Subscription) -> str:
    """Say when the questions of an active subscription come."""
    where = f"{clock_time(subscription.minute)}, {zone(subscription.time_zone)} time"
    per_day = "A question comes" if subscription.per_day == 1 else f"{subscription.per_day} questions come"
    return f"{per_day} {weekdays(subscription.weekdays)} at {where}."


def moment(when: datetime, here: ZoneInfo, today: date) -> str:
    """Write a moment in the reader's own clock."""
    local = when.astimezone(here)
    return f"{day(local.date(), today)} at {local:%H:%M}"
