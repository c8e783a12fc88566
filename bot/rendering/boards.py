"""A group's board on the screen."""

from __future__ import annotations

from bot.rendering import callback_data as taps
from bot.rendering.games import MEDALS, person
from bot.rendering.screen import Button, Screen
from bot.services.boards import Board
from bot.services.scores import places

TITLES = {"week": "This week", "month": "This month", "all": "All time", "last": "Last week"}
SHORT = {"week": "Week", "month": "Month", "all": "All time"}
HIDDEN = "Your name is hidden here from now on; your points stay."
SHOWN = "Your name is shown here again."
COUNTED = (
    "Your weak topics are counted from now on, together with others'. Once three of you agree, the daily "
    "question goes where you are weak as a group. Nobody's own numbers are shown."
)
NOT_COUNTED = "Your weak topics are no longer counted."


def board(found: Board) -> Screen:
    """Show who has how many points; equals share a place."""
    lines = [f"🏆 <b>{TITLES[found.span]}</b>", ""]
    points = [one.points for one in found.totals]
    for place, one in zip(places(points), found.totals, strict=True):
        lines.append(f"{MEDALS.get(place, f'{place}.')} {person(one.name)}: <b>{one.points}</b>")
    if not found.totals:
        lines.append("No points yet. /quiz brings some.")
    if found.span == "last":
        return Screen("\n".join(lines))
    lines += ["", "<i>A question counts once a day.</i>"]
    spans = tuple(
        Button(f"• {label}" if span == found.span else label, taps.GroupBoard(span).encode())
        for span, label in SHORT.items()
    )
    mine = (
        Button("🙈 Hide or show my name", taps.GroupMe("hidden").encode()),
        Button("🎯 Count my weak topics", taps.GroupMe("counted").encode()),
    )
    return Screen("\n".join(lines), (spans, *((one,) for one in mine)))


def span_unknown(words: str) -> Screen:
    """Tell which spans there are; `words` is escaped."""
    return Screen(f"I keep boards for week, month and all, not for {words}.\n<code>/leaderboard month</code>")
