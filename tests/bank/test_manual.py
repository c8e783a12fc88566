"""The manual and the files beside the entries say what the code does."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.bank import Level
from bot.bank.checking import GROUPS
from bot.bank.registers import read_registers
from bot.bank.renderer import LANGUAGES
from bot.bank.rules.form import OPTIONAL, REQUIRED

DATA = Path(__file__).parents[2] / "data"
MANUAL = (DATA / "README.md").read_text("utf-8")
RULES = [rule for group in GROUPS for rule in (*group.entry_rules, *group.bank_rules)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.check.__name__)
def test_the_manual_holds_every_rule(rule):
    (row,) = [
        line for line in MANUAL.splitlines() if line.startswith(f"| {rule.id} |") and rule.sentence in line
    ]
    assert row.endswith(" |")


def test_the_manual_holds_no_other_rules():
    named = {
        line.split(" | ")[0].removeprefix("| ") for line in MANUAL.splitlines() if line[:3] in ("| E", "| W")
    }
    assert named == {rule.id for rule in RULES}


def test_every_rule_of_the_plan_exists():
    wanted = [f"E{number:02}" for number in (*range(1, 13), 14, 15, 22, 27, 28, 31)]
    wanted += [f"W{number}" for number in (13, *range(16, 22), 23, 24, 25, 26, 29, 30, 32, 33, 34)]
    assert {rule.id for rule in RULES} == {*wanted, "E16b", "W23b"}


@pytest.mark.parametrize("rule", sorted({rule.id for rule in RULES}))
def test_every_rule_is_tested(rule):
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*_rules.py"))
    assert f'found("{rule}"' in tests or f'"{rule}", ' in tests


@pytest.mark.parametrize("field", REQUIRED + OPTIONAL)
def test_the_manual_explains_every_field(field):
    assert f"\n| `{field}` |" in MANUAL


def test_the_manual_names_every_language():
    assert all(f"`{language}`" in MANUAL for language in LANGUAGES)


def test_the_registers_are_without_fault():
    registers = read_registers(DATA)
    assert registers.faults == ()
    assert len(registers.topics) == 15
    assert registers.tags
    assert registers.primary
    assert all(set(topic.rests_on) <= registers.versions.keys() for topic in registers.topics.values())


def test_the_plan_is_whole():
    """469 questions, 46 of them from the seed's eight sections, in three waves."""
    plan = read_registers(DATA).plan
    assert Counter(line.wave for line in plan) == {1: 141, 2: 269, 3: 59}
    assert Counter(line.level for line in plan) == {Level.JUNIOR: 113, Level.MIDDLE: 256, Level.SENIOR: 100}
    seeds = Counter(line.seed[0] for line in plan if line.seed)
    assert list(seeds.values()) == [7, 9, 4, 5, 5, 5, 5, 6]
    assert len({line.id for line in plan}) == len(plan)
