"""The notices of this installation in, its calendar out: one small query, the rest kept until a notice comes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from django.db.models import QuerySet

from .counting import Calendar
from .models import CalendarDay, Notice
from .noticed import Given, Paper, noticed
from .packages import base

# As many calendars as a process may have to do with: before and after an import.
KEPT = 4


# The number and digest of each notice, in their order.
Known = tuple[tuple[int, str], ...]


def notices() -> QuerySet[Notice, tuple[int, str]]:
    """What a calendar is known by, for whoever asks so often that the question is prepared."""
    return Notice.objects.order_by("number").values_list("number", "digest")


def current() -> Calendar:
    """The calendar of this installation, as of now."""
    return calendar_of(tuple(notices()))


def calendar_of(known: Known) -> Calendar:
    """The calendar with these notices, which are there."""
    return _calendar(known) if known else base()


@lru_cache(maxsize=KEPT)
def _calendar(known: Known) -> Calendar:
    return noticed(base(), papers(number for number, _ in known))


def papers(numbers: Iterable[int]) -> list[Paper]:
    """The days of notices, read by one query."""
    rows = CalendarDay.objects.filter(notice__in=list(numbers)).order_by("notice", "date")
    read = rows.values_list("notice", "date", "working", "name")
    return [
        Paper(number, [Given(on, working, name) for _, on, working, name in group])
        for number, group in groupby(read, key=lambda row: row[0])
    ]


def digest(days: Iterable[Given]) -> str:
    """What a notice is known by: the hash of its days in order."""
    lines = (f"{each.date} {each.working:d} {each.name}\n" for each in sorted(days))
    return hashlib.sha256("".join(lines).encode()).hexdigest()
