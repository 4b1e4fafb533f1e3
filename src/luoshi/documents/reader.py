"""Bytes and a name in, their reading out; a reading in the database in, the text it is of out."""

from __future__ import annotations

from dataclasses import replace

from luoshi.reading import Reading as Read
from luoshi.reading import Unreadable, read
from luoshi.reading.sources import decode, from_bytes

from .filing import fetch
from .models import Report


def read_bytes(data: bytes, name: str, published: str | None) -> Read:
    """Read a report.

    Raises:
        Unreadable: it holds no text that can be read, or the reader failed on it; the message is one line.
    """
    try:
        return read(replace(from_bytes(data, name), name=name), published or None)
    except Unreadable:
        raise
    except Exception as wrong:
        # Whatever a file makes of the reader, who brought it gets a line; the program's own fault is its cause.
        raise Unreadable(f"the reader failed on it ({type(wrong).__name__}: {wrong})") from wrong


def text_of(report: Report) -> str:
    """The text that the offsets of the current reading count in; a text file is its own.

    Raises:
        Lost: the original is not there any more.
    """
    whole = report.reading.whole() if report.reading else {}
    return whole["text"] if "text" in whole else decode(fetch(report.original.sha256))[0]
