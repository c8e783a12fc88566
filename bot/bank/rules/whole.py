"""E09 and E31 to W34: the bank against its plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.bank.draft import Draft
from bot.bank.mistakes import Finding, Place, RuleGroup
from bot.bank.model import Level, Status
from bot.bank.registers import Planned, Registers

whole = RuleGroup()

POINTS = 10
"""Percentage points by which a level's share may differ from the plan."""
ENOUGH = 10
"""Entries below which shares say nothing."""
WITH_CODE = {"orm": 0.6, "python": 0.6}
"""Largest share of entries without a code block, by topic."""


def live(drafts: Iterable[Draft]) -> list[Draft]:
    """Leave out what is retired."""
    return [draft for draft in drafts if draft.entry.word("status") != Status.RETIRED]


@whole.bank("E09", mend="each of the seed's questions has one entry, with its number in `seed`")
def seed_is_covered_once(drafts: list[Draft], registers: Registers) -> Iterator[Place]:
    """Every question of the seed document is covered by one entry, and by one only."""
    taken: dict[str, str] = {}
    for draft in live(drafts):
        number = draft.entry.word("seed")
        if not number or not registers.seeds:
            continue
        other = taken.setdefault(number, draft.entry.word("id"))
        fault = f"seed {number} is covered by {other} already" if other != draft.entry.word("id") else ""
        fault = f"the seed has no {number}" if number not in registers.seeds else fault
        if fault:
            yield Place(draft.entry.path, Finding(draft.entry.line_of("seed"), fault))
    for topic in registers.topics:
        missing = [
            line for line in registers.plan if line.topic == topic and line.seed and line.seed not in taken
        ]
        if missing:
            names = ", ".join(f"{line.seed} ({line.id})" for line in missing)
            message = f"{topic}: not covered of the seed: {names}"
            yield Place(registers.file("plan.tsv"), Finding(missing[0].line, message))


@whole.bank("E31", mend="write and publish them, or change data/plan.tsv")
def first_wave_is_published(drafts: list[Draft], registers: Registers) -> Iterator[Place]:
    """Every planned question of wave 1 is published."""
    published = {draft.entry.word("id") for draft in drafts if draft.entry.word("status") == Status.PUBLISHED}
    published |= {old for draft in drafts for old in draft.entry.words("aliases")}
    for topic in registers.topics:
        missing = [
            planned
            for planned in registers.plan
            if planned.topic == topic and planned.wave == 1 and planned.id not in published
        ]
        if missing:
            names = ", ".join(planned.id for planned in missing)
            message = f"{topic}: {len(missing)} of wave 1 not published: {names}"
            yield Place(registers.file("plan.tsv"), Finding(missing[0].line, message))


@whole.bank("W32", mend=f"write the levels that are short; within {POINTS} points of data/plan.tsv is fine")
def levels_are_mixed_as_planned(drafts: list[Draft], registers: Registers) -> Iterator[Place]:
    """The mix of levels is that of the plan, in the bank and in each topic."""
    entries = live(drafts)
    for topic in (None, *registers.topics):
        found = [draft.entry.word("level") for draft in entries if topic in (None, draft.entry.word("topic"))]
        planned = _plan_of_like_size(
            [line for line in registers.plan if topic in (None, line.topic)], len(found)
        )
        if len(found) < ENOUGH or not planned:
            continue
        for level in Level:
            share = 100 * found.count(level) / len(found)
            wanted = 100 * [line.level for line in planned].count(level) / len(planned)
            if abs(share - wanted) > POINTS:
                message = f"{topic or 'the bank'}: {share:.0f}% {level}, {wanted:.0f}% planned"
                yield Place(registers.file("plan.tsv"), Finding(planned[0].line, message))


def _plan_of_like_size(plan: list[Planned], size: int) -> list[Planned]:
    """Take the plan up to the wave at which it is nearest in size to what is written."""
    waves = [[line for line in plan if line.wave <= wave] for wave in (1, 2, 3)]
    return min(waves, key=lambda lines: abs(len(lines) - size))


@whole.bank("W33", mend="use it elsewhere too, or another one: alone it leads nowhere")
def words_lead_somewhere(drafts: list[Draft], registers: Registers) -> Iterator[Place]:
    """No tag, and no topic in `also`, occurs once only."""
    entries = live(drafts)
    for name in ("tags", "also"):
        counts = Counter(word for draft in entries for word in draft.entry.words(name))
        for draft in entries:
            if alone := [word for word in draft.entry.words(name) if counts[word] == 1]:
                place = Finding(
                    draft.entry.line_of(name), f"{name}: {', '.join(alone)} stands in this entry only"
                )
                yield Place(draft.entry.path, place)


@whole.bank("W34", mend="show a few lines of code in the answer or the quiz")
def code_topics_show_code(drafts: list[Draft], registers: Registers) -> Iterator[Place]:
    """Most entries of orm and python show a code block."""
    for topic, most in WITH_CODE.items():
        entries = [draft for draft in live(drafts) if draft.entry.word("topic") == topic]
        bare = [draft for draft in entries if not draft.entry.fences]
        if len(entries) >= ENOUGH and len(bare) > most * len(entries):
            message = f"{topic}: {len(bare)} of {len(entries)} entries show no code block"
            yield Place(registers.file("questions") / topic, Finding(1, message))
