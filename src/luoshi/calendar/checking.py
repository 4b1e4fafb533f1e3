"""The calendar of this installation and a day in, what somebody should look at out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from .actions import unbalanced
from .installed import current, digest, papers
from .models import Notice
from .noticed import changes
from .packages import base

# The State Council announces the next year in November, at times in the first days of December.
ANNOUNCED = 12


class Finding(NamedTuple):
    """Something found; `grave`: somebody has to do something, else it is to be known."""

    grave: bool
    words: str

    def __str__(self) -> str:
        return self.words


def findings(on: date) -> Iterator[Finding]:
    """What is wrong with the calendar, or wanting, on a day."""
    yield from _altered()
    yield from _provisional(on)
    yield from _unbalanced()
    yield from _disagreeing()


def _altered() -> Iterator[Finding]:
    days = {paper.number: paper.days for paper in papers(Notice.objects.values_list("number", flat=True))}
    before = ""
    for number, kept in Notice.objects.order_by("number").values_list("number", "digest"):
        if digest(before, days.get(number, ())) != kept:
            yield Finding(True, _("通知%(number)d的日子与导入时不同") % {"number": number})
        before = kept


def _provisional(on: date) -> Iterator[Finding]:
    wanted = [on.year, *([on.year + 1] if on.month >= ANNOUNCED and on.year < date.max.year else [])]
    for year in wanted:
        if year not in current().known.years:
            said = _("%(year)d年还没有导入放假通知，工作日按周末和法定假日推算")
            yield Finding(True, said % {"year": year})


def _unbalanced() -> Iterator[Finding]:
    calendar = current()
    for year, (found, law) in unbalanced(calendar, set(calendar.known.years)).items():
        said = _("%(year)d年按通知有%(found)d个工作日，按法定假日应有%(law)d个，请核对")
        yield Finding(False, said % {"year": year, "found": found, "law": law})


def _disagreeing() -> Iterator[Finding]:
    """Days on which a notice and the package of announced years differ: one of them is mistaken, or was overtaken."""
    for was, is_ in changes(base(), current(), base().known.years):
        kind = _("上班") if is_.working else _("放假")
        said = _("%(day)s：通知为%(kind)s，%(package)s不同")
        yield Finding(False, said % {"day": is_.date, "kind": kind, "package": was.source})
