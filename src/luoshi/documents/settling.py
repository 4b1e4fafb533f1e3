"""The rows of a report and a new reading of it in, the rows as that reading has them out, and what changed.

A field that a person corrected is not overwritten; a row that they corrected stays though it is not found any more.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from .changes import Change, Changes, Kept, Line, What
from .drawing import Drawing, Fields, meeting_key
from .matching import matched
from .models import Action, Directive, Meeting, Origin, Report
from .models.drawn import Corrected, Drawn

# Rows written by one statement: few enough that PostgreSQL's statement stays small, Django cuts SQLite's by itself.
BATCH = 500

D = TypeVar("D", bound=Drawn)


class Settling:
    """One report, its new drawing, the moment; `changes` fills up as `settle` goes on."""

    def __init__(self, report: Report, drawn: Drawing, now: datetime.datetime, changes: Changes) -> None:
        self.report, self.drawn, self.now, self.changes = report, drawn, now, changes

    def settle(self) -> None:
        """Bring all rows to the new reading; within a transaction, with the report locked."""
        line = Line("report", self.report.original.sha256, str(self.report))
        self._renewed(self.report, self.drawn.report, line)
        self.report.save()
        actions = {row.key: row for row in Action.unguarded.filter(report=self.report)}
        directives = {row.key: row for row in Directive.unguarded.filter(report=self.report)}
        # A directive stays as long as an action of it that a person corrected does.
        held = {row.directive_id for row in actions.values() if _stays(row, self.drawn.actions)}
        directives |= self._rows(Directive, "directive", directives, self.drawn.directives, held)
        parents = {key: directives[parent] for key, parent in self.drawn.parents.items()}
        self._rows(Action, "action", actions, self.drawn.actions, set(), parents)
        self._meetings()

    def _rows(
        self,
        model: type[D],
        what: What,
        rows: dict[str, D],
        read: Mapping[str, Fields],
        held: set[int],
        parents: Mapping[str, Directive] | None = None,
    ) -> dict[str, D]:
        """Rows of one table, by key; those made now are given back. `held` are rows that others hold."""
        fresh = [model(report=self.report, key=key, **fields) for key, fields in read.items() if key not in rows]
        known = [row for key, row in rows.items() if key in read]
        touched = [row for row in known if self._found(row, read[_key(row)], what)]
        touched += [row for row in rows.values() if _key(row) not in read and self._missed(row, what, read, held)]
        moved = _hung(parents, (*fresh, *known)) if parents is not None else []
        touched += [row for row in moved if row.pk and row not in touched]
        _update(model, touched)
        self.changes.added += [_line(what, row) for row in fresh]
        return {_key(row): row for row in _create(model, fresh)}

    def _found(self, row: Drawn, fields: Fields, what: What) -> bool:
        """Bring a row to what is read of it; whether anything of it has to be written."""
        was = row.gone_at, row.found
        if row.gone_at is not None:
            self.changes.added.append(_line(what, row))
        row.gone_at, row.found = None, True
        return self._renewed(row, fields, _line(what, row)) or was != (None, True)

    def _missed(self, row: Drawn, what: What, read: Mapping[str, Fields], held: set[int]) -> bool:
        """What becomes of a row that is not found any more; whether anything of it has to be written."""
        if row.gone_at is not None:
            return False
        newly, row.found = row.found, False
        if row.corrected or row.pk in held:
            if newly:
                self.changes.kept.append(Kept(_line(what, row), beside=_beside(row, read)))
            return newly
        row.gone_at = self.now
        self.changes.gone.append(_line(what, row))
        return True

    def _renewed(self, row: Corrected, fields: Fields, line: Line) -> bool:
        """Set the fields of a row that are read otherwise, but for those that a person corrected."""
        differing = {name: value for name, value in fields.items() if row.as_read(name) != value}
        silent = row.SILENT if isinstance(row, Drawn) else frozenset()
        for name, value in differing.items():
            before = row.as_read(name)
            if name in row.corrected:
                row.corrected = {**row.corrected, name: value}
                self.changes.kept.append(Kept(line, name, before, value, getattr(row, name)))
                continue
            setattr(row, name, value)
            if name not in silent:
                self.changes.changed.append(Change(line, name, before, value))
        return bool(differing)

    def _meetings(self) -> None:
        """Meetings, which have no key that a reader keeps; those entered by hand are nobody's reading."""
        rows = list(Meeting.unguarded.filter(report=self.report, origin=Origin.READ).order_by("rank", "pk"))
        pairs = matched(rows, self.drawn.meetings)
        now_read = [fields for _, fields in pairs]
        for row, fields in pairs:
            if self._found(row, fields, "meeting"):
                row.save()
        left = {row.pk for row, _ in pairs}
        for row in rows:
            if row.pk not in left and self._missed(row, "meeting", {}, set()):
                row.save()
        for fields in self.drawn.meetings:
            if not any(fields is each for each in now_read):
                self.changes.added.append(_line("meeting", self._met(fields)))

    def _met(self, fields: Fields) -> Meeting:
        report = self.report
        key = meeting_key(report.original.sha256, fields)
        belonging = {"place_id": report.place_id, "line_id": report.line_id, "entered_at": self.now, "key": key}
        return Meeting.unguarded.create(report=report, origin=Origin.READ, **belonging, **fields)


def _key(row: Any) -> str:
    return str(row.key)


def _line(what: What, row: Any) -> Line:
    return Line(what, _key(row), str(row))


def _stays(row: Drawn, read: Mapping[str, Fields]) -> bool:
    return bool(row.corrected) and _key(row) not in read and row.gone_at is None


def _hung(parents: Mapping[str, Directive], rows: Iterable[Any]) -> list[Any]:
    """Hang actions under the directives that they are read in; those that hung elsewhere."""
    moved = [row for row in rows if row.directive_id != parents[_key(row)].pk]
    for row in moved:
        row.directive = parents[_key(row)]
    return moved


def _beside(row: Any, read: Mapping[str, Fields]) -> tuple[str, ...]:
    """Keys of what is read now where the row stood."""
    if not row.quotation:
        return ()
    start, end = row.quotation["start"], row.quotation["end"]
    quoted = ((key, fields["quotation"]) for key, fields in read.items())
    return tuple(key for key, each in quoted if each["start"] < end and start < each["end"])


def _create(model: type[D], rows: list[D]) -> list[D]:
    made: list[D] = model._default_manager.bulk_create(rows, batch_size=BATCH)
    return made


def _update(model: type[D], rows: Iterable[D]) -> None:
    names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model._default_manager.bulk_update(list(rows), names, batch_size=BATCH)
