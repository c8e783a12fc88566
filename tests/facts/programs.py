"""Claims about whole programs: a Python or pytest of their own, in a scratch folder, for a bounded time."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

from bot.bank.draft import take_apart
from bot.bank.entry import read_entry

QUESTIONS = Path(__file__).parents[2] / "data" / "questions"

# What the suite's pytest, xdist and coverage leave in the environment would change the program.
SUITE_VARIABLES = ("PYTEST_", "COV_", "COVERAGE_", "PYTHON", "DJANGO_")


@dataclass(frozen=True)
class PytestRun:
    """How a pytest of its own ended: `outcomes` counts the words of its last line, in the singular."""

    returncode: int
    stdout: str
    outcomes: dict[str, int]


class QuizRun(NamedTuple):
    """What the program in a quiz printed, on one line, and the option that the entry calls right."""

    printed: str
    right: str


def _environment(extra: Mapping[str, str] | None) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(SUITE_VARIABLES)}
    return clean | {"PYTHONDONTWRITEBYTECODE": "1"} | dict(extra or {})


class Programs:
    """Runs programs in `folder`; the fixtures `run_python`, `run_pytest` and `quiz` are its methods."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run_python(
        self,
        source: str,
        *args: str,
        env: Mapping[str, str] | None = None,
        flags: Sequence[str] = (),
        timeout: float = 20,
    ) -> subprocess.CompletedProcess[str]:
        """Run `source` as a file of its own with this interpreter; standard output and error as text.

        `flags` go to the interpreter (`-X`, `-W`, `-O`), `args` to the program, `env` is added to the
        environment. After `timeout` seconds it is killed and TimeoutExpired raised.
        """
        (self.folder / "program.py").write_text(dedent(source), encoding="utf-8")
        return self._run([*flags, "program.py", *args], env, timeout)

    def run_pytest(
        self,
        files: str | Mapping[str, str],
        *args: str,
        plugins: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
        timeout: float = 30,
    ) -> PytestRun:
        """Run pytest on `files`: the source of one test module, or sources by file name.

        Only the modules in `plugins` are loaded as plugins, and no settings of this suite apply.
        """
        sources = {"test_program.py": files} if isinstance(files, str) else files
        for name, source in sources.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(source), encoding="utf-8")
        if not any(name in sources for name in ("pytest.ini", "pytest.toml")):
            (self.folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        plugged = [part for module in plugins for part in ("-p", module)]
        command = ["-m", "pytest", "-p", "no:cacheprovider", "--color=no", *plugged, *args]
        ended = self._run(command, {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **(env or {})}, timeout)
        return PytestRun(ended.returncode, ended.stdout + ended.stderr, _outcomes(ended.stdout))

    def run_quiz(self, topic: str, entry_id: str) -> QuizRun:
        """Run the program in the quiz of the entry `data/questions/<topic>/<entry_id>.md`."""
        path = QUESTIONS / topic / f"{entry_id}.md"
        quiz = take_apart(read_entry(path, path.read_text(encoding="utf-8"))).quiz
        assert quiz is not None, f"{path.name} has no quiz"
        assert quiz.snippet is not None, f"the quiz of {path.name} has no program"
        ended = self.run_python(quiz.snippet.code)
        assert ended.returncode == 0, ended.stderr
        [right] = [option.text for option in quiz.options if option.right]
        return QuizRun(" ".join(ended.stdout.split()), right)

    def _run(
        self, command: Sequence[str], env: Mapping[str, str] | None, timeout: float
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *command],
            cwd=self.folder,
            env=_environment(env),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )


def _outcomes(stdout: str) -> dict[str, int]:
    last = stdout.strip().rpartition("\n")[2]
    counts = re.findall(r"(\d+) (passed|failed|error|skipped|xfailed|xpassed|deselected|warning)", last)
    return {word: int(count) for count, word in counts}
