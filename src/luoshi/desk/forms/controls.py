"""A field, what stands in it and what is wrong with it in, what a template shows of it out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luoshi.ledger.playbook import Field, Move
from luoshi.places.models import Line, PlaceState

from . import posts
from .nouns import Cell, Choice, Control, MilestoneRow, PartRow, StepRow, Subject, Typed, UnitSaid, Wrong
from .reasons import reason
from .typed import MOST_ROWS, SPARE

# The number of a step that is counted on from.
NUMBER = re.compile("[0-9]{1,4}", re.ASCII)
NO_CHOICES: Mapping[str, tuple[Choice, ...]] = {}
Row = MilestoneRow | StepRow | PartRow
Rows = tuple[dict[str, Cell], ...]


class Shown(NamedTuple):
    """What a control is drawn from besides its field: the item, the move, what is wrong, units to choose from, and
    whether rows were asked for."""

    subject: Subject
    move: Move
    wrong: Wrong
    several: Mapping[str, tuple[Choice, ...]]

    def cell(self, path: str, name: str, value: Any, choices: tuple[Choice, ...] = ()) -> Cell:
        """One input; of units the choices are those of its name."""
        return Cell(name, value, tuple(self.wrong.get(path, ())), choices or self.several.get(path, ()))


def control(field: Field, typed: Typed, shown: Shown) -> Control:
    """A field as a template shows it."""
    label, choices = field.name.of(get_language() or "zh-hans"), _choices(field, shown)
    made = Control(
        field.key,
        field.kind,
        label,
        field.required,
        reason(field.key),
        shown.cell(field.key, field.key, typed, choices),
    )
    rows = ROWS.get(field.kind)
    return rows(made, typed, shown) if rows else made


def _choices(field: Field, shown: Shown) -> tuple[Choice, ...]:
    if field.kind == "post":
        return posts.choices(field.key, shown.subject)
    if field.kind == "step":
        return steps(shown.subject.row.facts.get("timetable") or ())
    language = get_language() or "zh-hans"
    return tuple(Choice(key, names.of(language)) for key, names in field.choices)


def steps(timetable: Iterable[Mapping[str, Any]]) -> tuple[Choice, ...]:
    """The steps of a timetable that are not done, to choose from."""
    return tuple(Choice(row["key"], f"{row['key']} {row['words']}") for row in timetable if not row["done_on"])


def _spare(count: int) -> range:
    return range(min(SPARE if count else SPARE + 1, MOST_ROWS - count))


def _units(made: Control, typed: tuple[UnitSaid, ...], shown: Shown) -> Control:
    said = (*typed, *(UnitSaid() for _ in _spare(len(typed))))
    rows = ({"unit": shown.cell(f"{made.key}[{n}]", f"{made.key}-{n}", each)} for n, each in enumerate(said))
    return made._replace(rows=tuple(rows))


def _milestones(made: Control, typed: tuple[MilestoneRow, ...], shown: Shown) -> Control:
    """Who reports says what is done, and moves nothing: then there are no rows beyond those planned."""
    fixed = "milestones_as_planned" in shown.move.guards and bool(shown.subject.row.facts.get(made.key))
    said = typed if fixed else (*typed, *(MilestoneRow() for _ in _spare(len(typed))))
    return made._replace(rows=_cells(made.key, said, shown), fixed=fixed)


def _plan(made: Control, typed: tuple[StepRow, ...], shown: Shown) -> Control:
    """Who reports says what is done, and moves nothing; else there are numbered rows beyond those there are."""
    fixed = "timetable_as_planned" in shown.move.guards
    said = typed if fixed else (*typed, *_numbered(typed))
    return made._replace(rows=_cells(made.key, said, shown), fixed=fixed)


def _numbered(typed: tuple[StepRow, ...]) -> list[StepRow]:
    """Empty rows with the numbers that come next."""
    taken = max((int(row.key) for row in typed if NUMBER.fullmatch(row.key)), default=0)
    return [StepRow(key=str(taken + 1 + n)) for n in _spare(len(typed))]


def _parts(made: Control, typed: tuple[PartRow, ...], shown: Shown) -> Control:
    said = (*typed, *(PartRow() for _ in _spare(len(typed))))
    choices = {"place": _places(shown.subject), "line": _lines(shown.subject)}
    return made._replace(rows=_cells(made.key, said, shown, choices))


def _cells(key: str, said: Iterable[Row], shown: Shown, choices: Mapping[str, tuple[Choice, ...]] = NO_CHOICES) -> Rows:
    """What was typed into rows, a cell for each of their parts."""
    return tuple(
        {
            name: shown.cell(f"{key}[{n}].{name}", f"{key}-{n}-{name}", getattr(row, name), choices.get(name, ()))
            for name in row._fields
        }
        for n, row in enumerate(said)
    )


def _places(subject: Subject) -> tuple[Choice, ...]:
    """The place of the item and those right below it."""
    own = subject.row.place
    below = PlaceState.objects.on(subject.scope.day).filter(parent=own.pk).order_by("code", "pk")
    rows = below.values_list("place__key", "name")[:MOST_PLACES]
    return (Choice("", _("随牵头单位")), Choice(own.key, own.name), *(Choice(*row) for row in rows))


# The prefecture with the most below it has some 30, a county with the most towns and villages some 100.
MOST_PLACES = 200


def _lines(subject: Subject) -> tuple[Choice, ...]:
    rows = Line.objects.on(subject.scope.day).order_by("branch", "key").values_list("key", "name")
    whole = subject.row.line.name if subject.row.line else _("不限")
    return (Choice("", _("同上级事项（%(line)s）") % {"line": whole}), *(Choice(*row) for row in rows))


ROWS: dict[str, Callable[[Control, Any, Shown], Control]] = {
    "units": _units,
    "milestones": _milestones,
    "plan": _plan,
    "parts": _parts,
}
