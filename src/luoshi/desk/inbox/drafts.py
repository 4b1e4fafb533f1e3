"""What somebody sees in, how many drafts of how many reports wait for them out."""

from __future__ import annotations

from typing import NamedTuple

from luoshi.intake.models import Draft
from luoshi.people.roles import Role
from luoshi.people.scope import Scope

# Drafts that are counted; beyond it there are many.
MOST = 1000


class Drafts(NamedTuple):
    """Drafts that wait, and the reports they were read from; `more`: and others that were not counted."""

    number: int
    reports: int
    more: bool


def drafts(scope: Scope) -> Drafts | None:
    """The drafts that wait at the very places where one supervises, in one's lines; none where there are none.

    Asked by the place of a post and not by all that is in sight, so that an index answers.
    """
    found: list[int | None] = []
    for part in scope.of(frozenset({Role.SUPERVISOR})):
        place = int(part.paths[0].rstrip("/").rpartition("/")[2] or 0) if part.paths else 0
        rows = Draft.unguarded.filter(place=place, state=Draft.State.WAITING)
        rows = rows if part.lines is None else rows.filter(line__in=part.lines)
        found += rows.order_by().values_list("report", flat=True)[:MOST]
    reports = {report for report in found if report}
    return Drafts(len(found), len(reports), len(found) >= MOST) if found else None
