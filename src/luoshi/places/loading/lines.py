"""The lines of this version in, the table of lines brought to them out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction

from ..lines import Line as Described
from ..lines import Lines
from ..models import Known, Line
from .record import record
from .sync import Counts, Kept, sync

LINES = Kept(Line, ("key",), ("name", "branch", "since", "since_known", "until", "until_known"), removes=False)

# Offices of the People's Republic are no older: the day before which nothing is on record.
RECORD_BEGINS = datetime.date(1949, 10, 1)
# What is no line: bodies that every place has, and leading groups, which meet across lines.
OF_A_LINE = frozenset({"department", "court", "procuratorate", "mass_organisation"})


def load_line_rows(lines: Lines) -> Counts:
    """Bring the table of lines, ended ones and their successors included, to the data; a second load writes nothing."""
    described = [line for line in lines.every if line.kind in OF_A_LINE]
    with transaction.atomic():
        done = sync(LINES, (_row(line) for line in described), lines.version)
        ids = dict(Line.objects.values_list("key", "pk"))
        done += _link(described, ids)
        record("lines", lines.version, done)
    return done


def _row(line: Described) -> Sequence[Any]:
    first = min(line.periods, key=lambda p: p.since or datetime.date.min)
    open_end = any(p.until is None for p in line.periods if p.full)
    last = max(line.periods, key=lambda p: p.until or datetime.date.min)
    since = (first.since, first.since_known) if first.since else (RECORD_BEGINS, Known.RECORD)
    until = (None, "") if open_end else (last.until, last.until_known)
    return line.key, line.name, line.branch, *since, *until


def _link(described: Sequence[Described], ids: dict[str, int]) -> Counts:
    """The successors of ended lines; only pairs that are new are written."""
    through = Line.successors.through
    there = set(through.objects.values_list("from_line_id", "to_line_id"))
    wanted = set(_pairs(described, ids))
    through.objects.bulk_create([through(from_line_id=one, to_line_id=other) for one, other in sorted(wanted - there)])
    return Counts(inserted=len(wanted - there), unchanged=len(wanted & there))


def _pairs(described: Sequence[Described], ids: dict[str, int]) -> Iterator[tuple[int, int]]:
    for line in described:
        yield from ((ids[line.key], ids[each.to]) for each in line.handed if each.to in ids)
