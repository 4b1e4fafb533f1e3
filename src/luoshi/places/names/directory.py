"""States of places, lines and units with names of their own in, the directory in which names are looked up out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from ..gazetteer import PlaceState, Succession, read_places, read_successions, read_zones
from ..lines import Lines, load_lines
from .forms import Forms
from .nouns import Own
from .places import Places
from .scanning import Scanner
from .splitting import trimmed


class Directory:
    """Places in time, forms of names, own names: built once, for all days; asked by `resolve` and `mentions`."""

    def __init__(self, places: Places, lines: Lines, own: Sequence[Own]) -> None:
        self.places = places
        self.lines = lines
        self.forms = Forms(lines)
        self.own: dict[str, list[Own]] = {}
        for unit in own:
            for name in unit.names:
                self.own.setdefault(trimmed(name), []).append(unit)
        self.scanner = Scanner(self.forms.by_form, self.own)


def directory(
    states: Iterable[PlaceState],
    lines: Lines,
    own: Iterable[Own] = (),
    successions: Iterable[Succession] = (),
    also: Mapping[str, Sequence[str]] | None = None,
) -> Directory:
    """The directory of these places on all days.

    `successions` say who does the work of units of places that have ended; `also` are further names of places by key
    (钱塘新区 of a zone). A second with the whole country.
    """
    return Directory(Places(states, successions, also or {}), lines, tuple(own))


@cache
def default_directory() -> Directory:
    """The directory of the places and lines that luoshi brings, made once for the process."""
    also = {f"zone:{zone.slug}": zone.short for zone in read_zones()}
    return directory(read_places(), load_lines(), (), read_successions(), also)
