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

    `since` and `until` are a day, a year's first day (`*_known` says which), or None where not known, or not ended.
    """

    slug: str
    name: str
    short: tuple[str, ...]
    kind: str
    parent: str
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
    since, since_known = _when(entry.get("since"))
    until, until_known = _when(entry.get("until"))
    short, source = tuple(entry.get("short", ())), entry.get("source", "zones.yaml")
    parent = str(entry["parent"]).split()[0]
    return Zone(
        entry["slug"], entry["name"], short, entry["kind"], parent, since, since_known, until, until_known, source
    )


def _when(value: date | int | None) -> tuple[date | None, Known]:
    if isinstance(value, int):
        return date(value, 1, 1), "year"
    return value, "day" if value else ""


def zone_states(zones: Iterable[Zone], of_lists: Iterable[PlaceState]) -> Iterator[PlaceState]:
    """One state a zone, within the life of its parent; since an unknown day: as long as its parent has its code."""
    by_code: dict[str, PlaceState] = {}
    first: dict[str, PlaceState] = {}
    for state in sorted(of_lists, key=lambda s: s.since):
        if state.code:
            by_code[state.code] = state
        first.setdefault(state.key, state)
    for zone in zones:
        over = by_code[zone.parent]
        begins = first[over.key].since
        since, known = (zone.since, zone.since_known) if zone.since else (over.since, "assumed")
        if since < begins:
            since, known = begins, "assumed"
        yield PlaceState(
            f"zone:{zone.slug}",
            "zone",
            zone.name,
            "",
            over.key,
            since,
            known,
            zone.until,
            zone.until_known,
            zone.source,
        )
