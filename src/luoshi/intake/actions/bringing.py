"""Bytes and a name in, the report with its drafts out: what an upload and `luoshi take` do."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from luoshi.documents.actions import Taken, take_in
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
