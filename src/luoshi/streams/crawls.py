"""A WARC file of a web crawl (.warc, .warc.gz) in, its pages out one by one in constant memory."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import IO

from warcio import archiveiterator, bufferedreaders  # type: ignore[import-untyped]
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]

from luoshi.reading.sources import LARGEST

from .bounds import DAMAGED, Allowance, Bomb, damage
from .given import Member, too_large

# What a page may be: the suffix its reader is known by.
PAGES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "text/csv": ".csv",
}
OK = "200"
# What the library trips over in records without the fields that it expects.
TRIPS = (AttributeError, TypeError, KeyError, IndexError)
PIECE = 64 * 1024
# The library tells standard error by itself, in several lines, of every damage that it passes over.
logging.getLogger("warcio").addHandler(logging.NullHandler())
logging.getLogger("warcio").propagate = False
archiveiterator.sys = bufferedreaders.sys = SimpleNamespace(stderr=SimpleNamespace(write=lambda words: None))


def members(file: IO[bytes], size: int) -> Iterator[Member]:
    """A member a page that was answered with 200, named by its address; all other records are passed over.

    The day of a crawl is not the day of publication and is not used. Raises ValueError for what is no WARC.
    """
    allowance = Allowance(size)
    try:
        for found in ArchiveIterator(file):
            suffix = _suffix(found)
            if suffix:
                yield _page(found, suffix, allowance)
    except ArchiveLoadFailed as wrong:
        raise ValueError(str(wrong).split("\n")[0].strip() or "no WARC record") from None
    except TRIPS as wrong:
        raise ValueError(f"a record that is none: {wrong}") from None


def _suffix(found: ArcWarcRecord) -> str | None:
    """The kind of a page; None for what is no page."""
    if found.rec_type == "resource":
        media = found.rec_headers.get_header("Content-Type")
    elif found.rec_type == "response" and found.http_headers and found.http_headers.get_statuscode() == OK:
        media = found.http_headers.get_header("Content-Type")
    else:
        return None
    return PAGES.get((media or "").partition(";")[0].strip().lower())


def _page(found: ArcWarcRecord, suffix: str, allowance: Allowance) -> Member:
    name = found.rec_headers.get_header("WARC-Target-URI") or found.rec_headers.get_header("WARC-Record-ID") or "page"
    try:
        data = _bytes(found)
        allowance.spend(len(data))
    except Bomb:
        raise
    except DAMAGED as wrong:
        return Member(name, problem=damage(wrong))
    if len(data) > LARGEST:
        return Member(name, problem=too_large())
    return Member(name, data, None, suffix)


def _bytes(found: ArcWarcRecord) -> bytes:
    """The page, unpacked, as far as it may be read; a stream may give less than it is asked for."""
    stream, pieces, length = found.content_stream(), [], 0
    while length <= LARGEST and (piece := stream.read(LARGEST + 1 - length)):
        pieces.append(piece)
        length += len(piece)
    if length <= LARGEST:
        _whole(found)
    return b"".join(pieces)


def _whole(found: ArcWarcRecord) -> None:
    """A record has as many bytes as it says; the library takes the end of the file for the end of a record."""
    while found.raw_stream.read(PIECE):
        pass
    if getattr(found.raw_stream, "limit", 0) > 0:
        raise EOFError("the page breaks off")
