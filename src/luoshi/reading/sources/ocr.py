"""Pictures of pages in, the text recognised on them out; needs the extra `ocr`."""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from .extract import Extract, Unreadable
from .layout import Glyph, Piece, laid_out, pieces
from .layout.pieces import wide

# A page of A3 at 300 dots an inch has 17 million dots; more is a poster or a bomb.
MOST_DOTS = 50_000_000
# A page takes ten seconds of a processor; more pages than this take an afternoon.
MOST_DRAWN = 300
# Below this the recogniser itself is unsure (it gives 0.5 and less to stamps and stains).
_SURE = 0.5


def read_picture(data: bytes, name: str) -> Extract:
    """The text on a picture (PNG, JPEG); places are "page 1" and the index among the characters recognised.

    Raises Unreadable.
    """
    return read_pages(_picture(data), "this is a picture")


def read_pages(pictures: Iterable[Any], what: str) -> Extract:
    """The text on pictures, which are not drawn before they are needed. Raises Unreadable."""
    engine = _engine()
    if engine is None:
        raise Unreadable(f"{what}; recognising its characters needs one more package: pip install 'luoshi[ocr]'")
    pages: list[list[Piece]] = []
    for picture in pictures:
        if len(pages) == MOST_DRAWN:
            raise Unreadable(f"{what}, more than {MOST_DRAWN}; split it first")
        pages.append(pieces(_glyphs(engine(picture))))
    return laid_out(pages)


@cache
def _engine() -> Any:
    """The recogniser, made once; None where it is not installed. Its weights come with it."""
    try:
        return importlib.import_module("rapidocr").RapidOCR(params={"Global.log_level": "error"})
    except ImportError:
        return None


def _picture(data: bytes) -> Iterator[Any]:
    """The dots of a picture."""
    pillow, numpy = importlib.import_module("PIL.Image"), importlib.import_module("numpy")
    try:
        picture = pillow.open(io.BytesIO(data))
        if picture.width * picture.height > MOST_DOTS:
            raise Unreadable(f"the picture has more than {MOST_DOTS // 10**6} million dots; make it smaller")
        yield numpy.asarray(picture.convert("RGB"))[:, :, ::-1]
    except (OSError, SyntaxError, ValueError, pillow.DecompressionBombError) as wrong:
        if isinstance(wrong, Unreadable):
            raise
        raise Unreadable("the picture is cut off or damaged; get it anew") from None


def _glyphs(found: Any) -> Iterator[Glyph]:
    """The characters of what was recognised, each box parted among the characters of its line by their widths.

    Boxes are as high as what is on their line by chance, so the size is taken from the width of a character.
    """
    place = 0
    boxes = () if found.boxes is None else found.boxes
    for box, text, score in zip(boxes, found.txts or (), found.scores or (), strict=True):
        columns = sum(2 if wide(c) else 1 for c in text)
        if score < _SURE or not columns:
            continue
        xs, ys = [float(x) for x, _ in box], [float(y) for _, y in box]
        left, column = min(xs), (max(xs) - min(xs)) / columns
        middle, half = sum(ys) / len(ys), min(column, (max(ys) - min(ys)) / 2)
        for character in text:
            right = left + column * (2 if wide(character) else 1)
            yield Glyph(character, place, left, middle - half, right, middle + half, column * 2)
            left, place = right, place + 1
