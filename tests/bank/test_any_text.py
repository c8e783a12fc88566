"""Whatever an author types, reading and checking it ends in mistakes, never in a traceback."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.bank.checking import GROUPS
from bot.bank.draft import take_apart
from bot.bank.entry import read_entry
from bot.bank.loading import build, form_mistakes
from bot.bank.registers import read_registers

MODEL_BANK = Path(__file__).parent / "model_bank"
PATH = MODEL_BANK / "questions" / "python" / "gil.md"
LINES = [line for path in MODEL_BANK.rglob("*.md") for line in path.read_text("utf-8").split("\n")]
REGISTERS = read_registers(MODEL_BANK, date(2026, 11, 30))

odd_lines = st.sampled_from(
    """---|```|```python|## Quiz|# |- [x] |- [ ] a|  - why|> |id: [|versions: {python: }|tags: {a: b}
checked: 2026-13-45|also: 3|status:|- a — b|? : !|<!-- lint: allow E01 x -->""".replace("\n", "|").split("|")
)


@st.composite
def spoiled(draw):
    """A model entry with lines taken out, doubled, swapped for odd ones or for any text."""
    lines = PATH.read_text("utf-8").split("\n")
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(lines) - 1))
        count = draw(st.integers(0, 2))
        lines[place : place + count] = draw(
            st.lists(odd_lines | st.sampled_from(LINES) | st.text(max_size=20), max_size=2)
        )
        lines = lines or [""]
    return "\n".join(lines)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(spoiled() | st.text())
def test_any_text_is_judged(text):
    draft = take_apart(read_entry(PATH, text))
    mistakes = list(form_mistakes([draft], REGISTERS))
    for group in GROUPS:
        mistakes += group.judge(draft, REGISTERS)
        mistakes += group.judge_all([draft, draft], REGISTERS)
    assert all(mistake.line >= 1 and mistake.message and mistake.mend for mistake in mistakes)
    if not list(form_mistakes([draft], REGISTERS)):
        assert build(draft).id == "gil"
