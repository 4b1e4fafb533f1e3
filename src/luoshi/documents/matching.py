"""The meetings there are and those that are read in, which is which out: a meeting has no id that a reader keeps."""

from __future__ import annotations

from typing import Any

from .models import Meeting

Fields = dict[str, Any]


def matched(rows: list[Meeting], read: list[Fields]) -> list[tuple[Meeting, Fields]]:
    """Pairs of a row and what is read of it now.

    The same words of the report are the same meeting; then words that overlap; then, where one row and one reading
    are left over, these: a report has seldom more than one meeting, and its name is what readers disagree on.
    """
    pairs: list[tuple[Meeting, Fields]] = []
    rows, read = list(rows), list(read)
    for same in (_equal, _overlapping):
        for row in list(rows):
            found = next((fields for fields in read if same(row.quotation, fields["quotation"])), None)
            if found is not None:
                pairs.append((row, found))
                rows.remove(row)
                read.remove(found)
    if len(rows) == len(read) == 1:
        pairs.append((rows[0], read[0]))
    return pairs


def _equal(one: Fields | None, other: Fields | None) -> bool:
    return one is not None and other is not None and _place(one) == _place(other)


def _overlapping(one: Fields | None, other: Fields | None) -> bool:
    if one is None or other is None:
        return False
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def _place(quoted: Fields) -> tuple[int, int]:
    return quoted["start"], quoted["end"]
