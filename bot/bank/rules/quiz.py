"""E15 to W21: a quiz that knowledge answers, and guessing does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.bank.draft import Draft, Quiz
from bot.bank.markup import utf16
from bot.bank.mistakes import Finding, Place, RuleGroup
from bot.bank.registers import Registers

quiz = RuleGroup()

SHARE = 0.35
"""Most right options that may be the longest, or the shortest; chance alone gives 0.25."""
ENOUGH = 20
"""Quizzes below which such a share says nothing."""
RATIO = 1.6
"""Longest option to shortest option; beyond it the eye chooses."""
OVERLAP = 0.7
"""Share of the explanation's words that may come from the right option."""

_WAYS_OUT = re.compile(
    r"\b(all|none|any|both|neither) of (the )?(above|these|them)\b|\bboth [a-d] and [a-d]\b|\bit depends\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"\b(not|except|incorrect)\b", re.IGNORECASE)
_ABSOLUTE = re.compile(r"\b(always|never|only|any|all)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+(?:['’_.-][a-z0-9]+)*")
_LINK = re.compile(r"an?|and|are|as|at|be|by|for|from|in|is|its?|of|on|or|so|that|then?|this|to|with")


def words_of(text: str) -> list[str]:
    """Split text into lower-case words."""
    return _WORD.findall(text.lower())


@quiz.entry("E15", mend="four different answers, each of which somebody believes")
def options_differ(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """Options are distinct, and none is a way out such as "all of the above"."""
    seen: set[str] = set()
    for option in draft.quiz.options if draft.quiz else ():
        normal = " ".join(re.findall(r"\w+|[^\w\s]", option.text.lower()))
        if normal in seen:
            yield Finding(option.number, f"twice: {option.text!r}")
        seen.add(normal)
        if found := _WAYS_OUT.search(option.text):
            yield Finding(option.number, f"a way out: {found[0]!r}")


@quiz.entry("W16", mend="cut it, or give a wrong option the length")
def right_is_not_longest(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """The right option is not the longest one."""
    if extreme_of(draft.quiz) == "longest":
        yield Finding(draft.quiz.options[0].number if draft.quiz else 1, "the right option is the longest")


@quiz.bank("E16b", mend=f"at most {SHARE:.0%} of all quizzes; W16 lists the long ones")
def right_is_seldom_extreme(drafts: list[Draft], registers: Registers) -> Iterator[Place]:
    """Over the bank, the right option is seldom the longest, and seldom the shortest."""
    extremes = [extreme_of(draft.quiz) for draft in drafts if draft.quiz and len(draft.quiz.options) > 1]
    for extreme in ("longest", "shortest"):
        count = extremes.count(extreme)
        if len(extremes) >= ENOUGH and count > SHARE * len(extremes):
            message = f"the right option is the {extreme} in {count} of {len(extremes)} quizzes"
            yield Place(registers.file("questions"), Finding(1, message))


@quiz.entry("W17", mend=f"the longest at most {RATIO} times the shortest")
def options_are_alike_in_length(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """Options are alike in length."""
    sizes = _sizes(draft.quiz)
    if draft.quiz and sizes and max(sizes) > RATIO * min(sizes):
        yield Finding(draft.quiz.options[0].number, f"options of {min(sizes)} to {max(sizes)} characters")


@quiz.entry("W18", mend="ask for what is so")
def stem_is_positive(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """The stem asks without "not", "except" or "incorrect"."""
    if draft.quiz and (found := _NEGATIVE.search(draft.quiz.stem.text)):
        yield Finding(draft.quiz.stem.number, f"{found[0]!r} in the stem")


@quiz.entry("W19", mend="say it without, or use such words in the right option too")
def absolutes_give_nothing_away(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """Absolute words do not mark the wrong options alone."""
    if not draft.quiz or any(option.right and _ABSOLUTE.search(option.text) for option in draft.quiz.options):
        return
    for option in draft.quiz.options:
        if found := _ABSOLUTE.search(option.text):
            yield Finding(option.number, f"{found[0]!r} in wrong options only")


@quiz.entry("W20", mend="use the word in a wrong option too, or in none")
def stem_gives_nothing_away(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """No long word links the stem with the right option alone."""
    if not draft.quiz:
        return
    stem = set(words_of(draft.quiz.stem.text))
    right = {word for option in draft.quiz.options if option.right for word in words_of(option.text)}
    wrong = {word for option in draft.quiz.options if not option.right for word in words_of(option.text)}
    if shared := sorted(word for word in stem & right - wrong if len(word) >= 6):
        yield Finding(draft.quiz.options[0].number, f"stem and right option alone share {', '.join(shared)}")


@quiz.entry("W21", mend="say why it is right, not that it is")
def explanation_adds_something(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """The explanation does more than repeat the right option."""
    if not draft.quiz or not draft.quiz.options:
        return
    right = set(words_of(draft.quiz.options[0].text))
    for explanation in draft.quiz.explanations:
        said = [word for word in words_of(explanation.rich.text) if not _LINK.fullmatch(word)]
        if said and sum(word in right for word in said) > OVERLAP * len(said):
            yield Finding(explanation.number, "the explanation repeats the right option")


def extreme_of(quiz: Quiz | None) -> str | None:
    """Say whether the right option is longer, or shorter, than every other one."""
    sizes = _sizes(quiz)
    if len(sizes) < 2:
        return None
    right, wrong = sizes[0], sizes[1:]
    return "longest" if right > max(wrong) else "shortest" if right < min(wrong) else None


def _sizes(quiz: Quiz | None) -> list[int]:
    """Give the lengths of the options, the right one first."""
    options = sorted(quiz.options, key=lambda option: not option.right) if quiz else []
    return [utf16(option.text) for option in options if option.text]
