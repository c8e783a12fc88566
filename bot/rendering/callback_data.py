"""What a button sends back: encoded and parsed here and nowhere else.

Form: version, kind and values, joined by colons, at most 64 bytes: `1:rt:4711:3`. What comes in is
anyone's: every value is checked for its type here, for the presser's right by the handler.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar, Self

VERSION = "1"
LONGEST = 64
"""Bytes: the Bot API's limit for callback_data."""


class BadData(ValueError):
    """Callback data that this version did not make: forged, truncated or of another version."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A press: subclasses name the kind and the values."""

    kind: ClassVar[str]

    @classmethod
    def pattern(cls) -> str:
        """Give the regular expression that routes this kind."""
        return rf"^{VERSION}:{cls.kind}(:|$)"

    def encode(self) -> str:
        """Write the data of a button."""
        # Not `astuple`, which copies deeply: a broadcast does this a thousand times a second.
        names: tuple[str, ...] = self.__match_args__
        values = (str(getattr(self, name)) for name in names)
        data = ":".join([VERSION, self.kind, *values])
        if len(data.encode()) > LONGEST:
            raise ValueError(f"callback data is longer than {LONGEST} bytes: {data}")
        return data

    @classmethod
    def parse(cls, data: str | None) -> Self:
        """Read the data of a press.

        Raises:
            BadData: when it is not of this kind and version, or a value has the wrong form.
        """
        version, _, rest = (data or "").partition(":")
        kind, _, body = rest.partition(":")
        wanted = fields(cls)
        values = body.split(":", len(wanted) - 1) if wanted and body else []
        if version != VERSION or kind != cls.kind or len(values) != len(wanted):
            raise BadData(data)
        return cls(*(_typed(value, str(field.type)) for value, field in zip(values, wanted, strict=True)))


def _typed(value: str, kind: str) -> int | str:
    if kind == "str":
        return value
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise BadData(value)
    return int(value)


@dataclass(frozen=True, slots=True)
class Reveal(Tap):
    """Show answer."""

    kind = "rv"
    ask_id: int


@dataclass(frozen=True, slots=True)
class Hint(Tap):
    """Hint."""

    kind = "hi"
    ask_id: int


@dataclass(frozen=True, slots=True)
class Why(Tap):
    """Why this question?"""

    kind = "wy"
    ask_id: int


@dataclass(frozen=True, slots=True)
class Deeper(Tap):
    """Follow-ups: what an interviewer may ask next."""

    kind = "fu"
    ask_id: int


@dataclass(frozen=True, slots=True)
class Rate(Tap):
    """Got it, Missed and their finer kin; `rating` is 1 to 4."""

    kind = "rt"
    ask_id: int
    rating: int


@dataclass(frozen=True, slots=True)
class Change(Tap):
    """Change rating."""

    kind = "ch"
    ask_id: int


@dataclass(frozen=True, slots=True)
class Keep(Tap):
    """Leave the rating as it is."""

    kind = "kp"
    ask_id: int


@dataclass(frozen=True, slots=True)
class Next(Tap):
    """Next question, after an ask."""

    kind = "nx"
    ask_id: int


@dataclass(frozen=True, slots=True)
class Try(Tap):
    """Try one question before deciding anything."""

    kind = "try"


@dataclass(frozen=True, slots=True)
class Quiz(Tap):
    """Start a practice: a topic's slug, or `any`, `missed`, `weak`."""

    kind = "qz"
    choice: str


@dataclass(frozen=True, slots=True)
class Setup(Tap):
    """A step of the welcome: the step to show next and the value just chosen (`-` for none)."""

    kind = "su"
    step: str
    value: str


@dataclass(frozen=True, slots=True)
class Settings(Tap):
    """Open a page of the settings."""

    kind = "st"
    page: str


@dataclass(frozen=True, slots=True)
class Wish(Tap):
    """Change one wish to a value, and show the page again."""

    kind = "wi"
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Pause(Tap):
    """Pause for so many days; 0 until told."""

    kind = "pa"
    days: int


@dataclass(frozen=True, slots=True)
class Resume(Tap):
    """Go on after a pause or an end."""

    kind = "re"


@dataclass(frozen=True, slots=True)
class Unsubscribe(Tap):
    """Stop the daily question."""

    kind = "un"


@dataclass(frozen=True, slots=True)
class Place(Tap):
    """A place that was meant by a misspelt one, with the time said beside it: `09:30 Europe/Berlin`."""

    kind = "pl"
    words: str


@dataclass(frozen=True, slots=True)
class Correct(Tap):
    """The rating that was meant, after *Change rating*."""

    kind = "co"
    ask_id: int
    rating: int


@dataclass(frozen=True, slots=True)
class QuizMe(Tap):
    """Show a question's four options."""

    kind = "qm"
    ask_id: int


@dataclass(frozen=True, slots=True)
class Choose(Tap):
    """Choose an option by its place, from 0, in the order in which it was shown."""

    kind = "op"
    ask_id: int
    place: int


@dataclass(frozen=True, slots=True)
class Interview(Tap):
    """Set the interview so many days ahead; 0 forgets it."""

    kind = "iv"
    days: int


@dataclass(frozen=True, slots=True)
class Stats(Tap):
    """Show progress: `all`, a topic's slug, or `dark` and `light` for the picture's colours."""

    kind = "sx"
    view: str


@dataclass(frozen=True, slots=True)
class GameOpen(Tap):
    """Open a group's game: a topic's slug, or `any`."""

    kind = "go"
    choice: str


@dataclass(frozen=True, slots=True)
class GameJoin(Tap):
    """I'm in."""

    kind = "gj"
    quiz_id: int


@dataclass(frozen=True, slots=True)
class GameStart(Tap):
    """Start the rounds, or go on after a pause."""

    kind = "gs"
    quiz_id: int


@dataclass(frozen=True, slots=True)
class GameWish(Tap):
    """Change a wish of the lobby."""

    kind = "gw"
    quiz_id: int
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class GameStop(Tap):
    """End the game."""

    kind = "gx"
    quiz_id: int


@dataclass(frozen=True, slots=True)
class GameAgain(Tap):
    """Play another one of the kind."""

    kind = "ga"
    quiz_id: int


@dataclass(frozen=True, slots=True)
class GameAnswer(Tap):
    """An option of a round that is played with buttons: its place as shown, from 0."""

    kind = "gb"
    round_id: int
    place: int


@dataclass(frozen=True, slots=True)
class GroupBoard(Tap):
    """Show the board of a span: week, month or all."""

    kind = "lb"
    span: str


@dataclass(frozen=True, slots=True)
class GroupMe(Tap):
    """Turn an own wish about a group over: hidden or counted."""

    kind = "me"
    name: str


@dataclass(frozen=True, slots=True)
class GroupWish(Tap):
    """Change a wish of the group, by an admin."""

    kind = "gp"
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class GroupReveal(Tap):
    """Show one member the answer of a round's card."""

    kind = "gv"
    round_id: int


@dataclass(frozen=True, slots=True)
class GroupRate(Tap):
    """One member's rating of a round's card: 1 got it, 0 missed."""

    kind = "gr"
    round_id: int
    known: int
