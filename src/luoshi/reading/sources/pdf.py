"""The bytes of a PDF in, its text layer with wrapped lines made paragraphs and the way back out."""

from __future__ import annotations

import ctypes
import importlib
import math
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from .drawing import MOST_IN_ALL, Drawing, drawing
from .extract import Extract, Unreadable
from .layout import Glyph, Piece, Ruled, laid_out, pieces_and_tables
from .ocr import read_pages
from .unfolding import bounded

# The longest report measured has 300 pages; a thousand take 10 seconds.
MOST_PAGES = 1000
# A page of a newspaper has 12,000 characters; a million are 300 full pages of the smallest print.
MOST_CHARACTERS = 1_000_000
# Dots an inch at which scanned pages are drawn: characters of 10.5 points are then 22 dots high.
_SHARPNESS = 150
# Dots on the longer side at most: A3 at that sharpness; a poster would cost gigabytes.
_LONGEST_SIDE = 2500
# PDFium is not made for threads: one document at a time.
_ONE = threading.Lock()
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_HYPHEN = 2  # how PDFium gives the hyphen of a word that is parted at the end of a line
# In sizes of a character: the least width of a blank that was written.
_HAIR = 0.01
# Of a right angle: text that is set askew by more is a watermark or a stamp.
_ASKEW = 0.05
# Boxes (left, bottom, right, top; y upwards) of text turned clockwise by so many right angles, as boxes
# (left, top, right, bottom; y downwards) of text that runs to the right.
_Box = tuple[float, float, float, float]
_TURNS: tuple[Callable[[float, float, float, float], _Box], ...] = (
    lambda left, bottom, right, top: (left, -top, right, -bottom),
    lambda left, bottom, right, top: (-top, -right, -bottom, -left),
    lambda left, bottom, right, top: (-right, bottom, -left, top),
    lambda left, bottom, right, top: (bottom, left, top, right),
)


def read_pdf(data: bytes, name: str) -> Extract:
    """The text of a PDF; places are "page 3" and the index of the character in PDFium's text of the page.

    A PDF without any text layer is drawn and its characters recognised, where the extra `ocr` is installed;
    pages without text in a PDF that has some are passed over. Raises Unreadable.
    """
    try:
        pdfium = importlib.import_module("pypdfium2")
    except ImportError:
        raise Unreadable("reading PDFs needs one more package: pip install 'luoshi[pdf]'") from None
    bounded(data)
    with _ONE:
        document = _opened(pdfium, data)
        try:
            found = _pages(pdfium, document)
            if any(found):
                return laid_out(found)
            return read_pages((_drawn(page) for page in document), "the PDF holds pictures of pages without text")
        except pdfium.PdfiumError:
            raise Unreadable("the PDF is cut off or damaged; get it anew") from None
        finally:
            document.close()


def _opened(pdfium: Any, data: bytes) -> Any:
    try:
        document = pdfium.PdfDocument(data)
        pages = len(document)
    except pdfium.PdfiumError as wrong:
        if getattr(wrong, "err_code", None) == _PASSWORD:
            raise Unreadable("the PDF is encrypted; open it with its password and save it without") from None
        raise Unreadable("the PDF is cut off or damaged; get it anew") from None
    if pages > MOST_PAGES:
        document.close()
        raise Unreadable(f"it has {pages:,} pages, more than the {MOST_PAGES:,} a report may have; split it first")
    return document


def _pages(pdfium: Any, document: Any) -> list[list[Piece]]:
    """The pieces of lines of every page."""
    found: list[list[Piece]] = []
    table: Ruled | None = None
    total, left = 0, MOST_IN_ALL
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        total += text.count_chars()
        if total > MOST_CHARACTERS:
            raise Unreadable(f"it has more than {MOST_CHARACTERS:,} characters, more than any report; split it first")
        drawn = drawing(pdfium.raw, page, left)
        left -= drawn.points
        glyphs, rules = _upright(list(_glyphs(pdfium.raw, text, drawn)), drawn.rules)
        found.append(pieces_and_tables(glyphs, rules, table))
        table = next((each for each in reversed(found[-1]) if isinstance(each, Ruled)), table)
        text.close()
        page.close()
    return found


def _drawn(page: Any) -> Any:
    """A page as a picture; one that is drawn too large (a poster) is drawn smaller."""
    sharpness = min(_SHARPNESS / 72, _LONGEST_SIDE / max(*page.get_size(), 1))
    return page.render(scale=sharpness).to_numpy()


def _glyphs(raw: Any, text: Any, drawn: Drawing) -> Iterator[tuple[Glyph, int]]:
    """The characters of a page with their boxes (y still upwards), and how many right angles each is turned by."""
    before: tuple[Glyph, int] | None = None
    waiting: Glyph | None = None
    for glyph, turns in _placed(raw, text):
        if turns is None:
            waiting = glyph
            continue
        if before and waiting:
            yield _blank(before[0], waiting, glyph, drawn), before[1]
        before, waiting = (glyph, turns), None
        yield before


def _placed(raw: Any, text: Any) -> Iterator[tuple[Glyph, int | None]]:
    """The characters of a page and how they are turned, None for blanks that PDFium supposes between words.

    Characters turned by less than right angles (watermarks), line ends and characters without a meaning are left out.
    """
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    at_box, at_matrix = ctypes.byref(box), ctypes.byref(matrix)
    for at, letter in _letters(raw, text):
        if not (raw.FPDFText_GetMatrix(text, at, at_matrix) and raw.FPDFText_GetLooseCharBox(text, at, at_box)):
            continue
        turned = 0.0 if matrix.b == 0 < matrix.a else -math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        supposed = letter == " " and raw.FPDFText_IsGenerated(text, at)
        if not supposed and abs(turned - round(turned)) > _ASKEW:
            continue
        size = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
        glyph = Glyph(letter, at, box.left, box.bottom, box.right, box.top, size)
        yield glyph, None if supposed else round(turned) % 4


def _blank(before: Glyph, blank: Glyph, after: Glyph, drawn: Drawing) -> Glyph:
    """A blank that PDFium supposes, beside what is before it; without width where none was written there.

    PDFium places it anywhere near and gives it no height; it drops blanks written by themselves, as browsers do.
    """
    written = drawn.is_blank(before.right, after.left, blank.top)
    right = max(after.left, before.right + _HAIR * before.size) if written else before.right
    return Glyph(" ", blank.place, before.right, before.top, right, before.bottom, before.size)


def _letters(raw: Any, text: Any) -> Iterator[tuple[int, str]]:
    """The characters that mean something, with their offsets; PDFium gives those beyond U+FFFF in two halves."""
    high = 0
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        if 0xD800 <= code < 0xDC00:
            high = code
        elif 0xDC00 <= code < 0xE000:
            if high:
                yield at - 1, chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00)
            high = 0
        elif code == _HYPHEN:
            yield at, "-"
        elif code >= 0x20 and not 0xFFFE <= code <= 0xFFFF:
            yield at, chr(code)


def _upright(glyphs: list[tuple[Glyph, int]], rules: Sequence[_Box]) -> tuple[list[Glyph], list[_Box]]:
    """The characters that stand as most of the page does, and its rules, turned so that lines run to the right."""
    if not glyphs:
        return [], []
    turned = Counter(turns for _, turns in glyphs).most_common(1)[0][0]
    kept = [glyph for glyph, turns in glyphs if turns == turned]
    turn = _TURNS[1 if turned == 0 and _runs_down(kept) else turned]
    out = [Glyph(g.text, g.place, *turn(g.left, g.top, g.right, g.bottom), g.size) for g in kept]
    return out, [turn(*rule) for rule in rules]


def _runs_down(glyphs: list[Glyph]) -> bool:
    """Whether the text is set from top to bottom, as old books and some headlines are."""
    down = across = 0
    for before, after in pairwise(glyphs):
        size = before.right - before.left
        if abs(before.left - after.left) < 0.3 * size and 0 < before.bottom - after.bottom < 2 * size:
            down += 1
        elif abs(before.top - after.top) < 0.3 * size:
            across += 1
    return down > across
