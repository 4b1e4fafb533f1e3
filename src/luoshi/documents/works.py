"""The clauses of one more report in, the work it belongs to out: bounded, by an index of how works begin.

The rules are those of a corpus (luoshi.reading.reprints, luoshi.streams.works), with one difference: the first report
of a work is the one that was taken in first, not the one that was published first.
"""

from __future__ import annotations

from array import array
from typing import NamedTuple

from django.db import connection
from django.db.models import Count

from luoshi.reading.reprints import COMPARED, KEYS, POPULAR, is_reprint, likeness

from .models import Beginning, Report, Work

Clauses = tuple[int, ...]
# Any number that no other part of the program locks by.
LOCK = 0x6C756F736869


class Belonging(NamedTuple):
    """A work, whether the report is the first of it, and the share of clauses that it has in common with the first."""

    work: Work
    first: bool
    shared: float


def one_at_a_time() -> None:
    """Let whoever takes in a report wait for the others, to the end of the transaction.

    Else two reprints, or the same bytes, that come at the same moment would not see each other. SQLite has one writer.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def belongs(clauses: Clauses) -> Belonging:
    """The work of the most alike first report of which this is a reprint; else a new work of which it is the first."""
    best: tuple[float, Work] | None = None
    for work in _alike(clauses):
        like = likeness(clauses, _unpacked(work))
        if is_reprint(like) and (best is None or like.shared > best[0]):
            best = (like.shared, work)
    if best is not None:
        return Belonging(best[1], False, round(best[0], 3))
    work = Work.unguarded.create(clauses=_packed(clauses))
    _remember(work, clauses)
    return Belonging(work, True, 1.0)


def renew(report: Report, clauses: Clauses) -> None:
    """The clauses of a work as its first report is read now; which reports belong to it is not judged anew."""
    if report.reprint or _unpacked(report.work) == clauses:
        return
    Work.unguarded.filter(pk=report.work_id).update(clauses=_packed(clauses))
    Beginning.objects.filter(work=report.work_id).delete()
    _remember(report.work, clauses)


def _alike(clauses: Clauses) -> list[Work]:
    """Works that begin with a clause that this report begins with, those with the most of them first."""
    found = Beginning.objects.filter(clause__in=clauses[:KEYS]).values("work").annotate(many=Count("pk"))
    keys = [row["work"] for row in found.order_by("-many", "work")[:COMPARED]]
    works = Work.unguarded.in_bulk(keys)
    return [works[key] for key in keys]


def _remember(work: Work, clauses: Clauses) -> None:
    keys = clauses[:KEYS]
    known = Beginning.objects.filter(clause__in=keys).order_by().values("clause").annotate(many=Count("pk"))
    popular = {row["clause"] for row in known if row["many"] >= POPULAR}
    Beginning.objects.bulk_create(Beginning(clause=key, work=work) for key in keys if key not in popular)


def _packed(clauses: Clauses) -> bytes:
    return array("q", clauses).tobytes()


def _unpacked(work: Work) -> Clauses:
    return tuple(array("q", bytes(work.clauses)))
