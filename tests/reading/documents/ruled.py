"""Rows of cells in, PDFs with ruled tables out, drawn in the ways in which offices and browsers draw them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from .made import FONT

Rows = Sequence[Sequence[str]]
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


Lines = list[float]


def by_lines(canvas: Canvas, xs: Lines, ys: Lines) -> None:
    """Rules drawn through, as most programs draw them."""
    canvas.grid(xs, ys)


def by_thin_boxes(canvas: Canvas, xs: Lines, ys: Lines) -> None:
    """Filled boxes half a point thick, a piece for each side of each cell, as Word draws borders."""
    for x in xs:
        for y, v in pairwise(ys):
            canvas.rect(x, y, 0.5, v - y, stroke=0, fill=1)
    for y in ys:
        for x, u in pairwise(xs):
            canvas.rect(x, y, u - x + 0.5, 0.5, stroke=0, fill=1)


def by_cells(canvas: Canvas, xs: Lines, ys: Lines) -> None:
    """Each cell a box of its own, apart from its neighbours, in a frame around all, as browsers draw them."""
    canvas.rect(xs[0], ys[0], xs[-1] - xs[0], ys[-1] - ys[0])
    for x, u in pairwise(xs):
        for y, v in pairwise(ys):
            canvas.rect(x + 1, y + 1, u - x - 2, v - y - 2)


def by_dashes(canvas: Canvas, xs: Lines, ys: Lines) -> None:
    """Many short lines."""
    for x in xs:
        for at in range(int(ys[0]), int(ys[-1]), 6):
            canvas.line(x, at, x, at + 3)
    for y in ys:
        for at in range(int(xs[0]), int(xs[-1]), 6):
            canvas.line(at, y, at + 3, y)


def by_double_lines(canvas: Canvas, xs: Lines, ys: Lines) -> None:
    """Two rules beside each other."""
    canvas.grid(xs, ys)
    canvas.grid([x + 2 for x in xs], [y + 2 for y in ys])


def with_open_sides(canvas: Canvas, xs: Lines, ys: Lines) -> None:
    """No rule at the left and the right."""
    for y in ys:
        canvas.line(xs[0], y, xs[-1], y)
    for x in xs[1:-1]:
        canvas.line(x, ys[0], x, ys[-1])


def in_a_form(canvas: Canvas, xs: Lines, ys: Lines) -> None:
    """Rules in a form, a piece of drawing that has its own scale and place."""
    canvas.beginForm("rules")
    canvas.grid([x / 2 for x in xs], [y / 2 for y in ys])
    canvas.endForm()
    canvas.saveState()
    canvas.translate(7, -3)
    canvas.scale(2, 2)
    canvas.translate(-3.5, 1.5)
    canvas.doForm("rules")
    canvas.restoreState()


WAYS = (by_lines, by_thin_boxes, by_cells, by_dashes, by_double_lines, with_open_sides, in_a_form)


def broken_up(words: str, measure: float) -> list[str]:
    """Words in lines as long as there is room."""
    out = [""]
    for character in words:
        if stringWidth(out[-1] + character, FONT, 12) > measure:
            out.append("")
        out[-1] += character
    return out


def drawn_table(rows: Rows, way: Callable[[Canvas, Lines, Lines], None], width: int = 6) -> Callable[[Canvas], None]:
    """What draws a table of 12 points, each cell so many characters wide, its words wrapped."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        xs = [60.0 + i * (12 * width + 12) for i in range(len(rows[0]) + 1)]
        ys = [700.0]
        for row in rows:
            broken = [broken_up(words, 12 * width) for words in row]
            for x, parts in zip(xs, broken, strict=False):
                for i, part in enumerate(parts):
                    canvas.drawString(x + 6, ys[-1] - 15 - 16 * i, part)
            ys.append(ys[-1] - 16 * max(1, *map(len, broken)) - 8)
        way(canvas, xs, ys[::-1])

    return draw
