"""A pinned Django leaves its own dependencies floating: its metadata names ranges for them."""

from importlib.metadata import requires

from packaging.requirements import Requirement


def test_django_asks_for_ranges_and_not_for_versions() -> None:
    needed = [Requirement(line) for line in requires("django") or ()]
    always = {one.name: one.specifier for one in needed if one.marker is None}
    assert always.keys() == {"asgiref", "sqlparse"}
    for specifiers in always.values():
        assert {one.operator for one in specifiers} == {">="}
