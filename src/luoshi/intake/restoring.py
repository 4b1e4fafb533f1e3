"""The rows of a report in, as much of its reading out as its printed owners need: with what people put right in it.

No original has to be there, and nothing is read again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from luoshi.documents.models import Directive, Meeting, Report
from luoshi.reading import Directive as Told
from luoshi.reading import Reading, Source, Span
from luoshi.reading.facts import Meeting as Held


class Printed(NamedTuple):
    """The owners that a directive prints, each once: those that lead, those that support, all of them in order."""

    leads: tuple[Span, ...]
    supports: tuple[Span, ...]
    units: tuple[Span, ...]


def printed(row: Directive) -> Printed:
    """The owners of a directive; where nothing says who leads, all that do not support do."""
    units, lead, support = ([_span(each) for each in rows] for rows in (row.units, row.lead, row.support))
    leads = lead or [each for each in units if each not in support]
    return Printed(tuple(leads), tuple(support), tuple(dict.fromkeys((*leads, *support, *units))))


def restored(report: Report, meeting: Meeting | None, rows: Sequence[Directive]) -> Reading:
    """A reading that says who speaks and which owners are printed, and nothing else."""
    return Reading(
        source=Source(report.name, "", "", "", ""),
        script="hans",
        noise=(),
        title=Span(0, len(report.title), report.title) if report.title else None,
        published=report.published or None,
        body=None,
        statements=(),
        directives=tuple(_told(row) for row in rows),
        publisher=report.publisher or None,
        meetings=(_held(meeting),) if meeting else (),
    )


def _told(row: Directive) -> Told:
    owners = printed(row)
    words = Span(row.quotation["start"], row.quotation["end"], row.words)
    return Told(row.key, None, words, None, "push", (), units=owners.units, support=owners.supports)


def _held(row: Meeting) -> Held:
    return Held(
        name=Span(0, len(row.name), row.name) if row.name else None,
        date=row.date or None,
        form=None,
        convener=row.convener or None,
        place=row.where or None,
        level=row.level or None,
        chairs=(),
        speakers=(),
        attendees=(),
        groups=(),
        presenters=(),
        relays=(),
    )


def _span(owner: dict[str, Any]) -> Span:
    """An owner that a person wrote stands nowhere in the text."""
    return Span(owner.get("start", 0), owner.get("end", 0), owner["text"])
