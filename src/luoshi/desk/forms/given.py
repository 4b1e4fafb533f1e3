"""What was typed into the fields of a move in, values for the ledger's door out, with what is wrong so far."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from luoshi.ledger.machine.timetables import BETWEEN
from luoshi.ledger.playbook import Field

from .nouns import Choice, MilestoneRow, PartRow, StepRow, Typed, UnitSaid, Wrong
from .units import Known, key_of

# What no key of a step has.
PARTED = re.compile(rf"[{BETWEEN}\s]+")


@dataclass(frozen=True)
class Given:
    """Values for the door by field, what is wrong by path, and the units to choose from where a name has several."""

    fields: dict[str, Any] = field(default_factory=dict)
    wrong: Wrong = field(default_factory=dict)
    several: dict[str, tuple[Choice, ...]] = field(default_factory=dict)


def given(fields: Iterable[Field], typed: Mapping[str, Typed], known: Sequence[Known]) -> Given:
    """What the door is told; what is blank it is told as blank, and says itself what must be filled in."""
    made = Given()
    for each in fields:
        value = READ.get(each.kind, _plain)(each.key, typed[each.key], known, made)
        made.fields[each.key] = value
    return made


def _plain(key: str, typed: Any, known: Sequence[Known], made: Given) -> Any:
    return typed


def _unit(path: str, typed: UnitSaid, known: Sequence[Known], made: Given) -> str:
    return key_of(path, typed, known, made.wrong, made.several) if typed else ""


def _units(key: str, typed: tuple[UnitSaid, ...], known: Sequence[Known], made: Given) -> list[str]:
    return [_unit(f"{key}[{n}]", each, known, made) for n, each in enumerate(typed)]


def _milestones(key: str, typed: tuple[MilestoneRow, ...], known: Sequence[Known], made: Given) -> list[Any]:
    """Milestones as they stand; none where a plan was shown and nothing of it changed."""
    if all(row.was == row.said for row in typed):
        return []
    return [{"words": row.words, "due": row.due, "done_on": row.done_on} for row in typed if row.said]


def _plan(key: str, typed: tuple[StepRow, ...], known: Sequence[Known], made: Given) -> list[Any]:
    """Steps as they stand; none where a timetable was shown and nothing of it changed."""
    if all(row.was == row.said for row in typed):
        return []
    rows = (dict(zip(StepRow._fields[:-1], row, strict=False)) for row in typed if row.said)
    return [{**row, "after": [key for key in PARTED.split(row["after"]) if key]} for row in rows]


def _parts(key: str, typed: tuple[PartRow, ...], known: Sequence[Known], made: Given) -> list[Any]:
    places = {unit.key: unit.place_key for unit in known if unit.near}
    rows = []
    for n, row in enumerate(typed):
        lead = _unit(f"{key}[{n}].lead", row.lead, known, made)
        said = {"words": row.words, "lead": lead, "due": row.due, "line": row.line}
        rows.append({**said, "place": row.place or places.get(lead, "")})
    return rows


READ: dict[str, Callable[[str, Any, Sequence[Known], Given], Any]] = {
    "unit": _unit,
    "units": _units,
    "milestones": _milestones,
    "plan": _plan,
    "parts": _parts,
}
