"""The table of a notice in, the notice kept and what it changes out: all of it, or nothing and every fault."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from luoshi.places.tables import BadTable, Fault

from .counting import Calendar
from .importing import read_notice
from .installed import current, digest, papers
from .models import CalendarDay, Notice
from .noticed import Changed, Given, changes, lacking, worked
from .packages import base


class Brought(NamedTuple):
    """What an import did.

    `number` is None when the notices there say all of it already and nothing was written. `lacking`: years of the
    notice that stay provisional, with the statutory days that no notice gives; `sums`: years that were settled with
    another number of working days (the first) than the law gives (the second), as when a day was forgotten.
    """

    number: int | None
    calendar: Calendar
    changed: tuple[Changed, ...] = ()
    lacking: Mapping[int, tuple[date, ...]] = {}
    sums: Mapping[int, tuple[int, int]] = {}


def bring(data: bytes, at: datetime, title: str = "", document: str = "") -> Brought:
    """Bring in a notice from a CSV table of its days (columns date, kind, name, or 日期, 班休, 节日) as of `at`.

    Raises:
        BadTable: something is wrong somewhere, or another notice was brought in at the same time; nothing was written.
    """
    days = read_notice(data, base())
    try:
        with transaction.atomic():
            before = current()
            in_force = _in_force()
            if all(in_force.get(each.date) == each for each in days):
                return Brought(None, before)
            number = _write(days, at, title, document)
            after = current()
    except IntegrityError:
        raise BadTable([Fault(1, "", _("同时有人导入了另一份通知，请再导入一次"))]) from None
    years = {each.date.year for each in days}
    return Brought(
        number,
        after,
        tuple(changes(before, after, years)),
        {year: tuple(lacking(base(), _in_force(), year)) for year in years if year not in after.known.years},
        unbalanced(after, years),
    )


def _write(days: list[Given], at: datetime, title: str, document: str) -> int:
    last = Notice.objects.order_by("-number").first()
    number, known = (last.number, last.digest) if last else (0, "")
    notice = Notice(number=number + 1, title=title, document=document, imported_at=at, digest=digest(known, days))
    notice.save(force_insert=True)
    CalendarDay.objects.bulk_create([CalendarDay(notice=notice, **each._asdict()) for each in days])
    return notice.number


def _in_force() -> dict[date, Given]:
    numbers = Notice.objects.values_list("number", flat=True)
    return {given.date: given for paper in papers(numbers) for given in paper.days}


def unbalanced(calendar: Calendar, years: set[int]) -> dict[int, tuple[int, int]]:
    """Years that notices settled with another number of working days than weekends and statutory holidays leave:
    exchanging days changes no sum."""
    sums = {year: (worked(calendar, year), worked(base(), year)) for year in sorted(years)}
    settled = calendar.known.years.keys() - base().known.years.keys()
    return {year: pair for year, pair in sums.items() if year in settled and pair[0] != pair[1]}
