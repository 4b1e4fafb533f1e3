"""A row, a field and what a person says stands there in, the row so out; what was read and who said so is kept."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.people.models import Post

from ..checking import checked
from ..models import Action, Correction, Directive, Meeting, Origin, Report

Row = Report | Directive | Action | Meeting


class Gone(Exception):
    """A row was to be corrected that no reading has any more."""

    def __init__(self) -> None:
        super().__init__(_("重新读取后已无此条，不能更正。"))


def correct(row: Row, field: str, value: Any, *, post: Post | None, now: datetime.datetime) -> bool:
    """Put one field right; no reading overwrites it from now on. False: it stands there already.

    What stands there as read and is said again is not a correction: a later reader may still read better.

    Raises:
        ValidationError: the field cannot be corrected, or the value cannot stand there.
        Gone: the row is not there any more.
    """
    return bool(_correct(row, {field: value}, post, now))


def correct_meeting(
    meeting: Meeting, fields: Mapping[str, Any], *, post: Post | None, now: datetime.datetime
) -> tuple[str, ...]:
    """Put several fields of a meeting right, all or none; the names of those that changed. Raises as `correct`."""
    return _correct(meeting, fields, post, now)


def take_back(row: Row, field: str, *, post: Post | None, now: datetime.datetime) -> bool:
    """Take a correction back: what is read stands there again. False: the field is not corrected.

    A row that was kept only for its corrections, and that no reading has any more, goes with the last of them.
    """
    with transaction.atomic():
        _lock(row)
        if field not in row.corrected:
            return False
        read = row.corrected[field]
        _note(row, field, read, post, now, back=True)
        row.corrected = {name: value for name, value in row.corrected.items() if name != field}
        setattr(row, field, read)
        if not isinstance(row, Report) and not row.found and not row.corrected:
            row.gone_at = now
        row.save()
    return True


def _correct(row: Row, fields: Mapping[str, Any], post: Post | None, now: datetime.datetime) -> tuple[str, ...]:
    wanted = checked(type(row), fields)
    with transaction.atomic():
        _lock(row)
        if not isinstance(row, Report) and row.gone_at is not None:
            raise Gone
        changed = tuple(name for name, value in wanted.items() if not _same(getattr(row, name), value))
        for name in changed:
            _note(row, name, wanted[name], post, now)
            if not (isinstance(row, Meeting) and row.origin == Origin.HAND):
                row.corrected = {**row.corrected, name: row.as_read(name)}
            setattr(row, name, wanted[name])
        if changed:
            row.save()
    return changed


def _lock(row: Row) -> None:
    """The row as it is in the database now, which nobody else changes meanwhile: a rereading locks the report too."""
    report = row.pk if isinstance(row, Report) else row.report_id
    if report is not None:
        Report.unguarded.select_for_update().get(pk=report)
    rows: Any = type(row).unguarded.select_for_update()
    row.refresh_from_db(from_queryset=rows)


def _same(one: Any, other: Any) -> bool:
    """Whether two values say the same: of owners, what counts is their names, not where they are printed."""
    return bool(_named(one) == _named(other))


def _named(value: Any) -> Any:
    return [each["text"] for each in value] if isinstance(value, list) and value and "text" in value[0] else value


def _note(row: Row, field: str, value: Any, post: Post | None, now: datetime.datetime, back: bool = False) -> None:
    owner = row if isinstance(row, Report | Meeting) else row.report
    Correction.unguarded.create(
        report=row if isinstance(row, Report) else row.report,
        place_id=owner.place_id,
        line_id=owner.line_id,
        what=type(row).__name__.lower(),
        row=row.pk,
        field=field,
        before=getattr(row, field),
        after=value,
        back=back,
        post=post,
        at=now,
    )
