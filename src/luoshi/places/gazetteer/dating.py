"""Lives, successions and dated changes go in; the day of every boundary between two years' lists comes out.

The lists say in which year something changed. A boundary without a date is written as the first of January of that
year; a dated change sets the day of the places it names; and what cannot have happened on another day follows it: a
county moves to a new prefecture on the day the prefecture begins, and leaves one on the day it ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from luoshi.places.gazetteer.changes import Change
from luoshi.places.gazetteer.lives import Lives
from luoshi.places.gazetteer.nouns import Known
from luoshi.places.gazetteer.successions import Passing


class Day(NamedTuple):
    """The day of a boundary, how well it is known, and by what document."""

    day: date
    known: Known
    source: str


Link = tuple[str, Known]


def days(lives: Lives, year: int, changes: Iterable[Change], passed: Iterable[Passing]) -> dict[str, Day]:
    """The day of each place that begins, ends or changes in this year."""
    edges = _links(lives, year, passed)
    dated: dict[str, Day] = {}
    for change in changes:
        if change.year == year and change.day:
            day = Day(change.day, "day", change.source)
            for key in (lives.keys[year - 1].get(change.old), lives.keys[year].get(change.new)):
                if key in edges:
                    dated.setdefault(key, day)
    waiting = sorted(dated)
    while waiting:
        of = waiting.pop(0)
        for other, known in sorted(edges[of]):
            if other not in dated:
                dated[other] = dated[of]._replace(known=known if dated[of].known == "day" else "year")
                waiting.append(other)
    january = Day(date(year, 1, 1), "year", "")
    return {key: dated.get(key, january) for key in edges}


def _links(lives: Lives, year: int, passed: Iterable[Passing]) -> dict[str, set[Link]]:
    """For each place that changes in this year, the others that change on the day it does."""
    edges: dict[str, set[Link]] = {key: set() for key in _changing(lives, year)}
    new, gone = set(lives.began(year)), set(lives.ended(year))

    def link(one: str, other: str, known: Known) -> None:
        if one in edges and other in edges and one != other:
            edges[one].add((other, known))

    holder = {lives.shapes[key][year - 1].code: key for key in lives.keys[year - 1].values()}
    for key in sorted(edges):
        was, now = lives.shapes[key].get(year - 1), lives.shapes[key].get(year)
        if now and now.parent in new:
            link(now.parent, key, "day" if was else "year")
        if was and was.parent in gone:
            link(was.parent, key, "day" if now else "year")
            link(key, was.parent, "year")
        if now and now.code in holder:
            link(key, holder[now.code], "year")
            link(holder[now.code], key, "year")
    for passing in passed:
        if passing.year == year and (passing.successor in new and passing.place in gone):
            link(passing.successor, passing.place, "day")
            link(passing.place, passing.successor, "day")
    return edges


def _changing(lives: Lives, year: int) -> set[str]:
    keys = {*lives.keys[year - 1].values(), *lives.keys[year].values()}
    return {key for key in keys if lives.shapes[key].get(year - 1) != lives.shapes[key].get(year)}
