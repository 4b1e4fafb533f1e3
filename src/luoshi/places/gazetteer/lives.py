"""The lists of all years go in; the life of every place, year by year under its key, comes out.

The key of a place is the code of its first appearance; if an earlier place had that code first, `code@year`. Years are
worked in order and never looked back on, so that appending a year changes no key.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from luoshi.places.gazetteer.changes import Change, said
from luoshi.places.gazetteer.identity import match
from luoshi.places.gazetteer.lists import Event, Listed, YearLists
from luoshi.places.gazetteer.nouns import ROOT, TAIWAN, Level


class Shape(NamedTuple):
    """What a place is in one year: all that makes a new state when it changes."""

    name: str
    level: Level
    code: str
    parent: str


class Lives(NamedTuple):
    """`keys[year][code]` is a place's key; `shapes[key][year]` what the place is in a year."""

    keys: dict[int, dict[str, str]]
    shapes: dict[str, dict[int, Shape]]

    def began(self, year: int) -> list[str]:
        """Keys of the places whose first year this is."""
        return [key for key in self.keys[year].values() if year - 1 not in self.shapes[key]]

    def ended(self, year: int) -> list[str]:
        """Keys of the places that are no longer there in this year."""
        return [key for key in self.keys[year - 1].values() if year not in self.shapes[key]]


def lives(lists: YearLists, recorded: Iterable[Event] = (), changes: Iterable[Change] = ()) -> Lives:
    """The lives of all divisions of the lists, which must be of consecutive years."""
    events: dict[int, list[Event]] = {}
    for event in recorded:
        events.setdefault(event.year, []).append(event)
    changes = tuple(changes)
    keys: dict[int, dict[str, str]] = {}
    used: set[str] = set()
    for year in sorted(lists):
        before = lists.get(year - 1, {})
        known = {m.new: m.old for m in match(before, lists[year], events.get(year, []), said(changes, year))}
        of_year: dict[str, str] = {}
        for code in sorted(lists[year]):
            of_year[code] = keys[year - 1][known[code]] if code in known else _new_key(code, year, used)
        used.update(of_year.values())
        keys[year] = of_year
    return Lives(keys, _shapes(lists, keys))


def _new_key(code: str, year: int, used: set[str]) -> str:
    if code == "710000":
        return TAIWAN
    return f"{code}@{year}" if code in used else code


def _shapes(lists: YearLists, keys: dict[int, dict[str, str]]) -> dict[str, dict[int, Shape]]:
    out: dict[str, dict[int, Shape]] = {}
    for year in sorted(lists):
        for code, listed in sorted(lists[year].items()):
            out.setdefault(keys[year][code], {})[year] = _shape(listed, keys[year])
    return out


def _shape(listed: Listed, keys: dict[str, str]) -> Shape:
    # The ministry publishes no code for Taiwan, and what is not published is not written.
    code = "" if keys[listed.code] == TAIWAN else listed.code
    return Shape(listed.name, listed.level, code, keys[listed.parent] if listed.parent else ROOT)
