"""The nouns of the gazetteer: a state of a place and a succession between places, as plain values."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

Level = Literal["country", "province", "prefecture", "county", "township", "zone", "village"]
Known = Literal["day", "year", "record", "assumed", ""]
Extent = Literal["whole", "part", "unknown"]

# How high a level stands; a zone may lie under any place above a village.
LEVELS: dict[str, int] = {
    "country": 0,
    "province": 1,
    "prefecture": 2,
    "county": 3,
    "zone": 4,
    "township": 5,
    "village": 6,
}
ROOT = "CN"
TAIWAN = "TW"


class PlaceState(NamedTuple):
    """A period in which name, code, level and parent of one place stay the same.

    `key` is the place for ever; `since` is its first day, `until` the first day after it (None: still so).
    `since_known` and `until_known` say how well the day is known: `day` (dated by a document), `year` (yearly lists
    differ; written as the first of January, or as the day of a change it goes with), `record` (records begin),
    `assumed` (townships: seen on the day of the list, not before); empty when there is no day.
    """

    key: str
    level: Level
    name: str
    code: str
    parent: str
    since: date
    since_known: Known
    until: date | None
    until_known: Known
    source: str

    def on(self, day: date) -> bool:
        """Whether the state holds on this day."""
        return self.since <= day and (self.until is None or day < self.until)


class Succession(NamedTuple):
    """Where the territory of `place` went on `day`: to `successor`, wholly or in part.

    `unknown` means that no source says where, and `successor` is then the place above in which the territory lay.
    """

    place: str
    day: date
    day_known: Known
    successor: str
    extent: Extent
    source: str


class Gazetteer(NamedTuple):
    """All states, ordered by key and day, and all successions, ordered by day and place."""

    states: tuple[PlaceState, ...]
    successions: tuple[Succession, ...]
