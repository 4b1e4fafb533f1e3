"""Bytes and a name in, or a report to be read again; the report with its drafts out."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from luoshi.documents.actions import Taken, reread, take_in
from luoshi.documents.changes import Changes
from luoshi.documents.models import Report
from luoshi.people.models import Post
from luoshi.places.models import Line, Place

from ..models import Draft
from .drawing import draw


class Brought(NamedTuple):
    """A report that was taken in, and its drafts; of a reprint none."""

    taken: Taken
    drafts: tuple[Draft, ...]


def bring(
    post: Post | None,
    data: bytes,
    name: str,
    *,
    place: Place | None,
    now: datetime,
    line: Line | None = None,
    published: str | None = None,
) -> Brought:
    """Take in a report and draft what it says. Taking in is one step, drafting another: `draw` may be asked again.

    Raises:
        Unreadable: it cannot be read; nothing is written.
        OSError: the disk is full or cannot be written; nothing is in the database.
    """
    taken = take_in(data, name, post=post, place=place, now=now, line=line, published=published)
    return Brought(taken, draw(taken.report, post=post, now=now))


def read_again(report: Report, *, now: datetime) -> Changes:
    """Read a report again with the reader of today; where it was drafted, drafts that nobody touched follow.

    Raises:
        Lost, Unreadable: as of `reread`.
    """
    changes = reread(report, now)
    if changes and Draft.unguarded.filter(report=report).exists():
        draw(report, post=None, now=now)
    return changes
