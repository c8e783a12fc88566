"""The week's summary."""

from __future__ import annotations

from html import escape

from bot.rendering import callback_data as taps
from bot.rendering.screen import Button, Screen
from bot.rendering.words import count
from bot.services.progress import Progress, Week


def week(progress: Progress, figures: Week) -> Screen:
    """Sum up seven days in four lines."""
    weakest = next((one for one in progress.topics if one.answers), None)
    lines = [
        "📬 <b>Your week</b>",
        "",
        f"🎯 {count(figures.answers, 'answer')} on {count(figures.days, 'day')}, "
        f"{figures.known / figures.answers:.0%} known",
        f"🔥 {count(progress.streak, 'day')} in a row",
        f"📈 You would probably answer about {progress.readiness.share:.0%} of your topics' questions",
    ]
    if weakest is not None:
        lines.append(f"🧭 Most to gain: {escape(weakest.title, quote=False)}")
    if progress.interview_on is not None:
        left = (progress.interview_on - progress.today).days
        lines.append(f"📅 {count(left, 'day')} to your interview")
    lines += ["", "<i>/settings switches this message off.</i>"]
    row = (
        Button("🎯 Practise the weakest", taps.Quiz("weak").encode(), style="primary"),
        Button("📊 Stats", taps.Stats("all").encode()),
    )
    return Screen("\n".join(lines), (row,))
