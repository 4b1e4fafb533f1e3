"""The facts of an item and its deadline in, the plan of its steps out, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from .nouns import Plan, Step

DAYS = ("start", "end", "expected", "done_on")


def plan_of(facts: Mapping[str, Any], due: date | None) -> Plan | None:
    """The plan of an item; None where it has no timetable, or no deadline to count back from."""
    rows, begins = facts.get("timetable"), facts.get("begins")
    if not rows or not begins or due is None:
        return None
    return Plan(tuple(step_of(row) for row in rows), date.fromisoformat(begins), due)


def step_of(row: Mapping[str, Any]) -> Step:
    """A step as an event holds it (machine.values), as a value."""
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in DAYS}
    return Step(row["key"], row["words"], row["takes"], tuple(row["after"]), **days)
