"""Steps of a timetable as a form gives them in, the fault with them out; and the guards of moves on a timetable."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

from ..schedule import Wrong, wrongs
from ..schedule.reading import step_of
from .faults import fault, listed
from .nouns import JSON, Case, Fault, Guard

# What of a step its report leaves as planned.
PLANNED = ("key", "words", "takes", "after", "start", "end", "expected")
# As long as a working day has codes for: `土建-2.1`; it is written again wherever a step is waited for.
LONGEST_STEP_KEY = 12
# Between keys where somebody writes several.
BETWEEN = "、，,;；"


def is_step_key(said: str) -> bool:
    """Whether the key of a step can be told from others in a row of them."""
    plain = not any(c.isspace() or c in BETWEEN or unicodedata.category(c).startswith("C") for c in said)
    return plain and 0 < len(said) <= LONGEST_STEP_KEY


def unplannable(key: str, rows: Sequence[Mapping[str, JSON]]) -> Fault | None:
    """The first fault of steps that are each right and do not go together."""
    found = wrongs([step_of(row) for row in rows])
    return _said(key, found[0]) if found else None


def _said(key: str, wrong: Wrong) -> Fault:
    field, about = SAID[wrong.code]
    code = "twice" if wrong.code == "step_twice" else wrong.code
    return fault(code, f"{key}[{wrong.row}].{field}", **{about: wrong.about})


# Fault of a plan → the column it is about, and what its words are called.
SAID = {
    "step_twice": ("key", "value"),
    "unknown_step": ("after", "value"),
    "cycle": ("after", "steps"),
    "ends_before_start": ("end", "day"),
    "long_chain": ("takes", "most"),
}

Row = Mapping[str, JSON]


def timetable_as_planned(case: Case) -> Fault | None:
    """Who reports says which steps are done, and moves none."""
    rows = case.given.get("timetable")
    if rows is None or _planned(_rows(case)) == _planned(rows):
        return None
    return fault("not_as_planned", "timetable")


def _planned(rows: Sequence[Row]) -> list[list[JSON]]:
    return [[row[name] for name in PLANNED] for row in rows]


def has_timetable(case: Case) -> Fault | None:
    """There are steps to begin, to report on, to be late with."""
    return None if _rows(case) else fault("no_timetable")


def step_open(case: Case) -> Fault | None:
    """What slips is in the timetable and not done; where all is done nothing slips."""
    if "slipping" not in case.given:
        return None if _left(case) else fault("all_done")
    row = _slipping(case)
    if row is None:
        return fault("unknown_step", "slipping", value=case.given["slipping"])
    return fault("step_done", "slipping", step=row["words"]) if row["done_on"] else None


def said_beforehand(case: Case) -> Fault | None:
    """A slip is said of a day ahead, and before the day that was promised: by the plan, or when it was last said."""
    given = case.given
    if "new_end" not in given or "slipping" not in given:
        days = [_promised(row) for row in _left(case)]
        past = [day for day in days if day and date.fromisoformat(day) < case.today]
        return fault("step_overdue", "slipping", day=max(past)) if past and len(past) == len(days) else None
    if date.fromisoformat(given["new_end"]) < case.today:
        return fault("in_the_past", "new_end", day=given["new_end"])
    promised = _promised(_slipping(case) or {})
    if promised and date.fromisoformat(promised) < case.today:
        return fault("step_overdue", "slipping", day=promised)
    return None


def _promised(row: Row) -> str | None:
    found: str | None = row.get("expected") or row.get("end")
    return found


def _rows(case: Case) -> Sequence[Row]:
    return case.state.facts.get("timetable") or ()


def _left(case: Case) -> list[Row]:
    return [row for row in _rows(case) if not row["done_on"]]


def _slipping(case: Case) -> Row | None:
    return next((row for row in _rows(case) if row["key"] == case.given["slipping"]), None)


def timetable_done(case: Case) -> Fault | None:
    """What is to be accepted is done, step by step."""
    left = [row["key"] for row in _left(case)]
    return fault("steps_open", count=len(left), steps=listed(left)) if left else None


TIMETABLE_GUARDS: dict[str, Guard] = {
    guard.__name__: guard for guard in (timetable_as_planned, has_timetable, step_open, said_beforehand, timetable_done)
}
