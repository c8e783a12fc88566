"""A group's daily question and settings on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.bank import Bank
from bot.db.group_tables import Group
from bot.db.tables import Subscription
from bot.rendering import callback_data as taps
from bot.rendering import choices
from bot.rendering.faults import wish as misread
from bot.rendering.screen import Button, Keyboard, Screen
from bot.rendering.setup import about, state
from bot.rendering.words import capital, clock_time, weekdays, zone
from bot.services.group_daily import FEWEST, has_level, is_at_night
from bot.services.wishes import NotUnderstood
from bot.services.zones import Place

EXAMPLE = "For example: <code>/subscribe 10:00 Europe/Berlin</code>"
ADMINS_ONLY = "Only admins of this group can change that."


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a group wishes; `agreed` members let their weak topics be counted."""

    group: Group
    subscription: Subscription
    agreed: int


def subscribed(subscription: Subscription, now: datetime) -> Screen:
    """Confirm a group's daily question."""
    return Screen(
        f"<b>Done.</b> {state(subscription, now)}\nEveryone here can answer it through the day. "
        "/unsubscribe stops it, /settings has more.",
        ((Button("🎯 Count my weak topics", taps.GroupMe("counted").encode()),),),
    )


def unsubscribed(*, was: bool) -> Screen:
    """Confirm that it stops."""
    return Screen("No more daily questions here." if was else "This group has no daily question.")


def how() -> Screen:
    """Say how /subscribe is used in a group."""
    return Screen(
        f"Tell me the time and the place, and this group gets a question every day.\n{EXAMPLE}",
        ((_page("⚙️ By buttons", "main"),),),
    )


def not_understood(fault: NotUnderstood, near: Sequence[Place]) -> Screen:
    """Tell which part of a time and place made no sense; no buttons, which would be for one person."""
    text = misread(fault, []).text.split("\n")[0]
    names = " or ".join(f"<code>{place.zone}</code>" for place in near)
    return Screen(f"{text}{f' Perhaps {names}?' if names else ''}\n{EXAMPLE}")


def settings(page: str, wishes: Wishes, bank: Bank, now: datetime) -> Screen:
    """Show a page of a group's wishes, which only admins change; an unknown one shows the first."""
    subscription = wishes.subscription

    def wish(value: str) -> str:
        return taps.GroupWish(page, value).encode()

    match page:
        case "time":
            title = "Any other time: <code>/subscribe 7:45</code>"
            title, grid = f"<b>When?</b>\n\n{title}", choices.times(wish, subscription.minute)
        case "zone":
            title = "<b>Which clock is the group's?</b>\n\nAny other place: <code>/subscribe Lisbon</code>"
            grid = choices.zones(wish, subscription.time_zone, now)
        case "days":
            title, grid = "<b>On which days?</b>", choices.days(wish, subscription.weekdays)
        case "topics":
            title = f"<b>Which topics?</b>\n\n{_turns(wishes.agreed)}"
            grid = choices.topics(wish, bank.topics, subscription.topics)
        case "level":
            title, grid = "<b>Which level?</b>", choices.levels(wish, subscription.level)
        case _:
            return _main(wishes, bank, now)
    return Screen(title, (*grid, (_button("↩️ Back", "page", "main"),)))


def _main(wishes: Wishes, bank: Bank, now: datetime) -> Screen:
    group, subscription = wishes.group, wishes.subscription
    is_on = subscription.next_due is not None
    cards = group.mode == "card"
    lines = [
        "⚙️ <b>Settings of this group</b>",
        "",
        state(subscription, now).replace("You have", "This group has"),
    ]
    if is_on:
        there = has_level(bank, subscription.topics, subscription.level, group.mode)
        night = ", without a sound" if is_at_night(subscription.minute) else ""
        lines += [
            f"It comes as {'a card to talk about' if cards else 'a quiz'}{night}.",
            about(subscription, bank, level_there=there),
            _turns(wishes.agreed),
        ]
    lines += ["", f"The messages of a quiz are {'deleted when it is over' if group.tidies else 'kept'}."]
    if group.code_apart:
        lines += ["A question's code stands above its poll, for older apps."]
    rows = [*(_daily(group, subscription) if is_on else ()), _switch(is_on=is_on), *_quizzes(group)]
    if is_on:
        rows.append((Button("🎯 Count my weak topics", taps.GroupMe("counted").encode()),))
    return Screen("\n".join(lines), tuple(rows))


def _daily(group: Group, subscription: Subscription) -> Keyboard:
    chosen = len(subscription.topics)
    topics = f"{chosen} topics" if chosen > 1 else "One topic" if chosen else "All topics"
    mode = ("🗳 Daily as a quiz", "quiz") if group.mode == "card" else ("🃏 Daily as a card", "card")
    return (
        (
            _page(f"⏰ {clock_time(subscription.minute)}", "time"),
            _page(f"🌍 {zone(subscription.time_zone)}", "zone"),
        ),
        (
            _page(f"📅 {capital(weekdays(subscription.weekdays))}", "days"),
            _page(f"🗂 {topics}", "topics"),
        ),
        (
            _page(f"🎓 {(subscription.level or 'any level').capitalize()}", "level"),
            _button(mode[0], "mode", mode[1]),
        ),
    )


def _switch(*, is_on: bool) -> tuple[Button, ...]:
    if is_on:
        return (_button("⏹ No daily question", "daily", "off"),)
    return (_button("🔔 A daily question", "daily", "on", style="primary"),)


def _quizzes(group: Group) -> Keyboard:
    tidy = ("🗂 Keep quiz messages", "off") if group.tidies else ("🧹 Tidy up after a quiz", "on")
    code = ("⌨️ Code inside polls", "off") if group.code_apart else ("⌨️ Code above polls", "on")
    return ((_button(tidy[0], "tidies", tidy[1]), _button(code[0], "code", code[1])),)


def _turns(agreed: int) -> str:
    if agreed >= FEWEST:
        return f"The topic is where {agreed} of you who agreed to be counted are weak together."
    return (
        f"Topics take turns. Once {FEWEST} members agree to be counted ({agreed} so far), the question goes "
        "where they are weak together."
    )


def _page(label: str, name: str) -> Button:
    return _button(label, "page", name)


def _button(label: str, name: str, value: str, style: Literal["primary"] | None = None) -> Button:
    return Button(label, taps.GroupWish(name, value).encode(), style=style)
