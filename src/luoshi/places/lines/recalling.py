"""A place and the lines in, all names its units ever bore out, each with its unit and days (省经贸委, until 2009)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from .generating import PlaceNow, has_units
from .naming import FormerName, name_of
from .nouns import Lines


class Recalled(NamedTuple):
    """A name and the key of the unit that bore it, in the period said by the name; `ended`: there is no such unit now,
    `successors` says who does its work."""

    unit: str
    line_key: str
    named: FormerName
    ended: bool


def every_name(place: PlaceNow, lines: Lines, day: date) -> Iterator[Recalled]:
    """All names of all units of a place up to a day, in the order of the lines and then of time; present ones too.

    Names are made of the place's present name; those under an earlier name of the place are asked for with that name.
    """
    if not has_units(place):
        return
    for line in lines.every:
        periods = line.names(place.level, place.province_code, place.code, place.name)
        ended = not any(period.on(day) for period in periods)
        for period in periods:
            if period.since is None or period.since <= day:
                days = (period.since, period.since_known, period.until, period.until_known)
                named = FormerName(name_of(period, place.name, place.also), *days)
                yield Recalled(f"{place.key}/{line.key}", line.key, named, ended)
