"""A ledger's bytes and who brings it in, its report and one draft for each of its lines out: all of them, or none."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from django.db import transaction

from luoshi.documents.actions import take_in
from luoshi.documents.drawing import CONTEXT
from luoshi.documents.models import Action, Report
from luoshi.documents.packing import storable
from luoshi.documents.reader import read_bytes
from luoshi.ledger.machine.days import day as day_of
from luoshi.people.models import Post
from luoshi.places.models import Line, Place
from luoshi.reading import Source

from ..listing import current_directory
from ..models import Draft
from .filling import Filled, filled
from .nouns import Entry, Fault
from .sheets import sheets_of
from .understanding import Chosen, table_of


class Spoiled(ValueError):
    """The ledger has faults, so that nothing was made of it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(", ".join(fault.code for fault in faults))
        self.faults = faults


class Imported(NamedTuple):
    """The report that a ledger is now, and how many drafts were made; none where it was there before."""

    report: Report
    made: int


def import_table(
    data: bytes,
    name: str,
    *,
    post: Post,
    place: Place,
    now: datetime.datetime,
    line: Line | None = None,
    chosen: Chosen | None = None,
) -> Imported:
    """Take a ledger over: the file as a report, a draft for each line, in one transaction.

    The same file again makes nothing again, nor does one that was read as a report and has drafts. Who may is asked by
    the caller: a supervisor whose post covers place and line.

    Raises:
        Spoilt: the file cannot be read.
        Spoiled: it has faults.
        OSError: the disk is full; nothing is in the database.
    """
    source, sheets = sheets_of(data, name)
    table = table_of(sheets, chosen or {})
    if table.faults:
        raise Spoiled(table.faults)
    lines = filled(table, current_directory(), day_of(now), place.key)
    read = read_bytes(data, storable(name), None)
    with transaction.atomic():
        report = take_in(data, name, post=post, place=place, line=line, now=now, read=read).report
        if Draft.unguarded.filter(report=report).exists():
            return Imported(report, 0)
        actions = _actions(report)
        shared = {"report": report, "made_by": post, "made_at": now, "place": place, "line": line}
        title = table.title or report.title or name
        rows = []
        for rank, each in enumerate(lines):
            row = Draft(**shared, **storable(_draft(each, source, title)), rank=rank)
            row.lead, row.due = each.owners.lead, each.dated.due
            row.action = actions.get((each.entry.words.start, each.entry.words.end))
            row.directive = row.action.directive if row.action else None
            rows.append(row)
        Draft.unguarded.bulk_create(rows)
    return Imported(report, len(rows))


def _actions(report: Report) -> dict[tuple[int, int], Action]:
    """The actions that the reader found, by where they stand: a line whose cell is an action is the draft of it."""
    rows = Action.unguarded.filter(report=report, gone_at__isnull=True).select_related("directive")
    return {(row.quotation["start"], row.quotation["end"]): row for row in rows}


def _draft(each: Filled, source: Source, title: str) -> dict[str, Any]:
    """The fields of a draft that are plain values."""
    entry = each.entry
    return {
        "origin": Draft.Origin.TABLE,
        "words": entry.words.text,
        "quotation": _quotation(source, entry),
        "owners": each.owners.owners,
        "deadline": each.dated.deadline,
        "supports": each.owners.supports,
        "measure": entry.said("goal"),
        "basis": entry.said("basis") or title,
        "basis_kind": "document",
        "list": "tasks",
        "note": note(each),
    }


# Fields that a draft has no place of its own for, in the words of the ledger.
NOTED = (("task", "任务"), ("problem", "问题"), ("progress", "进展"), ("state", "状态"), ("remark", "备注"))


def note(each: Filled) -> str:
    """What else the line says, so that nothing of it is lost."""
    entry = each.entry
    said = [("分组", entry.group), *((label, entry.said(field)) for field, label in NOTED)]
    return "；".join(f"{label}：{words}" for label, words in said if words)


def _quotation(source: Source, entry: Entry) -> dict[str, Any]:
    start, end = entry.words.start, entry.words.end
    text = source.text
    return {
        "source": source.sha256,
        "exact": text[start:end],
        "start": start,
        "end": end,
        "prefix": text[max(start - CONTEXT, 0) : start],
        "suffix": text[end : end + CONTEXT],
    }
