"""Rules are checked or they are wishes: style, types, layers, the bank and the docs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.config import Config
from bot.handlers.routes import COMMANDS, GROUP_COMMANDS
from bot.rendering import help as words

ROOT = Path(__file__).parents[2]


def run(*command: str) -> None:
    """Run a tool from this interpreter's environment; its own words are the failure."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=1800
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def test_style() -> None:
    run("ruff", "check", "--no-cache", ".")


def test_format() -> None:
    run("ruff", "format", "--no-cache", "--check", ".")


def test_types() -> None:
    run("mypy")


def test_layers() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stdout


def test_the_bank() -> None:
    run("bot.bank", "check")


def test_every_command_is_in_menu_and_help() -> None:
    listed = {name for name, _ in words.PRIVATE_COMMANDS}
    assert listed == set(COMMANDS)
    text = words.in_private().text
    for command in COMMANDS.keys() - {"start", "help"}:
        assert f"/{command}" in text


def test_every_command_of_groups_is_in_menu_and_help() -> None:
    assert {name for name, _ in words.GROUP_ADMIN_COMMANDS} == GROUP_COMMANDS.keys() - {"start"}
    assert set(words.GROUP_COMMANDS) < set(words.GROUP_ADMIN_COMMANDS)
    text = words.in_group().text
    for command in GROUP_COMMANDS.keys() - {"start", "help"}:
        assert f"/{command}" in text


def test_every_variable_is_in_readme_and_example() -> None:
    readme, example = (ROOT / "README.md").read_text(), (ROOT / ".env.example").read_text()
    for field in Config.model_fields:
        name = field.upper()
        assert f"`{name}`" in readme, f"README.md does not tell {name}"
        assert re.search(rf"^#? ?{name}=", example, re.MULTILINE), f".env.example does not tell {name}"


def test_every_dependency_has_its_reason() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text().lower()
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for line in [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]:
        name = re.split(r"[\[<>=; ]", line)[0]
        assert f"`{name}`" in contributing, f"CONTRIBUTING.md does not say why {name} is there"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_name_no_address_and_every_hash(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    pins = re.findall(r"^[\w.\-\[\]]+==", text, re.MULTILINE)
    assert len(pins) > 30
    assert text.count("--hash=sha256:") >= len(pins)


def test_requirements_pin_the_extras_that_packages_ask_of_each_other() -> None:
    """Pip 23.2 takes `coverage[toml]` for unpinned beside `coverage==`: the next release breaks a clone."""
    lines = re.findall(r"^[\w.\-\[\],]+==\S+", (ROOT / "requirements-dev.txt").read_text(), re.MULTILINE)
    pins = {canonicalize_name(pin.name): pin for pin in map(Requirement, lines)}
    installed = {canonicalize_name(found.name): found for found in metadata.distributions()}
    for name in pins.keys() & installed.keys():
        for wish in map(Requirement, installed[name].requires or ()):
            if wish.marker is None or any(
                wish.marker.evaluate({"extra": extra}) for extra in ["", *pins[name].extras]
            ):
                pin = pins.get(canonicalize_name(wish.name))
                assert pin is None or wish.extras <= pin.extras, f"{name} wants {wish}, pinned is {pin}"


def test_make_targets_are_told() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    readme = (ROOT / "README.md").read_text()
    for target in targets:
        assert f"make {target}" in readme, f"README.md does not tell make {target}"
