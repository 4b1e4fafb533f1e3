"""The pieces of one page in, its regions in reading order out: columns of text apart, headlines over them between."""

from __future__ import annotations

from .pieces import Line, Piece, Ruled, beside, near

Region = list[Line]

# In heights of a character: the least width of a column of prose and of the gap between two.
_NARROWEST = 8.0
_GUTTER = 0.8
# Lines that a column must have, and the share of them that must reach its right end: cells of tables do not.
_FEWEST = 4
_FILLED = 0.35
# The share of lines that may run across a gap between columns: headlines, and text above and below.
_ACROSS = 0.4
# A newspaper is 400 half gutters wide; what is so much wider is placed wrongly, and would be searched without end.
_WIDEST = 5_000
# Newspapers have six columns at most; three halvings find eight.
_DEEPEST = 3


def regions(page: list[Piece], depth: int = 0) -> list[Region]:
    """Regions of a page, each its lines from the top; a table is one by itself."""
    gap = _gutter(page) if depth < _DEEPEST else None
    if gap is None:
        return _apart(lines(page)) if page else []
    across = sorted((p for p in page if p.left < gap < p.right), key=lambda p: p.top)
    rest = [p for p in page if not p.left < gap < p.right]
    out: list[Region] = []
    for piece in [*across, None]:
        above = [p for p in rest if piece is None or p.top < piece.top]
        rest = [p for p in rest if not (piece is None or p.top < piece.top)]
        out += regions([p for p in above if p.right <= gap], depth + 1)
        out += regions([p for p in above if p.left >= gap], depth + 1)
        if piece is not None:
            if out and not above and out[-1][-1][-1] in across and not _table(piece, out[-1][-1][-1]):
                out[-1].append([piece])
            else:
                out.append([[piece]])
    return out


def lines(page: list[Piece]) -> Region:
    """The lines of one region from the top; pieces side by side are one line."""
    out: Region = []
    for piece in sorted(page, key=lambda p: (p.top + p.bottom, p.left)):
        if out and beside(out[-1][-1], piece) and not _table(piece, out[-1][-1]):
            out[-1].append(piece)
        else:
            out.append([piece])
    return [_joined(sorted(line, key=lambda p: p.left)) for line in out]


def _apart(region: Region) -> list[Region]:
    """The lines above a table, the table, and the lines below it."""
    out: list[Region] = []
    for line in region:
        if out and not _table(line[0], out[-1][-1][0]):
            out[-1].append(line)
        else:
            out.append([line])
    return out


def _table(*each: Piece) -> bool:
    return any(isinstance(piece, Ruled) for piece in each)


def _joined(line: Line) -> Line:
    """Pieces that go on without a wide gap as one (a word set in another font comes by itself)."""
    out: Line = []
    for piece in line:
        if out and near(out[-1], piece):
            last = out.pop()
            piece = Piece(
                last.text + piece.text,
                last.places + piece.places,
                last.left,
                min(last.top, piece.top),
                piece.right,
                max(last.bottom, piece.bottom),
                max(last.size, piece.size),
                last.first,
            )
        out.append(piece)
    return out


def _gutter(page: list[Piece]) -> float | None:
    """The middle of a gap between two columns of prose, None where there is none."""
    if len(page) < 2 * _FEWEST:
        return None
    size = sorted(p.size for p in page)[len(page) // 2]
    left, right = min(p.left for p in page), max(p.right for p in page)
    best: tuple[int, float] | None = None
    step = _GUTTER * size / 2
    if step <= 0 or right - left > _WIDEST * step:
        return None
    for i in range(int((right - left) / step)):
        x = left + i * step
        crossing = sum(p.left < x + step and x - step < p.right for p in page)
        if crossing <= _ACROSS * len(page) and (best is None or crossing < best[0]) and _parts(page, x, size):
            best = crossing, x
    return best[1] if best else None


def _parts(page: list[Piece], x: float, size: float) -> bool:
    """Whether what stands on both sides of a line is prose in columns."""
    sides = [p for p in page if p.right <= x], [p for p in page if p.left >= x]
    return all(len(side) >= _FEWEST and _prose(side, size) for side in sides)


def _prose(side: list[Piece], size: float) -> bool:
    left, right = min(p.left for p in side), max(p.right for p in side)
    if right - left < _NARROWEST * size:
        return False
    return sum(p.right > right - 2 * size for p in side) >= _FILLED * len(side)
