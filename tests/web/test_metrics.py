"""The figures: who may see them, and that Prometheus can read them."""

from __future__ import annotations

import asyncio
import re

import aiohttp
import pytest

from bot.api.errors import UnavailableError
from bot.api.in_order import InOrder
from bot.api.limiter import Limiter
from bot.api.lines import Lane
from bot.web.application import application, serve
from bot.web.health import Health
from bot.web.metrics import CONTENT_TYPE, Histogram, Metrics, Sample, counted, edge_samples, expose
from tests.api.fake_telegram import update
from tests.api.virtual_time import settle

LINE = re.compile(r'^[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-z]+="(\\.|[^"\\])*",?)+\})? (NaN|[+-]?(Inf|[0-9.e+-]+))$')


async def ask(metrics: Metrics, authorization: str | None = None) -> tuple[int, str, str]:
    headers = {} if authorization is None else {"Authorization": authorization}
    app = application(Health({}), metrics)
    async with (
        serve(app, "127.0.0.1", 0) as port,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/metrics", headers=headers) as answer,
    ):
        return answer.status, await answer.text(), answer.headers.get("Content-Type", "")


def one() -> list[Sample]:
    return [Sample("gotit_lag_seconds", 1.5, "How late.")]


async def test_open_on_loopback() -> None:
    status, text, kind = await ask(Metrics([one]))
    assert (status, kind) == (200, CONTENT_TYPE)
    assert (
        text == "# HELP gotit_lag_seconds How late.\n# TYPE gotit_lag_seconds gauge\ngotit_lag_seconds 1.5\n"
    )


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (None, 401),
        ("", 401),
        ("Bearer wrong", 401),
        ("Bearer t0ken ", 200),  # a header's blanks at its end are not part of it
        ("bearer t0ken", 401),
        ("Basic t0ken", 401),
        ("Bearer t0kén", 401),
        ("Bearer t0ken", 200),
    ],
)
async def test_with_a_token(given: str | None, status: int) -> None:
    assert (await ask(Metrics([one], token="t0ken"), given))[0] == status


@pytest.mark.parametrize("given", [None, "Bearer None", "Bearer "])
async def test_hidden(given: str | None) -> None:
    assert (await ask(Metrics([one], is_hidden=True), given))[0] == 404


def test_families_stand_together_under_one_head() -> None:
    samples = [
        Sample("b_total", 1, "B.", "counter", {"of": "x"}),
        Sample("a", 2, "A."),
        Sample("b_total", 3, "B.", "counter", {"of": 'quote " backslash \\ line\nbreak'}),
    ]
    assert expose(samples) == (
        "# HELP a A.\n# TYPE a gauge\na 2\n"
        '# HELP b_total B.\n# TYPE b_total counter\nb_total{of="x"} 1\n'
        'b_total{of="quote \\" backslash \\\\ line\\nbreak"} 3\n'
    )


def test_a_histogram_cumulates() -> None:
    histogram = Histogram("gotit_handler_seconds", "Time of a handler.", (0.1, 1.0))
    for seconds in (0.05, 0.1, 0.5, 7.0):
        histogram.observe(seconds)
    assert expose(histogram()).splitlines() == [
        "# HELP gotit_handler_seconds Time of a handler.",
        "# TYPE gotit_handler_seconds histogram",
        'gotit_handler_seconds_bucket{le="0.1"} 2',
        'gotit_handler_seconds_bucket{le="1.0"} 3',
        'gotit_handler_seconds_bucket{le="+Inf"} 4',
        "gotit_handler_seconds_sum 7.65",
        "gotit_handler_seconds_count 4",
    ]


def test_nothing_is_an_empty_page() -> None:
    assert expose([]) == ""


async def test_the_edges_own_figures() -> None:
    async def work_off(what: object) -> None:
        if what is back:
            raise UnavailableError("away")

    good, back = update(1, 5), update(2, 6)
    limiter, lanes = Limiter(), InOrder(work_off)  # type: ignore[arg-type]  # it takes any update
    await limiter.acquire(5, Lane.ANSWER)
    await limiter.acquire(6, Lane.BROADCAST)
    limiter.hold(7, 5)
    waiting = asyncio.create_task(limiter.acquire(7, Lane.BROADCAST))
    await settle()
    await lanes.settle(good)
    await lanes.settle(back)
    text = expose(edge_samples(limiter, lanes))
    waiting.cancel()
    for line in (
        'gotit_turns_total{lane="answer"} 1',
        'gotit_turns_total{lane="broadcast"} 1',
        'gotit_waiting{lane="broadcast"} 1',
        'gotit_holds_total{of="chat"} 1',
        'gotit_updates_total{ending="done"} 1',
        'gotit_updates_total{ending="sent_back"} 1',
        "gotit_updates_inside 0",
    ):
        assert line in text.splitlines()
    assert all(LINE.match(line) for line in text.splitlines() if not line.startswith("#"))


def test_a_counters_keys_become_labels() -> None:
    text = expose(counted("gotit_webhook_calls_total", "Calls.", "ending", {"worked_off": 3}))
    assert text.endswith('gotit_webhook_calls_total{ending="worked_off"} 3\n')
