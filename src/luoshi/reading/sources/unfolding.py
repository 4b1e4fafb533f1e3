"""The bytes of a PDF in, nothing out, or a refusal where its pages unfold to more than any report."""

from __future__ import annotations

import re
import zlib

from .extract import Unreadable

# PDFium unfolds the whole of a page before it gives a word, and takes a third of a second and 25 MB for each
# megabyte of drawing. A page of a report has 10 to 60 KB of it: this is room for 600 pages and more.
MOST_DRAWING = 40 * 1024 * 1024
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
# The dictionary of a stream stands before it, rarely longer than this.
_DICTIONARY = 500
# What is no drawing: pictures are unfolded only where they are drawn, fonts are large and used once.
_OTHER = re.compile(rb"/Image|/Length1|/Type1C|/CIDFontType0C|/OpenType")
_STEP = 65536


def bounded(data: bytes) -> None:
    """Raises Unreadable where the drawing of all pages is more than MOST_DRAWING."""
    total = 0
    for match in _STREAM.finditer(data):
        before = data[max(0, match.start() - _DICTIONARY) : match.start()]
        dictionary = before[before.rfind(b" obj") + 1 :]
        if b"/FlateDecode" in dictionary and not _OTHER.search(dictionary):
            total += _unfolded(data, match.end(), MOST_DRAWING - total)
        if total > MOST_DRAWING:
            most = f"the {MOST_DRAWING // 1048576} MB of any report"
            raise Unreadable(f"the pages of the PDF unfold to more than {most}; split it first")


def _unfolded(data: bytes, at: int, most: int) -> int:
    """How many bytes a stream unfolds to, counted no further than just beyond the most; none is kept."""
    stream = zlib.decompressobj()
    size = 0
    while size <= most and not stream.eof and at < len(data):
        try:
            size += len(stream.decompress(stream.unconsumed_tail or data[at : at + _STEP], 1024 * 1024))
        except zlib.error:
            break  # encrypted, or damaged: PDFium does not unfold it either
        if not stream.unconsumed_tail:
            at += _STEP
    return size
