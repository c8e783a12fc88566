"""How someone is doing, in numbers: what /stats shows and its picture draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Strength:
    """One topic: the share of its questions that the user would probably answer, with its range (0 to 1)."""

    topic: str
    title: str
    share: float
    low: float
    high: float
    answers: int
    seen: int
    total: int


@dataclass(frozen=True, slots=True)
class Point:
    """Readiness on a local date, with its range (0 to 1)."""

    day: date
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything that the picture shows; equal values make the same picture.

    `days` counts the answers of each local date with any, in the last 371 days; `forecast` the questions
    that may return on each of the next 14 dates; `topics` is weakest first; `course` is oldest first.
    """

    today: date
    streak: int
    longest: int
    answers: int
    known: int
    waiting: int
    readiness: Point
    topics: tuple[Strength, ...]
    days: tuple[tuple[date, int], ...]
    rests: tuple[tuple[date, date], ...]
    """Spans of paused dates, the second one excluded."""
    course: tuple[Point, ...]
    forecast: tuple[tuple[date, int], ...]
    interview_on: date | None
