"""The interview's date: setting it, the evening before, the day after."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape

from bot.rendering import callback_data as taps
from bot.rendering.screen import Button, Screen
from bot.rendering.words import count, day, echo, listing
from bot.services.interviews import BadDate
from bot.services.progress import Progress, Strength

SPANS = ((14, "In 2 weeks"), (30, "In 1 month"), (90, "In 3 months"))


def _example(today: date) -> str:
    """Show how a date is written, with one that lies ahead."""
    return f"For example: <code>/interview {today + timedelta(days=60)}</code>"


def ask(interview_on: date | None, today: date) -> Screen:
    """Show the date that is set, and offer others."""
    row = tuple(Button(label, taps.Interview(days).encode()) for days, label in SPANS)
    if interview_on is None:
        return Screen(
            "<b>When is your interview?</b>\n\nAs it comes near I ask more of what you missed, and sooner. "
            f"Pick a span, or send the date.\n{_example(today)}",
            (row,),
        )
    left = count((interview_on - today).days, "day")
    off = (Button("🗑 Forget the date", taps.Interview(0).encode()),)
    return Screen(
        f"Your interview is on <b>{day(interview_on, today)}</b>: {left} to go.\n{_example(today)}",
        (row, off),
    )


def is_set(interview_on: date, today: date) -> Screen:
    """Confirm a date."""
    left = (interview_on - today).days
    tail = (
        "Tomorrow! Look at /quiz missed once more, then rest. Good luck."
        if left == 1
        else "In the last days before it, more of what you missed comes back, and sooner. "
        "The evening before I send you what to look at last."
    )
    return Screen(f"<b>{day(interview_on, today)}: {count(left, 'day')} to go.</b> {tail}")


def forgotten() -> Screen:
    """Confirm that there is no date any more."""
    return Screen("No interview date any more. Everything goes on as before; /interview sets a new one.")


def refused(fault: BadDate, today: date) -> Screen:
    """Say what is wrong with a date."""
    why = {
        "form": f"I do not read {echo(fault.words)} as a date. Write it as year, month and day.",
        "past": f"{echo(fault.words)} is over. Is it the right year?",
        "today": "That is today, too late for a plan. /quiz missed is the best last look. Good luck!",
        "far": f"{echo(fault.words)} is more than two years ahead. Set it when it is nearer.",
    }[fault.why]
    return Screen(f"{why}\n{_example(today)}")


def eve(progress: Progress) -> Screen:
    """One calm message on the evening before."""
    weak = [strength for strength in progress.topics if strength.answers][:3]
    look = f"If you look at anything, look at {listing([_name(one) for one in weak])}. " if weak else ""
    return Screen(
        "🌙 <b>Tomorrow is your interview.</b>\n\n"
        f"{look}You would probably answer about {progress.readiness.share:.0%} of your topics' questions, "
        "and an interview asks for how you think, not for all of them. Sleep well.",
        ((Button("🔁 What I missed", taps.Quiz("missed").encode(), style="primary"),),),
    )


def after() -> Screen:
    """A friendly question on the day after; things go back to normal."""
    return Screen(
        "👋 <b>How was it?</b> I hope it went well. I go back to the usual pace now. "
        "Another date? Just tell me: /interview."
    )


def _name(strength: Strength) -> str:
    return f"<b>{escape(strength.title, quote=False)}</b>"
