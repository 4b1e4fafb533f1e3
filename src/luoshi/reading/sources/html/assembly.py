"""The lines that are kept in, an Extract with the way back to the bytes of the page out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, islice, pairwise, repeat

from ...facts import Known, Run
from ..extract import Extract
from .decoding import marked
from .page import Line
from .spans import Spanned, carried


def assemble(
    lines: list[Line],
    page: str,
    encoding: str,
    skipped: int,
    known: Known,
    spanned: Mapping[int, Sequence[Spanned]],
) -> Extract:
    """A line of text a line, a blank line between paragraphs, the offsets of runs in bytes of the page.

    Args:
        lines: what is kept; a title out of `<title>` may come before lines that stand after it only.
        page: the decoded page.
        encoding: what it was decoded by.
        skipped: bytes of the byte order mark before it.
        spanned: the cells over several rows or columns, by table.
    """
    parts: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    tables: dict[int, dict[int, tuple[tuple[int, int], ...]]] = {}
    at = 0
    for line in lines:
        if parts:
            parts.append("\n" if line.broken else "\n\n")
            at += len(parts[-1])
        starts += [at + start for start, _ in line.places]
        places += [place for _, place in line.places]
        if line.cells and line.cell:
            tables.setdefault(line.cell[0], {})[line.cell[1]] = tuple((at + s, at + e) for s, e in line.cells)
        parts.append(line.words)
        at += len(line.words)
    offsets = _offsets(page, places, encoding, skipped)
    # A page of entities has a run a character, so they are made without a call of Python each.
    runs = tuple(map(partial(tuple.__new__, Run), zip(starts, repeat(""), offsets, strict=False)))
    text = marked("".join(parts))
    found = tuple(carried(rows, spanned.get(number, ())) for number, rows in tables.items())
    return Extract(text, encoding, runs, known, found)


def _offsets(page: str, places: list[int], encoding: str, skipped: int) -> Iterator[int]:
    """Offsets in bytes of characters of the page, in one pass over it."""
    narrow = not encoding.startswith("utf-16")
    ordered = sorted(places)
    pieces = [page[at:place] for at, place in pairwise([0, *ordered])]
    widths = [
        len(piece) if narrow and piece.isascii() else len(piece.encode(encoding, "surrogateescape")) for piece in pieces
    ]
    found = dict(zip(ordered, islice(accumulate(widths, initial=skipped), 1, None), strict=True))
    return map(found.__getitem__, places)
