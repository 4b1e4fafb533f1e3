"""Rows of cells in, PDFs with ruled tables out, drawn in the ways in which offices and browsers draw them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from .made import FONT

Rows = Sequence[Sequence[str]]
# Left, bottom, right and top of a cell.
Box = tuple[float, float, float, float]
WIDTH = 440.0
_TEXT = ParagraphStyle("text", fontName=FONT, fontSize=12, leading=18, wordWrap="CJK", firstLineIndent=24)


def spans(rows: Rows) -> dict[tuple[int, int], tuple[int, int]]:
    """The last column and row of every cell by its first (`^` goes on with the cell above, `<` to the left)."""
    first: dict[tuple[int, int], tuple[int, int]] = {}
    out: dict[tuple[int, int], tuple[int, int]] = {}
    for y, row in enumerate(rows):
        for x, words in enumerate(map(str, row)):
            at = first[x, y - 1] if words == "^" else first[x - 1, y] if words == "<" else (x, y)
            first[x, y] = at
            out[at] = x, y
    return out


def widths(rows: Rows) -> list[float]:
    """Columns as wide as their words ask for, but for what must be wrapped."""
    wanted = [
        max(3.0, *(min(12.0, len(str(row[x]))) for row in rows if str(row[x]) not in "^<")) for x in range(len(rows[0]))
    ]
    return [WIDTH * each / sum(wanted) for each in wanted]


def table(rows: Rows, size: float = 10.5, repeated: int = 0, middle: bool = False, like: Rows = ()) -> Table:
    """A table of reportlab with a grid, its words wrapped, all rows equally long, its columns as wide as `like`."""
    long = max(len(row) for row in rows)
    even = [[*map(str, row), *[""] * (long - len(row))] for row in rows]
    style = ParagraphStyle(
        "cell", fontName=FONT, fontSize=size, leading=1.3 * size, wordWrap="CJK", alignment=1 if middle else 0
    )
    cells = [
        ["" if words in ("^", "<") else Paragraph(escape(words).replace("\n", "<br/>"), style) for words in row]
        for row in even
    ]
    merged = [("SPAN", first, last) for first, last in spans(even).items() if first != last]
    look = [("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE" if middle else "TOP")]
    return Table(cells, widths(like or even), style=[*look, *merged], repeatRows=repeated)


def document(*parts: str | Flowable) -> bytes:
    """Paragraphs and tables on A4 pages."""
    out = io.BytesIO()
    flow = [
        Paragraph(escape(line), _TEXT) if isinstance(part, str) else part
        for part in parts
        for line in (part.splitlines() if isinstance(part, str) else [part])
        if not isinstance(line, str) or line.strip()
    ]
    margin = (A4[0] - WIDTH) / 2 - 6  # a frame of reportlab has 6 points inside
    SimpleDocTemplate(out, pagesize=A4, leftMargin=margin, rightMargin=margin).build(flow)
    return out.getvalue()


def gap() -> Spacer:
    """Room between a table and what follows."""
    return Spacer(1, 18)
