"""What somebody sees and wants in, the lines of their workbook out, some at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.utils import timezone

from luoshi.exports.ledger_sheet import MOST, Line
from luoshi.ledger.browsing import Row, Wanted, rows_of, seen, supports_of
from luoshi.people.scope import Scope

from ..lights import calendar, light, standing
from ..who import now
from .lines import state_of

# Rows that are read at once.
MANY = 1000


def sheet_lines(scope: Scope, wanted: Wanted, language: str) -> Iterator[Line]:
    """The lines of all that is wanted, one more than goes into a workbook at most."""
    days, moment = calendar(), now()
    ids = seen(scope, wanted).values_list("pk", flat=True)[: MOST + 1].iterator(MANY)
    while items := list(islice(ids, MANY)):
        supports = supports_of(items)
        for row in rows_of(items):
            yield _line(row, supports.get(row.item, []), light(standing(row), moment, days).word, language)


def _line(row: Row, supports: list[str], lit: str, language: str) -> Line:
    return Line(
        number=row.number,
        words=row.words,
        measure=row.measure or "",
        basis=row.basis or "",
        place=row.place_name,
        line=row.line_name or "",
        lead=row.lead_name or "",
        supports="、".join(supports),
        due=row.due,
        light=lit,
        state=state_of(row, language),
        opened_on=row.opened_on,
        ended_on=row.ended_on,
        changed=timezone.localdate(row.changed) if row.changed else None,
    )
