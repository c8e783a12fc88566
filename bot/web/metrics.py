"""Figures for Prometheus, in its text format, read from their owners at the moment of asking.

Whoever counts keeps plain numbers and knows nothing of Prometheus; a source turns them into
samples. Format: https://prometheus.io/docs/instrumenting/exposition_formats/ (version 0.0.4).
"""

from __future__ import annotations

import hmac
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from aiohttp import web

from bot.api.in_order import InOrder
from bot.api.limiter import Limiter
from bot.api.lines import Lane

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Bounds of a histogram of times, when nothing else is asked for."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One number.

    name: in Prometheus' form, with the unit; a counter's ends with `_total`.
    family: the name that `kind` and `explanation` belong to, if it is another (histograms).
    """

    name: str
    value: float
    explanation: str
    kind: Literal["counter", "gauge", "histogram"] = "gauge"
    labels: Mapping[str, str] = field(default_factory=dict)
    family: str = ""


Source = Callable[[], Iterable[Sample]]


class Histogram:
    """Counts durations by size; itself a Source.

    name, explanation: of the family.
    bounds: upper ends in seconds, rising.
    """

    def __init__(self, name: str, explanation: str, bounds: Sequence[float] = SECONDS) -> None:
        self._name = name
        self._explanation = explanation
        self._bounds = tuple(bounds)
        self._counts = [0] * (len(self._bounds) + 1)
        self._sum = 0.0

    def observe(self, seconds: float) -> None:
        """Count one."""
        self._counts[bisect_left(self._bounds, seconds)] += 1
        self._sum += seconds

    def __call__(self) -> Iterator[Sample]:
        """Yield the cumulated buckets, the sum and the count."""
        total = 0
        for bound, count in zip((*map(str, self._bounds), "+Inf"), self._counts, strict=True):
            total += count
            yield self._sample("_bucket", total, {"le": bound})
        yield self._sample("_sum", self._sum, {})
        yield self._sample("_count", total, {})

    def _sample(self, ending: str, value: float, labels: Mapping[str, str]) -> Sample:
        return Sample(self._name + ending, value, self._explanation, "histogram", labels, self._name)


class Metrics:
    """Answers Prometheus.

    sources: whom to ask.
    token: must be given as `Authorization: Bearer …`; None asks for none.
    is_hidden: answer 404 to everyone (a public address without a token).
    """

    def __init__(
        self, sources: Iterable[Source], *, token: str | None = None, is_hidden: bool = False
    ) -> None:
        self._sources = list(sources)
        self._expected = None if token is None else f"Bearer {token}".encode()
        self._is_hidden = is_hidden

    async def show(self, request: web.Request) -> web.Response:
        """Give the figures to whoever may see them."""
        if self._is_hidden:
            return web.Response(status=404)
        given = request.headers.get("Authorization", "").encode(errors="surrogateescape")
        if self._expected is not None and not hmac.compare_digest(given, self._expected):
            return web.Response(status=401, headers={"WWW-Authenticate": "Bearer"})
        text = expose(sample for source in self._sources for sample in source())
        return web.Response(body=text.encode(), headers={"Content-Type": CONTENT_TYPE})


def expose(samples: Iterable[Sample]) -> str:
    """Write samples down, each family under its head."""
    lines = []
    in_order = sorted(samples, key=_family)
    for family, members in groupby(in_order, key=_family):
        of_family = list(members)
        lines.append(f"# HELP {family} {_escaped(of_family[0].explanation)}")
        lines.append(f"# TYPE {family} {of_family[0].kind}")
        lines += [f"{sample.name}{_labels(sample.labels)} {_number(sample.value)}" for sample in of_family]
    return "".join(f"{line}\n" for line in lines)


def edge_samples(limiter: Limiter, lanes: InOrder) -> Iterator[Sample]:
    """Tell how the limiter and the updates are doing."""
    tally = limiter.tally
    for lane in Lane:
        labels = {"lane": lane.name.lower()}
        yield Sample("gotit_turns_total", tally.granted[lane], "Messages let through.", "counter", labels)
        yield Sample(
            "gotit_turn_wait_seconds_total",
            tally.waited_seconds[lane],
            "Time that messages waited for their turn.",
            "counter",
            labels,
        )
        yield Sample("gotit_waiting", limiter.waiting(lane), "Messages that wait now.", labels=labels)
    yield Sample("gotit_turns_given_up_total", tally.gave_up, "Answers that waited too long.", "counter")
    for who, holds in (("chat", tally.holds_of_a_chat), ("all", tally.holds_of_all)):
        yield Sample("gotit_holds_total", holds, "Times that Telegram asked to wait.", "counter", {"of": who})
    yield Sample("gotit_updates_inside", lanes.inside, "Updates in work or waiting.")
    worked = lanes.worked
    for ending in ("done", "failed", "sent_back", "unreadable"):
        yield Sample(
            "gotit_updates_total",
            getattr(worked, ending),
            "Updates by ending.",
            "counter",
            {"ending": ending},
        )


def counted(
    name: str, explanation: str, label: str, counts: Mapping[str, int], keys: Iterable[str] = ()
) -> Iterator[Sample]:
    """Turn a Counter into samples; `keys` have theirs from the start, so that a rate can be seen."""
    for key, count in {**dict.fromkeys(keys, 0), **counts}.items():
        yield Sample(name, count, explanation, "counter", {label: key})


def _family(sample: Sample) -> str:
    return sample.family or sample.name


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    pairs = (
        f'{name}="{_escaped(value).replace(chr(34), chr(92) + chr(34))}"' for name, value in labels.items()
    )
    return "{" + ",".join(pairs) + "}"


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))
