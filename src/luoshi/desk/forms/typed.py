"""A field and what a browser sent, or the item it is about, in; what stands in the field out, by its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import QueryDict

from luoshi.ledger.playbook import Field

from .nouns import MilestoneRow, PartRow, StepRow, Subject, Typed, UnitSaid

# Rows that a form takes: more are parts of a whole plan, and come as a table. Below it a form stays within the
# thousand fields that Django reads (DATA_UPLOAD_MAX_NUMBER_FIELDS).
MOST_ROWS = 60
# Empty rows below those filled in: one to see how it goes on, one more so that two are written without waiting.
SPARE = 2
# Columns of an item that a move of the same name begins with.
BEGINS = ("due", "lead", "supports")


def posted(field: Field, data: QueryDict) -> Typed:
    """What a browser sent for a field; rows without anything in them are left out."""
    read = POSTED.get(field.kind)
    return read(field.key, data) if read else _plain(field.key, data)


def first(field: Field, subject: Subject, supports: dict[str, str]) -> Typed:
    """What stands in a field at first: what the item says already; `supports`: names of units by key."""
    begin = FIRST.get(field.kind)
    return begin(field.key, subject, supports) if begin else _fact(field.key, subject, supports)


def _plain(key: str, data: QueryDict) -> str:
    return data.get(key, "")


def _unit(key: str, data: QueryDict) -> UnitSaid:
    return UnitSaid(data.get(key, ""), data.get(f"{key}__key", ""))


def _units(key: str, data: QueryDict) -> tuple[UnitSaid, ...]:
    rows = (_unit(f"{key}-{n}", data) for n in range(_count(key, data)))
    return tuple(row for row in rows if row)


def _milestones(key: str, data: QueryDict) -> tuple[MilestoneRow, ...]:
    rows = (MilestoneRow(*row) for row in _words(key, data, MilestoneRow._fields))
    return tuple(row for row in rows if row)


def _plan(key: str, data: QueryDict) -> tuple[StepRow, ...]:
    rows = (StepRow(*row) for row in _words(key, data, StepRow._fields))
    return tuple(row for row in rows if row)


def _words(key: str, data: QueryDict, names: Iterable[str]) -> list[list[str]]:
    """The cells of each row, as typed."""
    return [[data.get(f"{key}-{n}-{name}", "") for name in names] for n in range(_count(key, data))]


def _parts(key: str, data: QueryDict) -> tuple[PartRow, ...]:
    rows = []
    for n in range(_count(key, data)):
        at = f"{key}-{n}-"
        said = {name: data.get(f"{at}{name}", "") for name in ("words", "due", "place", "line")}
        rows.append(PartRow(lead=_unit(f"{at}lead", data), **said))
    return tuple(row for row in rows if row)


def _count(key: str, data: QueryDict) -> int:
    """How many rows the form had."""
    said = data.get(f"{key}-rows", "")
    return min(int(said), MOST_ROWS) if said.isascii() and said.isdigit() and len(said) < 5 else 0


def _fact(key: str, subject: Subject, _: Any) -> str:
    if key in BEGINS:
        due = subject.row.due
        return due.isoformat() if key == "due" and due else ""
    value = subject.row.facts.get(key)
    return str(value) if isinstance(value, str | int) else ""


def _nothing(key: str, subject: Subject, _: Any) -> str:
    return ""


def _first_unit(key: str, subject: Subject, _: Any) -> UnitSaid:
    lead = subject.row.lead if key == "lead" else None
    return UnitSaid(lead.name, lead.key) if lead else UnitSaid()


def _first_units(key: str, subject: Subject, supports: dict[str, str]) -> tuple[UnitSaid, ...]:
    return tuple(UnitSaid(name, unit) for unit, name in supports.items()) if key == "supports" else ()


def _first_milestones(key: str, subject: Subject, _: Any) -> tuple[MilestoneRow, ...]:
    planned = subject.row.facts.get(key) or ()
    rows = (MilestoneRow(*(each.get(name) or "" for name in ("words", "due", "done_on"))) for each in planned)
    return tuple(row._replace(was=row.said) for row in rows)


def _first_plan(key: str, subject: Subject, _: Any) -> tuple[StepRow, ...]:
    rows = (_step(each) for each in subject.row.facts.get(key) or ())
    return tuple(row._replace(was=row.said) for row in rows)


def _step(step: Mapping[str, Any]) -> StepRow:
    said = {name: step[name] or "" for name in ("key", "words", "start", "end", "expected", "done_on")}
    return StepRow(takes=str(step["takes"]), after="、".join(step["after"]), **said)


def _no_rows(key: str, subject: Subject, _: Any) -> tuple[PartRow, ...]:
    return ()


POSTED: dict[str, Callable[[str, QueryDict], Typed]] = {
    "unit": _unit,
    "units": _units,
    "milestones": _milestones,
    "plan": _plan,
    "parts": _parts,
}
FIRST: dict[str, Callable[[str, Subject, dict[str, str]], Typed]] = {
    "text": _nothing,
    "unit": _first_unit,
    "units": _first_units,
    "milestones": _first_milestones,
    "plan": _first_plan,
    "step": _nothing,
    "parts": _no_rows,
}
