"""The files beside the entries: topics, tags, primary sources, versions and the plan."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from bot.bank.front import SafeLoader, read_mapping
from bot.bank.model import Level, Topic

_REQUIRED = ("slug", "title", "emoji", "scope")
_LISTS = ("aliases", "rests_on")

Fault = tuple[Path, int, str]
"""A file, a line of it, and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A line of plan.tsv: which question is wanted where, and in which wave (1 to 3)."""

    line: int
    topic: str
    id: str
    level: Level
    wave: int
    seed: str | None


@dataclass(frozen=True, slots=True)
class Registers:
    """What entries are held against. A file that is missing leaves None (or no plan)."""

    folder: Path
    topics: Mapping[str, Topic]
    tags: frozenset[str] | None
    primary: frozenset[str] | None
    versions: Mapping[str, str] | None
    plan: tuple[Planned, ...]
    today: date | None = None
    faults: tuple[Fault, ...] = ()

    def file(self, name: str) -> Path:
        """Give the path of a file beside the entries."""
        return self.folder / name

    @property
    def seeds(self) -> Mapping[str, Planned]:
        """The numbers of the seed document's questions, each with its place in the plan."""
        return {planned.seed: planned for planned in self.plan if planned.seed}


def read_registers(folder: Path, today: date | None = None) -> Registers:
    """Read what stands beside the entries; faults are gathered, not raised."""
    faults: list[Fault] = []
    return Registers(
        folder=folder,
        topics={topic.slug: topic for topic in _topics(folder / "topics.yaml", faults)},
        tags=_words(folder / "tags.yaml", faults),
        primary=_words(folder / "sources.yaml", faults),
        versions=_versions(folder / "versions.yaml", faults),
        plan=_plan(folder / "plan.tsv", faults),
        today=today,
        faults=tuple(faults),
    )


def _topics(path: Path, faults: list[Fault]) -> list[Topic]:
    topics: list[Topic] = []
    taken: dict[str, str] = {}
    for line, item in _items(path, faults):
        topic = _topic(path, line, item, faults)
        if topic is None:
            continue
        topics.append(topic)
        names = {topic.slug, topic.title.casefold(), *topic.aliases}
        doubles = [name for name in sorted(names) if taken.setdefault(name, topic.slug) != topic.slug]
        faults += [(path, line, f"{name!r} already names {taken[name]}") for name in doubles]
    return topics


def _topic(path: Path, line: int, item: object, faults: list[Fault]) -> Topic | None:
    if not isinstance(item, dict):
        faults.append((path, line, "a topic is `slug`, `title`, `emoji`, `scope` …"))
        return None
    wrong = [name for name in _REQUIRED if not (isinstance(item.get(name), str) and item[name])]
    wrong += [name for name in _LISTS if not _is_words(item.get(name, []))]
    wrong += [str(name) for name in item if name not in (*_REQUIRED, *_LISTS, "seed_section")]
    section = item.get("seed_section")
    if section is not None and not isinstance(section, int):
        wrong.append("seed_section")
    if wrong:
        faults.append((path, line, f"missing, malformed or unknown: {', '.join(wrong)}"))
        return None
    slug, title, emoji, scope = (item[name] for name in _REQUIRED)
    aliases, rests_on = (tuple(item.get(name, ())) for name in _LISTS)
    return Topic(slug, title, emoji, scope, aliases, section, rests_on)


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _items(path: Path, faults: list[Fault]) -> list[tuple[int, object]]:
    """Read a YAML list: each item with its line."""
    text = _text(path)
    if text is None:
        faults.append((path, 1, "the file is missing"))
        return []
    loader = SafeLoader(text)
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.SequenceNode):
            faults.append((path, 1, "not a list"))
            return []
        lines = [item.start_mark.line + 1 for item in node.value]
        return list(zip(lines, loader.construct_document(node), strict=True))
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        faults.append(
            (path, mark.line + 1 if mark else 1, f"YAML: {getattr(error, 'problem', None) or error}")
        )
        return []
    finally:
        loader.dispose()


def _words(path: Path, faults: list[Fault]) -> frozenset[str] | None:
    if not path.exists():
        return None
    words: set[str] = set()
    for line, word in _items(path, faults):
        if not isinstance(word, str):
            faults.append((path, line, f"{word!r} is not a word for YAML; choose another"))
        elif word in words:
            faults.append((path, line, f"{word} stands here twice"))
        else:
            words.add(word)
    return frozenset(words)


def _versions(path: Path, faults: list[Fault]) -> dict[str, str] | None:
    text = _text(path)
    if text is None:
        return None
    values, lines, wrong = read_mapping(text)
    faults += [(path, line, message) for line, message in wrong]
    faults += [
        (path, lines[name], f"{name} must be quoted: {value} has lost its zeros")
        for name, value in values.items()
        if not isinstance(value, str)
    ]
    return {name: value for name, value in values.items() if isinstance(value, str)}


def _plan(path: Path, faults: list[Fault]) -> tuple[Planned, ...]:
    text = _text(path)
    plan: list[Planned] = []
    for line, row in enumerate(csv.DictReader((text or "").splitlines(), delimiter="\t"), 2):
        try:
            level, wave = Level(row["level"]), int(row["wave"])
            plan.append(Planned(line, row["topic"], row["slug"], level, wave, row["seed"] or None))
        except (KeyError, ValueError, TypeError) as error:
            faults.append((path, line, f"not topic, slug, level, wave, kind, seed: {error}"))
    return tuple(plan)


def _text(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None
