"""The settings: one message, a page per wish."""

from __future__ import annotations

from datetime import datetime

from bot.bank import Bank
from bot.db.tables import Subscription, User
from bot.rendering import callback_data as taps
from bot.rendering import choices
from bot.rendering.screen import Button, Keyboard, Screen
from bot.rendering.setup import about_own, state
from bot.rendering.words import capital, clock_time, weekdays, zone

PAGES = ("main", "time", "zone", "days", "per_day", "topics", "level", "pause", "more")
PAUSES = ((1, "1 day"), (3, "3 days"), (7, "a week"), (14, "two weeks"), (0, "until I say"))
BACK = (Button("↩️ Back", taps.Settings("main").encode()),)


def page(name: str, subscription: Subscription, bank: Bank, now: datetime) -> Screen:
    """Show a page of the settings; an unknown name shows the first."""
    if name == "main" or name not in PAGES:
        return _main(subscription, bank, now)
    text, grid = _one(name, subscription, bank, now)
    return Screen(text, (*grid, BACK))


def _main(subscription: Subscription, bank: Bank, now: datetime) -> Screen:
    def to(label: str, name: str) -> Button:
        return Button(label, taps.Settings(name).encode())

    count = len(subscription.topics)
    if subscription.status != "active":
        switch = [Button("▶️ Resume", taps.Resume().encode(), style="success")]
    else:
        switch = [to("⏸ Pause", "pause"), Button("🔕 Unsubscribe", taps.Unsubscribe().encode())]
    return Screen(
        f"<b>Settings</b>\n\n{state(subscription, now)}\n{about_own(subscription, bank)}",
        (
            (
                to(f"⏰ {clock_time(subscription.minute)}", "time"),
                to(f"🌍 {zone(subscription.time_zone)}", "zone"),
            ),
            (
                to(f"📅 {capital(weekdays(subscription.weekdays))}", "days"),
                to(f"🔢 {subscription.per_day} a day", "per_day"),
            ),
            (
                to(
                    f"🗂 {f'{count} topics' if count > 1 else 'One topic' if count else 'All topics'}",
                    "topics",
                ),
                to(f"🎓 {(subscription.level or 'any level').capitalize()}", "level"),
            ),
            tuple(switch),
            (to("🎛 More", "more"),),
        ),
    )


def more(user: User) -> Screen:
    """Show the wishes about the bot itself."""
    switches = (
        ("four", "Four rating buttons", user.four_buttons),
        ("summary", "Weekly summary", user.weekly_summary),
        ("dark", "Dark pictures", user.dark),
    )
    rows = tuple(
        (Button(f"{'✅' if on else '⬜️'} {label}", taps.Wish(name, "off" if on else "on").encode()),)
        for name, label, on in switches
    )
    return Screen(
        "<b>More</b>\n\nFour buttons are <i>Missed</i>, <i>Hard</i>, <i>Got it</i> and <i>Easy</i>. "
        "The summary comes on the evening of your week's last day.",
        (*rows, BACK),
    )


def _one(name: str, subscription: Subscription, bank: Bank, now: datetime) -> tuple[str, Keyboard]:
    def wish(value: str) -> str:
        return taps.Wish(name, value).encode()

    match name:
        case "time":
            text = "Pick a time, or send me one, such as <code>7:45</code>."
            title = "<b>When should your question come?</b>"
            return f"{title}\n\n{text}", choices.times(wish, subscription.minute)
        case "zone":
            text = (
                "<b>Which clock is yours?</b>\n\nNot there? Send me your city, or what your clock shows now."
            )
            return text, choices.zones(wish, subscription.time_zone, now)
        case "days":
            return "<b>On which days?</b>", choices.days(wish, subscription.weekdays)
        case "per_day":
            text = (
                "<b>How many questions a day?</b>\n\nThe first comes by itself, "
                "the others when you press <i>Next question</i>."
            )
            return text, choices.numbers(wish, 10, subscription.per_day)
        case "topics":
            return "<b>Which topics?</b>", choices.topics(wish, bank.topics, subscription.topics)
        case "level":
            return "<b>Which level?</b>", choices.levels(wish, subscription.level)
        case _:
            buttons = [Button(label.capitalize(), taps.Pause(days).encode()) for days, label in PAUSES]
            return "<b>Pause for how long?</b>", (tuple(buttons[:2]), tuple(buttons[2:4]), tuple(buttons[4:]))
