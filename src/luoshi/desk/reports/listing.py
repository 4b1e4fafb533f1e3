"""A scope and where a page begins in, a page of reports with the sums of their drafts out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Count, Q

from luoshi.documents.models import Report
from luoshi.intake.models import Draft
from luoshi.people.scope import Scope

# Rows of a page: a screen and a half at 36 pixels a row, as the log of logins has it.
PAGE = 30
STATE = Draft.State


class Row(NamedTuple):
    """A report with how many of its drafts wait, became items, were not taken up."""

    report: Report
    waiting: int
    landed: int
    refused: int


class Page(NamedTuple):
    """Rows, where the next page begins (empty: there is none), whether this is the first."""

    rows: tuple[Row, ...]
    next: str
    first: bool


def listing(scope: Scope, given: Mapping[str, Any]) -> Page:
    """Reports within sight, the newest first, behind the one that `after` names (moment and number)."""
    after = _after(str(given.get("after", "")))
    reports = Report.seen.within(scope).select_related("place").order_by("-brought_at", "-pk")
    if after:
        moment, pk = after
        reports = reports.filter(Q(brought_at__lt=moment) | Q(brought_at=moment, pk__lt=pk))
    found = list(reports.defer("reading")[: PAGE + 1])
    counts = _counts(scope, found[:PAGE])
    last = found[PAGE - 1] if len(found) > PAGE else None
    link = f"{last.brought_at.isoformat()}_{last.pk}" if last else ""
    return Page(tuple(Row(report, *counts.get(report.pk, (0, 0, 0))) for report in found[:PAGE]), link, after is None)


def _after(words: str) -> tuple[datetime.datetime, int] | None:
    moment, _, pk = words.replace(" ", "+").rpartition("_")
    try:
        when = datetime.datetime.fromisoformat(moment)
        return (when, int(pk)) if when.tzinfo and pk.isascii() and 0 < int(pk) < 2**63 else None
    except ValueError:
        return None


def _counts(scope: Scope, reports: list[Report]) -> dict[int, tuple[int, int, int]]:
    rows = Draft.seen.within(scope).filter(report__in=[report.pk for report in reports]).order_by().values("report")
    states = {"waiting": (STATE.WAITING,), "landed": (STATE.CONFIRMED, STATE.LINKED), "refused": (STATE.REFUSED,)}
    counted = rows.annotate(**{name: Count("pk", filter=Q(state__in=of), distinct=True) for name, of in states.items()})
    return {row["report"]: (row["waiting"], row["landed"], row["refused"]) for row in counted}
