"""Delivery's figures for Prometheus."""

from __future__ import annotations

from collections.abc import Iterator

from bot.api.sending import Outcome
from bot.delivery import Tally
from bot.web.metrics import Sample


def delivery_samples(tally: Tally, *, on_duty: bool = True) -> Iterator[Sample]:
    """Tell how delivery is doing; every outcome has its line from the start, so that a rate can be seen.

    Args:
        on_duty: whether this process delivers; the queue of one that no longer does is another's.
    """
    for outcome in Outcome:
        yield Sample(
            "gotit_sends_total",
            tally.outcomes[outcome],
            "Tries to send a scheduled question, by what became of them.",
            "counter",
            {"outcome": outcome},
        )
    yield Sample(
        "gotit_days_missed_total", tally.missed, "Days that were over before their question.", "counter"
    )
    yield Sample(
        "gotit_deliveries_skipped_total",
        tally.skipped,
        "Deliveries that ended unsent: the day was over, or there was no question.",
        "counter",
    )
    yield Sample(
        "gotit_delivery_queue", tally.queue if on_duty else 0, "Deliveries due and not sent, as last counted."
    )
    yield Sample(
        "gotit_delivery_lag_seconds",
        tally.lag if on_duty else 0,
        "How late the last question was, or the one that waits longest is by now; 0 when none is due.",
    )
    yield Sample("gotit_delivery_away", tally.away and on_duty, "1 while Telegram does not answer.")
