"""The file of functional zones goes in; zones, and their states under the places they lie in, come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from luoshi.places.gazetteer.nouns import Known, PlaceState

ZONES = Path(__file__).with_name("zones.yaml")


class Zone(NamedTuple):
    """A development zone or new area without a code: `parent` is the code of the place it lies in, as printed now.

    `was_under` is the code of the place it lay in before that one began, or empty. `since` and `until` are a day, or a
    year's first day (`*_known` says which); None where not known, or not ended.
    """

    slug: str
    name: str
    short: tuple[str, ...]
    kind: str
    parent: str
    was_under: str
    since: date | None
    since_known: Known
    until: date | None
    until_known: Known
    source: str


def read_zones(path: Path = ZONES) -> tuple[Zone, ...]:
    """All zones of the file in its order; ValueError names an entry without what it needs."""
    entries: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return tuple(_zone(entry) for entry in entries)


def _zone(entry: dict[str, Any]) -> Zone:
    missing = {"slug", "name", "kind", "parent"} - entry.keys()
    if missing:
        raise ValueError(f"zones.yaml {entry.get('slug', '?')}: 缺 (missing) {', '.join(sorted(missing))}")
    return Zone(
        entry["slug"],
        entry["name"],
        tuple(entry.get("short", ())),
        entry["kind"],
        entry["parent"][:6],
        entry.get("was_under", "")[:6],
        *_when(entry.get("since")),
        *_when(entry.get("until")),
        entry.get("source", "zones.yaml"),
    )


def _when(value: date | int | None) -> tuple[date | None, Known]:
    if isinstance(value, int):
        return date(value, 1, 1), "year"
    return value, "day" if value else ""


def zone_states(zones: Iterable[Zone], of_lists: Iterable[PlaceState]) -> Iterator[PlaceState]:
    """The states of zones, never before their parent is there; since an unknown day: as long as it has its code."""
    places = _Places(of_lists)
    for zone in zones:
        over = places.by_code[zone.parent]
        began = places.first[over.key].since
        since, known = (zone.since, zone.since_known) if zone.since else (over.since, "assumed")
        if zone.was_under and (zone.since is None or since < began):
            under = places.by_code[zone.was_under]
            before, how = (zone.since, zone.since_known) if zone.since else (under.since, "assumed")
            yield _state(zone, under.key, before, how, began, places.first[over.key].since_known)
            since, known = began, places.first[over.key].since_known
        elif since < began:
            since, known = began, "assumed"
        yield _state(zone, over.key, since, known, zone.until, zone.until_known)


class _Places:
    """The last state that had a code, and the first state of a key."""

    def __init__(self, states: Iterable[PlaceState]) -> None:
        self.by_code: dict[str, PlaceState] = {}
        self.first: dict[str, PlaceState] = {}
        for state in sorted(states, key=lambda s: s.since):
            self.by_code[state.code] = state
            self.first.setdefault(state.key, state)


def _state(
    zone: Zone, parent: str, since: date, since_known: Known, until: date | None, until_known: Known
) -> PlaceState:
    key = f"zone:{zone.slug}"
    return PlaceState(key, "zone", zone.name, "", parent, since, since_known, until, until_known, zone.source)
