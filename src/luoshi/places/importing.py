"""A CSV table of places in, those places in the tree out: all of it, or nothing and every fault with its line."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from .models import Known, Level, Origin, Place, PlaceState, code_faults, higher, meet
from .paths import Orphaned
from .repath import repath
from .tables import BadTable, Column, Fault, Row, chinese, day, one_of, read_rows, write_table

COLUMNS = {
    "key": Column("标识", most=40),
    "name": Column("名称", required=True, most=60),
    "level": Column("层级", required=True, parse=one_of(Level)),
    "code": Column("代码", most=12),
    "parent": Column("上级地区", required=True),
    "since": Column("自", required=True, parse=day),
    "until": Column("至", parse=day),
    "source": Column("依据"),
}


class Imported(NamedTuple):
    """What a table of places did, in rows."""

    added: int = 0
    unchanged: int = 0


def import_places(data: bytes) -> Imported:
    """Bring in places of a table: villages, zones, or a new state of a place that is there (by its key).

    The parent is named by key or code.

    Raises:
        BadTable: something is wrong somewhere; nothing was loaded.
    """
    rows, faults = read_rows(data, COLUMNS)
    faults += [*_own_faults(rows), *_doubles(rows)]
    right = [row for row in rows if row.line not in {fault.line for fault in faults}]
    with transaction.atomic():
        before = PlaceState.objects.count()
        faults += [fault for row in _parents_first(right) for fault in _bring_in(row)]
        if faults:
            raise BadTable(faults)
        added = PlaceState.objects.count() - before
    return Imported(added, len(rows) - added)


def _parents_first(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows in order of time, each after the row of its parent when that is in the same table."""
    waiting = sorted(rows, key=lambda row: row.values["since"])
    while waiting:
        names = {name for row in waiting for name in (row.values["key"], row.values["code"]) if name}
        ready = [row for row in waiting if row.values["parent"] not in names] or waiting
        yield from ready
        done = {row.line for row in ready}
        waiting = [row for row in waiting if row.line not in done]


def _own_faults(rows: Iterable[Row]) -> Iterator[Fault]:
    """What is wrong in a line by itself."""
    for line, values in rows:
        for reason in code_faults(values["level"], values["code"] or "").values():
            yield Fault(line, COLUMNS["code"].heading, str(reason))
        if values["until"] and values["until"] <= values["since"]:
            yield Fault(line, COLUMNS["until"].heading, _("不晚于起始日"))
        if not values["key"] and values["code"] and _keys_another(values["code"]):
            yield Fault(line, COLUMNS["key"].heading, _("代码与另一地区的标识相同，请写标识"))
        if not values["key"] and not values["code"]:
            yield Fault(line, COLUMNS["key"].heading, _("没有代码的地区要有标识"))


def _keys_another(code: str) -> bool:
    """True when a code without a key is the key of a place that bears another code now: keys are first codes."""
    return Place.objects.filter(key=code).exclude(code=code).exists()


def _doubles(rows: Iterable[Row]) -> Iterator[Fault]:
    """Codes and keys that two lines claim for the same days."""
    for field in ("key", "code"):
        seen: dict[str, list[Row]] = {}
        for row in rows:
            for other in seen.get(row.values[field] or "", []):
                if meet(_period(row.values), _period(other.values)):
                    said = _("与第%(line)d行重复且日期重叠") % {"line": other.line}
                    yield Fault(row.line, COLUMNS[field].heading, said)
            if row.values[field]:
                seen.setdefault(row.values[field], []).append(row)


def _period(values: Mapping[str, Any]) -> tuple[datetime.date, datetime.date | None]:
    return values["since"], values["until"]


def _bring_in(row: Row) -> list[Fault]:
    values = row.values
    parents = _parents(values["parent"], values["since"])
    if len(parents) != 1:
        said = _("没有这个上级地区") if not parents else _("不止一个这样的上级地区")
        return [Fault(row.line, COLUMNS["parent"].heading, f"{values['parent']}：{said}")]
    held = _unheld(parents[0], values)
    if held:
        return [Fault(row.line, COLUMNS["parent"].heading, held)]
    key = values["key"] or values["code"]
    named = {"name": values["name"], "level": values["level"], "code": values["code"] or ""}
    clash = _clash(key, values)
    if clash and _says(clash, key, parents[0], values):
        return []
    if clash:
        return [Fault(row.line, COLUMNS["code"].heading if clash.code else "", _("与%(state)s重叠") % {"state": clash})]
    place, made = Place.objects.get_or_create(key=key, defaults=named)
    _add_state(place, parents[0], values, named)
    try:
        if not made:
            repath(place)
    except Orphaned as broken:
        return [Fault(row.line, "", str(broken))]
    return []


def _says(state: PlaceState, key: str, parent: PlaceState, values: Mapping[str, Any]) -> bool:
    """True when a row says of a place what is there already, as a table that was taken out does."""
    there = (state.place.key, state.parent_id, state.name, state.level, state.code, state.since, state.until)
    said = (values["name"], values["level"], values["code"] or "", values["since"], values["until"])
    return there == (key, parent.place_id, *said)


def _unheld(parent: PlaceState, values: Mapping[str, Any]) -> str:
    """Why the parent cannot hold the place all the time with one chain above it; empty: it can."""
    if not higher(parent.level, values["level"]):
        return _("%(parent)s的层级不高于它") % {"parent": parent.name}
    reached: datetime.date | None = values["since"]
    for state in PlaceState.objects.filter(place=parent.place, since__gte=parent.since).order_by("since"):
        if reached is None or state.since > reached:
            break
        if state.path != parent.path:
            return _("上级地区自%(day)s起改属，请在该日分成两行") % {"day": state.since}
        reached = state.until
        if reached is None or (values["until"] and values["until"] <= reached):
            return ""
    return _("上级地区只到%(day)s，请在该日结束或改属") % {"day": reached}


def _add_state(place: Place, parent: PlaceState, values: Mapping[str, Any], named: Mapping[str, str]) -> None:
    PlaceState.objects.create(
        place=place,
        parent=parent.place,
        path=f"{parent.path}{place.pk}/",
        since=values["since"],
        since_known=Known.DAY,
        until=values["until"],
        until_known=Known.DAY if values["until"] else "",
        origin=Origin.IMPORTED,
        source=values["source"] or "",
        **named,
    )


def _parents(word: str, since: datetime.date) -> list[PlaceState]:
    states = PlaceState.objects.on(since).select_related("place")
    return list(states.filter(place__key=word)) or list(states.filter(code=word))


def _clash(key: str, values: Mapping[str, Any]) -> PlaceState | None:
    """A state already there, of the same place or with the same code, on days of this one."""
    there = PlaceState.objects.filter(place__key=key)
    if values["code"]:
        there = there | PlaceState.objects.filter(code=values["code"])
    return next((state for state in there if meet(_period(values), (state.since, state.until))), None)


def export_places(states: Iterable[PlaceState]) -> bytes:
    """States as a CSV table with the same columns, to be read, changed and brought in elsewhere."""
    return write_table(COLUMNS, [_exported(state) for state in states])


def _exported(state: PlaceState) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(state, name) for name in ("name", "code", "since", "until", "source")}
    level = chinese(Level)[state.level]
    return row | {"key": state.place.key, "level": level, "parent": state.parent.key if state.parent else ""}
