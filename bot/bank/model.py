"""What the bank holds: topics and questions, as frozen values without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """How deep a question goes: knows the term, chooses between two ways, knows where it breaks."""

    JUNIOR = "junior"
    MIDDLE = "middle"
    SENIOR = "senior"


class Kind(StrEnum):
    """What a question asks for: an explanation, a prediction, a decision, a sketch."""

    CONCEPT = "concept"
    CODE = "code"
    SCENARIO = "scenario"
    DESIGN = "design"


class Status(StrEnum):
    """How far an entry has come; only `PUBLISHED` is sent."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of the bank; `slug` is its folder, `aliases` are other words for it."""

    slug: str
    title: str
    emoji: str
    scope: str
    aliases: tuple[str, ...] = ()
    seed_section: int | None = None
    rests_on: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Emoji and title, as buttons and cards show them."""
        return f"{self.emoji} {self.title}"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a quiz: plain text, and for a wrong one why it is wrong (Telegram HTML)."""

    text: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A four-option quiz, the right option first; `explanation` is Telegram HTML.

    `snippet` is the bare code, `snippet_html` the same as a `pre` block; both None without one.
    """

    snippet_html: str | None
    snippet: str | None
    language: str | None
    stem: str
    options: tuple[Option, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that an interviewer asks next, and the gist of its answer (Telegram HTML)."""

    question: str
    gist: str


@dataclass(frozen=True, slots=True)
class Source:
    """A page that the entry was checked against; `title` and `version` are plain text."""

    title: str
    url: str
    version: str


@dataclass(frozen=True, slots=True)
class Question:
    """One entry. `prompt` and `hint` are plain text; `answer` and `key_points` are Telegram HTML.

    `content_hash` changes exactly when a reader would see other words.
    """

    id: str
    topic: str
    also: tuple[str, ...]
    level: Level
    kind: Kind
    tags: tuple[str, ...]
    seed: str | None
    since: Mapping[str, str]
    versions: Mapping[str, str]
    checked: date
    status: Status
    reviewed_by: str | None
    aliases: tuple[str, ...]
    replaced_by: str | None
    prompt: str
    hint: str
    answer: str
    key_points: tuple[str, ...]
    choice: Choice | None
    follow_ups: tuple[FollowUp, ...]
    sources: tuple[Source, ...]
    content_hash: str
