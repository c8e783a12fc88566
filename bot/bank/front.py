"""The front matter of an entry: YAML between two `---` lines, with the line of each field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

SafeLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's loader in C where it was built."""

FENCE = "---"


@dataclass(frozen=True, slots=True)
class Front:
    """Fields as YAML gave them, the line of each, and what could not be read, as (line, message)."""

    values: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[tuple[int, str], ...] = ()
    end: int = 0


def read_front(lines: list[str]) -> Front:
    """Read the front matter at the top of a file; `end` is the number of its last line."""
    if not lines or lines[0] != FENCE:
        return Front(faults=((1, "the file does not start with ---"),))
    try:
        end = lines.index(FENCE, 1)
    except ValueError:
        return Front(faults=((1, "the front matter has no closing ---"),), end=len(lines))
    values, places, faults = read_mapping("\n".join(lines[1:end]), first_line=2)
    return Front(values, places, faults, end + 1)


def read_mapping(
    text: str, first_line: int = 1
) -> tuple[dict[str, object], dict[str, int], tuple[tuple[int, str], ...]]:
    """Read a YAML mapping: its values, the line of each key, and faults (doubled keys among them)."""
    loader = SafeLoader(text)
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            return {}, {}, ((first_line, "not a list of `field: value` lines"),)
        lines: dict[str, int] = {}
        faults = []
        for key, _ in node.value:
            line = key.start_mark.line + first_line
            if str(key.value) in lines:
                faults.append((line, f"{key.value} stands here twice"))
            lines.setdefault(str(key.value), line)
        values = loader.construct_document(node)
        return {str(key): value for key, value in values.items()}, lines, tuple(faults)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        return {}, {}, ((line, f"YAML: {getattr(error, 'problem', None) or error}"),)
    finally:
        loader.dispose()
