"""Bytes and the name of a file in, the kind of document out, told by its content before its name."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from .extract import Unreadable

# Beginnings of files that hold no text to be read, so that the message can name what the file is.
MAGIC = (
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file (.doc, .xls)"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x7fELF", "a program"),
)
# A member that tells what a ZIP file is.
MEMBERS = (("word/document.xml", "word"), ("xl/workbook.xml", "sheet"), ("OFD.xml", "ofd"))
SUFFIXES = {".html": "html", ".htm": "html", ".shtml": "html", ".xhtml": "html", ".csv": "csv"}
# How a page begins, after a byte order mark, blank lines and comments; this far into the file.
_HTML = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}\?>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HEAD = 8192


def kind(data: bytes, name: str) -> str:
    """One of text, html, csv, word, sheet, ofd. Raises Unreadable for what no reader takes."""
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise Unreadable(f"this is {what}, not a text; save it as .txt first")
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    suffix = PurePath(name).suffix.lower()
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    return "html" if _HTML.match(data[:_HEAD].removeprefix(b"\xef\xbb\xbf")) else "text"


def _zipped(data: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Unreadable("this is a ZIP, Word or Excel file that is cut off or damaged; get it anew") from None
    for member, what in MEMBERS:
        if member in names:
            return what
    raise Unreadable("this is a ZIP file without a document this reads")
