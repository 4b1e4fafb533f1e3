"""The places of a day and the lines of this version in, the units that should be there brought into the table out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction

from ..lines import Lines, PlaceNow, UnitDraft, generate_units
from ..models import Known, Line, PlaceState, Unit
from ..models.place import Level
from ..paths import ids_of
from .lines import RECORD_BEGINS
from .record import Told, record, told_of
from .sync import BATCH, Counts, Kept, sync

# Not the version: the load notes it, and a new one with one new name is no change of four hundred thousand rows.
UNITS = Kept(
    Unit,
    ("key",),
    (
        "place_id",
        "line_id",
        "kind",
        "name",
        "short",
        "aliases",
        "since",
        "since_known",
        "until",
        "until_known",
    ),
    removes=False,
)

First = dict[str, tuple[int, datetime.date, str]]


def load_units(lines: Lines, day: datetime.date, told: Told | None = None) -> Counts:
    """Bring the units of every place there is on `day` into the table, `assumed`; a second load writes nothing.

    Units that are there and no longer wanted stay: they may hold work; their handover is somebody's decision.
    """
    with transaction.atomic():
        ids, first = dict(Line.objects.values_list("key", "pk")), _first_days()
        drafts = generate_units(places_now(day), lines, day)
        rows = (_row(draft, ids, first) for draft in drafts)
        done = sync(UNITS, rows, lines.version, told_of(told, "units"))
        record("units", lines.version, done)
    return done


def places_now(day: datetime.date) -> Iterator[PlaceNow]:
    """Every place on `day` as the generator of units wants it, parents before what is in them."""
    states = PlaceState.objects.on(day).order_by("path")
    provinces = dict(states.filter(level=Level.PROVINCE).values_list("place_id", "code"))
    wanted = states.exclude(level=Level.VILLAGE).values_list("place__key", "level", "name", "code", "path")
    for key, level, name, code, path in wanted.iterator(BATCH):
        above = ids_of(path)
        province = next((provinces[each] for each in above if each in provinces), "")
        yield PlaceNow(key, level, name, code, province)


def _first_days() -> First:
    """Of every place, its id and the first day it was there."""
    states = PlaceState.objects.order_by("-since").values_list("place__key", "place_id", "since", "since_known")
    return {key: (pk, since, known) for key, pk, since, known in states.iterator(BATCH)}


def _row(draft: UnitDraft, ids: dict[str, int], first: First) -> Sequence[Any]:
    """A unit is no older than its place."""
    place, place_since, place_known = first[draft.place_key]
    since, known = (draft.since, str(draft.since_known)) if draft.since else (RECORD_BEGINS, Known.RECORD)
    if since < place_since:
        since, known = place_since, place_known
    line = ids[draft.line_key] if draft.line_key else None
    named = (draft.name, draft.short, list(draft.aliases))
    until_known = draft.until_known if draft.until else ""
    return draft.key, place, line, draft.kind, *named, since, known, draft.until, until_known
