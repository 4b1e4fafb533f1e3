"""What a form says of a draft in, the columns to write out, or every fault by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from luoshi.ledger.actions.books import playbooks
from luoshi.ledger.machine import Fault as Code
from luoshi.ledger.machine.faults import fault, listed
from luoshi.ledger.machine.opening import LONGEST_WORDS
from luoshi.ledger.machine.values import BadValue, day_of, is_blank, key_of, phrase, shown, units, words
from luoshi.ledger.playbook import Playbook, UnknownPlaybook
from luoshi.places.models import Line, Place, Unit

from .refused import DraftRefused, told

# What an opening asks for that a draft has a column for.
FIELDS = frozenset({"basis", "basis_kind", "measure"})
KEYED: Mapping[str, type[Any]] = {"place": Place, "line": Line}


def runnable() -> tuple[Playbook, ...]:
    """Playbooks whose items can be opened from a draft: those that ask for nothing a draft has no column for."""
    newest = {playbook.key: playbook for playbook in playbooks()}
    asked = {key: {f.key for f in each.opening.fields if f.required} for key, each in newest.items()}
    return tuple(each for key, each in newest.items() if asked[key] <= FIELDS)


def playbook_of(list_: str) -> Playbook | None:
    """The playbook that runs a list."""
    try:
        return playbooks().running(list_)
    except UnknownPlaybook:
        return None


def filled(given: Mapping[str, Any], *, list_: str, lead: str | None, supports: Iterable[str]) -> dict[str, Any]:
    """Columns of a draft for the fields of a form. Of those left out: its list, the keys of lead and supports.

    Raises:
        DraftRefused: with every fault, by field.
    """
    columns: dict[str, Any] = {}
    codes: list[Code] = [fault("unknown_field", key[:40]) for key in given if key not in READERS]
    for key in READERS.keys() & given.keys():
        try:
            columns[key] = _read(key, given[key])
        except BadValue as bad:
            codes.append(bad.fault)
    playbook = playbook_of(str(columns.get("list", list_)))
    if not codes:
        codes += [*_listed(columns, playbook), *_keyed(columns), *_units(columns, lead, supports)]
    if codes:
        raise DraftRefused(*told(codes, playbook or runnable()[0]))
    return columns


def _read(key: str, raw: Any) -> Any:
    if key == "supports" and isinstance(raw, list | tuple):
        raw = [each for each in raw if not is_blank(each)]
    if is_blank(raw):
        if key in ("words", "list"):
            raise BadValue(fault("missing_field", key))
        return [] if key == "supports" else "" if key in ("measure", "basis", "basis_kind") else None
    return READERS[key](key, raw)


def _words(key: str, raw: Any) -> str:
    return words(key, raw, LONGEST_WORDS)


def _day(key: str, raw: Any) -> date:
    return date.fromisoformat(day_of(key, raw))


READERS: Mapping[str, Callable[[str, Any], Any]] = {
    "words": _words,
    "lead": key_of,
    "supports": units,
    "due": _day,
    "measure": phrase,
    "basis": phrase,
    "basis_kind": key_of,
    "list": key_of,
    "place": key_of,
    "line": key_of,
}


def _listed(columns: Mapping[str, Any], playbook: Playbook | None) -> list[Code]:
    """Faults of the list and of what its playbook offers to choose."""
    if playbook is None or playbook not in runnable():
        return [fault("unknown_list", "list", value=shown(columns.get("list", "")))]
    choices = [key for f in playbook.opening.fields if f.key == "basis_kind" for key, _ in f.choices]
    kind = columns.get("basis_kind")
    if kind and kind not in choices:
        return [fault("unknown_choice", "basis_kind", value=shown(kind), choices=listed(choices))]
    return []


def _keyed(columns: dict[str, Any]) -> list[Code]:
    """Put the rows of place and line in place of their keys; a fault for each that there is not."""
    wrong = []
    for key in KEYED.keys() & columns.keys():
        named = columns.pop(key)
        row = KEYED[key].objects.filter(key=named).first() if named else None
        columns[f"{key}_id"] = row.pk if row else None
        if named and row is None:
            wrong.append(Code(f"unknown_{key}", key, {key: named[:40]}))
    return wrong


def _units(columns: dict[str, Any], lead: str | None, supports: Iterable[str]) -> list[Code]:
    """Put the row of the lead in place of its key; faults of units that there are not, and of a lead that supports."""
    leads, helps = columns.get("lead", lead), columns.get("supports", list(supports))
    asked = {"lead": [leads] if "lead" in columns and leads else [], "supports": columns.get("supports", [])}
    named = {key for keys in asked.values() for key in keys}
    rows = dict(Unit.objects.filter(key__in=named).values_list("key", "pk")) if named else {}
    wrong = [
        Code("unknown_unit", field, {"unit": key[:90]})
        for field, keys in asked.items()
        for key in keys
        if key not in rows
    ]
    if leads and leads in helps:
        wrong.append(fault("lead_supports", "supports", unit=leads))
    if "lead" in columns:
        columns["lead_id"] = rows.get(columns.pop("lead") or "")
    return wrong
