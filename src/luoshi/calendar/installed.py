"""The notices of this installation in, its calendar out: one small query, the rest kept until a notice comes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.db.models import QuerySet, Subquery

from .counting import Calendar
from .models import CalendarDay, Notice
from .noticed import Given, Paper, noticed
from .packages import base

# As many calendars as a process may have to do with: before and after an import.
KEPT = 4


def newest() -> QuerySet[Notice, Any]:
    """The digest of the newest notice, by which a calendar is known; for whoever reads it along with something else."""
    return Notice.objects.order_by("-number").values("digest")[:1]


def current() -> Calendar:
    """The calendar of this installation, as of now."""
    return calendar_of(newest().values_list("digest", flat=True).first())


def calendar_of(digest: str | None) -> Calendar:
    """The calendar up to the newest notice, which has this digest; None: there is none."""
    return _calendar(digest) if digest else base()


@lru_cache(maxsize=KEPT)
def _calendar(digest: str) -> Calendar:
    # Another may have come since: what is kept under this digest holds the notices up to this one alone.
    last = Subquery(Notice.objects.filter(digest=digest).values("number"))
    return noticed(base(), papers(Notice.objects.filter(number__lte=last).values_list("number", flat=True)))


def papers(numbers: Iterable[int]) -> list[Paper]:
    """The days of notices, read by one query."""
    rows = CalendarDay.objects.filter(notice__in=list(numbers)).order_by("notice", "date")
    read = rows.values_list("notice", "date", "working", "name")
    return [
        Paper(number, [Given(on, working, name) for _, on, working, name in group])
        for number, group in groupby(read, key=lambda row: row[0])
    ]


def digest(before: str, days: Iterable[Given]) -> str:
    """What a notice is known by: the hash of the digest before it ("": it is the first) and of its days in order."""
    lines = (f"{each.date} {each.working:d} {each.name}\n" for each in sorted(days))
    return hashlib.sha256("".join((f"{before}\n", *lines)).encode()).hexdigest()
