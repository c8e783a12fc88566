"""`quiz("is-vs-equality")`: what the program in an entry's quiz prints, and the option called right."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

QUESTIONS = Path(__file__).parents[3] / "data" / "questions" / "python"


class Quiz(NamedTuple):
    """What the quiz's program printed, on one line, and its right option."""

    printed: str
    right: str


@pytest.fixture
def quiz(run_python: Callable[..., Any]) -> Callable[[str], Quiz]:
    """Run the quiz of the entry with this id."""

    def run(entry_id: str) -> Quiz:
        part = (QUESTIONS / f"{entry_id}.md").read_text(encoding="utf-8").partition("## Quiz")[2]
        program = part.partition("```python\n")[2].partition("```")[0]
        right = part.partition("- [x] ")[2].partition("\n")[0]
        ended = run_python(program)
        assert ended.returncode == 0, ended.stderr
        return Quiz(" ".join(ended.stdout.split()), right)

    return run
