"""A CSV table of units in, those units confirmed or added out: all of it, or nothing and every fault with its line."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from .models import Kind, Known, Line, Origin, Place, PlaceState, Unit
from .tables import BadTable, Column, Fault, Row, chinese, day, one_of, read_rows, write_table

# What stands between names in one cell.
BETWEEN = "；"


def _several(text: str) -> list[str]:
    return [part for part in text.replace(";", BETWEEN).split(BETWEEN) if part]


COLUMNS = {
    "place": Column("地区", required=True),
    "name": Column("全称", required=True, most=50),
    "short": Column("简称", most=60),
    "aliases": Column("别称", parse=_several),
    "line": Column("条线"),
    "kind": Column("类型", parse=one_of(Kind)),
    "since": Column("自", parse=day),
    "until": Column("至", parse=day),
    "source": Column("依据"),
}


class Imported(NamedTuple):
    """What a table of units did, in rows."""

    confirmed: int = 0
    added: int = 0
    unchanged: int = 0


def import_units(data: bytes, today: datetime.date) -> Imported:
    """Confirm the units of a table, adding those that are not there; what it says of them is never overwritten.

    A row is the unit of its place that has its name, short name or alias, or else the assumed one of its line.

    Raises:
        BadTable: something is wrong somewhere; nothing was changed.
    """
    rows, faults = read_rows(data, COLUMNS)
    places, lines = _places(rows, today), _lines()
    faults += [fault for row in rows for fault in _faults(row, places, lines)] + _doubles(rows)
    if faults:
        raise BadTable(faults)
    with transaction.atomic():
        done = [_bring_in(row, places[row.values["place"]][0], lines, today) for row in rows]
    return Imported(*(done.count(what) for what in Imported._fields))


def _places(rows: Iterable[Row], today: datetime.date) -> dict[str, list[Place]]:
    """The places that the rows name by key or code, on `today`."""
    words = {row.values["place"] for row in rows}
    found: dict[str, list[Place]] = {word: [] for word in words}
    for field in ("place__key", "code"):
        states = PlaceState.objects.on(today).filter(**{f"{field}__in": words}).select_related("place")
        for state in states:
            word = state.place.key if field == "place__key" else state.code
            if state.place not in found[word]:
                found[word].append(state.place)
    return found


def _lines() -> dict[str, Line]:
    lines = list(Line.objects.all())
    return {line.name: line for line in lines} | {line.key: line for line in lines}


def _faults(row: Row, places: dict[str, list[Place]], lines: dict[str, Line]) -> Iterable[Fault]:
    values = row.values
    if len(places[values["place"]]) != 1:
        yield Fault(
            row.line, COLUMNS["place"].heading, _("没有代码或标识为“%(word)s”的地区") % {"word": values["place"]}
        )
    if values["line"] and values["line"] not in lines:
        yield Fault(row.line, COLUMNS["line"].heading, _("没有这个条线：%(word)s") % {"word": values["line"]})
    if values["since"] and values["until"] and values["until"] <= values["since"]:
        yield Fault(row.line, COLUMNS["until"].heading, _("不晚于起始日"))


def _doubles(rows: Iterable[Row]) -> list[Fault]:
    seen: dict[tuple[str, str], int] = {}
    faults = []
    for row in rows:
        named = (row.values["place"], row.values["name"])
        if named in seen:
            said = _("与第%(line)d行是同一个单位") % {"line": seen[named]}
            faults.append(Fault(row.line, COLUMNS["name"].heading, said))
        seen.setdefault(named, row.line)
    return faults


def _bring_in(row: Row, place: Place, lines: dict[str, Line], today: datetime.date) -> str:
    """`confirmed`, `added` or `unchanged`."""
    line = lines.get(row.values["line"] or "")
    unit = _meant(place, row.values, line)
    said = {name: row.values[name] for name in ("name", "short", "aliases", "until", "source") if row.values[name]}
    said |= {"kind": row.values["kind"]} if row.values["kind"] else {}
    if row.values["since"] and (unit is None or unit.since != row.values["since"]):
        said |= {"since": row.values["since"], "since_known": Known.DAY}
    if unit is not None and "aliases" in said:
        said["aliases"] = list(dict.fromkeys([*unit.aliases, *said["aliases"]]))
    since = said.get("since") or (unit.since if unit else today)
    if row.values["until"] and row.values["until"] <= since:
        raise BadTable([Fault(row.line, COLUMNS["until"].heading, _("不晚于起始日"))])
    if unit is None:
        first = {"since": today, "since_known": Known.ASSUMED, "line": line, "origin": Origin.IMPORTED}
        key = f"{place.key}/{row.values['name']}"
        confirmed = {"status": Unit.Status.CONFIRMED, "confirmed_on": today}
        Unit.objects.create(key=key, place=place, **{**first, **said, **confirmed})
        return "added"
    changed = {name: value for name, value in said.items() if getattr(unit, name) != value}
    if not changed and unit.status == Unit.Status.CONFIRMED:
        return "unchanged"
    before = unit.name
    for name, value in changed.items():
        setattr(unit, name, value)
    if "name" in changed:
        unit.aliases = list(dict.fromkeys([*unit.aliases, before]))
    unit.corrected = sorted({*unit.corrected, *changed})
    unit.status, unit.confirmed_on = Unit.Status.CONFIRMED, unit.confirmed_on or today
    unit.save()
    return "confirmed"


def _meant(place: Place, values: dict[str, Any], line: Line | None) -> Unit | None:
    units: list[Unit] = list(place.units.all())
    for called in (lambda u: u.name == values["name"], lambda u: values["name"] in (u.short, *u.aliases)):
        named = [unit for unit in units if called(unit)]
        if len(named) == 1:
            return named[0]
    of_line = [u for u in units if line and u.line_id == line.pk and u.kind != Kind.LEADING_GROUP]
    return of_line[0] if len(of_line) == 1 else None


def export_units(units: Iterable[Unit]) -> bytes:
    """Units as a CSV table with the same columns, to be checked, corrected and brought in."""
    return write_table(COLUMNS, [_exported(unit) for unit in units])


def _exported(unit: Unit) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(unit, name) for name in ("name", "short", "since", "until", "source")}
    line = unit.line.name if unit.line else ""
    return row | {
        "place": unit.place.key,
        "aliases": BETWEEN.join(unit.aliases),
        "line": line,
        "kind": chinese(Kind)[unit.kind],
    }
