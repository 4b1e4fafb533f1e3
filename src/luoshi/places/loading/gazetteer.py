"""The states and successions of the gazetteer in, the tables of places brought to them out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction

from ..gazetteer import PlaceState as State
from ..gazetteer import Succession as Passed
from ..gazetteer import read_zones
from ..gazetteer.files import DATA
from ..gazetteer.files import PLACES as PLACES_FILE
from ..gazetteer.files import SUCCESSIONS as SUCCESSIONS_FILE
from ..models import Origin, Place, PlaceState, Succession
from ..paths import Link, chained, path_of
from .record import Told, record, told_of
from .sync import Counts, Kept, sync

PLACES = Kept(Place, ("key",), ("name", "level", "code", "aliases"), removes=False)
STATES = Kept(
    PlaceState,
    ("place_id", "since"),
    ("since_known", "until", "until_known", "name", "level", "code", "parent_id", "path", "source"),
    follows=frozenset({"path"}),
)
SUCCESSIONS = Kept(Succession, ("place_id", "successor_id", "day"), ("day_known", "extent", "source"))


def version() -> str:
    """The gazetteer's version: the digest of its files, short."""
    digest = hashlib.sha256()
    for name in (PLACES_FILE, SUCCESSIONS_FILE):
        digest.update((DATA / name).read_bytes())
    return f"gazetteer {digest.hexdigest()[:12]}"


def zone_aliases() -> dict[str, Sequence[str]]:
    """What zones are called besides (金华开发区), by their keys."""
    return {f"zone:{zone.slug}": zone.short for zone in read_zones()}


def load_places(
    states: Iterable[State],
    passed: Iterable[Passed],
    version: str,
    aliases: Mapping[str, Sequence[str]] | None = None,
    told: Told | None = None,
) -> Counts:
    """Bring places, their states and successions to the gazetteer's, in one transaction; a second load writes nothing.

    Raises:
        Orphaned: a state has a parent that is not there all the time; nothing is loaded.
    """
    with transaction.atomic():
        states = list(_as_corrected(states))
        done = sync(PLACES, _last(states, aliases or {}), version, told_of(told, "places"))
        ids = dict(Place.objects.values_list("key", "pk"))
        done += sync(STATES, _rows(states, ids), version, told_of(told, "states"))
        done += sync(SUCCESSIONS, _passed(passed, ids), version, told_of(told, "successions"))
        record("places", version, done)
    return done


def _as_corrected(states: Iterable[State]) -> Iterator[State]:
    """The states as persons left them: a place of which somebody corrected, made or imported a state keeps all its own.

    Its chain is worked out like the others', so that what is below it lies where the person put it.
    """
    there = PlaceState.objects.order_by("place__key", "since")
    touched = there.exclude(origin=Origin.LOADED, corrected=[]).values("place")
    columns = ("place__key", "level", "name", "code", "parent__key", "since", "since_known", "until", "until_known")
    kept = [
        State(key, level, name, code, parent or "", *rest)
        for key, level, name, code, parent, *rest in there.filter(place__in=touched).values_list(*columns, "source")
    ]
    keys = {state.key for state in kept}
    yield from (state for state in states if state.key not in keys)
    yield from kept


def _last(states: Iterable[State], aliases: Mapping[str, Sequence[str]]) -> Iterator[Sequence[Any]]:
    """Each place with its last known name, level and code, and its other names."""
    last: dict[str, State] = {}
    for state in states:
        if state.key not in last or last[state.key].since < state.since:
            last[state.key] = state
    return ((s.key, s.name, s.level, s.code, list(aliases.get(s.key, ()))) for s in last.values())


def _rows(states: Sequence[State], ids: dict[str, int]) -> Iterator[Sequence[Any]]:
    """Each state as often as the chain above it changes in its period, with the path of ids."""
    by_link = {(s.key, s.since): s for s in states}
    links = (Link(s.key, s.parent, s.since, s.since_known, s.until, s.until_known) for s in states)
    for piece in chained(links):
        state = by_link[piece.link.key, piece.link.since]
        path = path_of(ids[key] for key in piece.chain)
        parent = ids[state.parent] if state.parent else None
        named = (state.name, state.level, state.code, parent, path, state.source)
        yield ids[state.key], piece.since, piece.since_known, piece.until, piece.until_known, *named


def _passed(passed: Iterable[Passed], ids: dict[str, int]) -> Iterator[Sequence[Any]]:
    for row in passed:
        yield ids[row.place], ids[row.successor], row.day, row.day_known, row.extent, row.source
