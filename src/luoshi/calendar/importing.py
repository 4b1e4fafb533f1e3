"""The CSV table of a notice in, its days out, or every fault with its line and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from luoshi.places.tables import BadTable, Column, Fault, Row, day, read_rows

from .counting import WORKED, Calendar
from .noticed import Given
from .words import kind_of


def _kind(text: str) -> bool:
    found = kind_of(text)
    if found is None:
        raise ValueError(_("“%(text)s”既不是上班也不是放假") % {"text": text})
    return found


COLUMNS = {
    "date": Column("日期", required=True, parse=day, most=20),
    "kind": Column("班休", required=True, parse=_kind, most=20),
    "name": Column("节日", most=40),
}


def read_notice(data: bytes, base: Calendar) -> list[Given]:
    """The days of a notice, in order.

    Raises:
        BadTable: something is wrong somewhere.
    """
    rows, faults = read_rows(data, COLUMNS)
    faults += [*_own_faults(rows, base), *_doubles(rows)]
    if not rows and not faults:
        faults = [Fault(1, "", _("表中没有日子"))]
    if faults:
        raise BadTable(faults)
    return sorted(Given(row.values["date"], row.values["kind"], row.values["name"] or "") for row in rows)


def _own_faults(rows: Iterable[Row], base: Calendar) -> Iterator[Fault]:
    """Days outside the years that the packages count; rest days of the week that no holiday explains."""
    first, last = (date.fromordinal(end).year for end in (base.span.first, base.span.last))
    for line, values in rows:
        on = values["date"]
        if not first <= on.year <= last:
            said = _("不在%(first)d年至%(last)d年之间") % {"first": first, "last": last}
            yield Fault(line, COLUMNS["date"].heading, said)
        if not values["kind"] and not values["name"] and on.weekday() < WORKED:
            yield Fault(line, COLUMNS["name"].heading, _("周一至周五放假，请写节日名称"))


def _doubles(rows: Iterable[Row]) -> Iterator[Fault]:
    lines: dict[date, int] = {}
    for line, values in rows:
        before = lines.setdefault(values["date"], line)
        if before != line:
            yield Fault(line, COLUMNS["date"].heading, _("与第%(line)d行是同一天") % {"line": before})
