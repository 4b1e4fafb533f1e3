"""Bytes and the name of a file in, the kind of document out, told by its content before its name."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from .extract import Unreadable

# Beginnings of files that are documents, …
DOCUMENTS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
)
# … and of files that hold no text to be read, so that the message can say what the file is and what to do.
OLD = "an old Word, Excel or WPS file (.doc, .xls, .wps); open it and save it as .docx or .xlsx"
MAGIC = (
    (b"\xd0\xcf\x11\xe0", OLD),
    (b"{\\rtf", "an RTF file; open it and save it as .docx"),
    (b"GIF8", "a GIF picture, not a text; save it as .txt first"),
    (b"\x1f\x8b", "a gzip file, not a text; unpack it first"),
    (b"Rar!", "a RAR file, not a text; unpack it first"),
    (b"\x7fELF", "a program, not a text"),
)
# Word and Excel put a document with a password in a file of the old kind, under this name.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
# How the name of a member begins that tells what a ZIP file is.
MEMBERS = (("word/document", "word"), ("xl/workbook.xml", "sheet"), ("OFD.xml", "ofd"))
OTHERS = (
    ("ppt/", "a presentation; save its text as .docx or .txt"),
    ("xl/workbook.bin", "a binary Excel file (.xlsb); open it and save it as .xlsx"),
    ("content.xml", "an OpenDocument file; open it and save it as .docx or .xlsx"),
)
SUFFIXES = {".html": "html", ".htm": "html", ".shtml": "html", ".xhtml": "html", ".csv": "csv"}
# How a page begins, after a byte order mark, blank lines and comments; this far into the file. What was passed is
# not tried again (the +): a thousand comments would be parted in two to the thousandth ways.
_HTML = re.compile(
    rb"\s*+(?:(?><!--.{0,2000}?-->)\s*+|<\?xml[^>]{0,200}\?>\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HEAD = 8192


def kind(data: bytes, name: str) -> str:
    """One of text, html, csv, word, sheet, ofd, pdf, picture. Raises Unreadable for what no reader takes."""
    for magic, what in DOCUMENTS:
        if data.startswith(magic):
            return what
    if data.startswith(MAGIC[0][0]) and _LOCKED in data:
        raise Unreadable("the file is encrypted; open it with its password and save it without")
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise Unreadable(f"this is {what}")
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    suffix = PurePath(name).suffix.lower()
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    return "html" if _HTML.match(data[:_HEAD].removeprefix(b"\xef\xbb\xbf")) else "text"


def _zipped(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Unreadable("this is a ZIP, Word or Excel file that is cut off or damaged; get it anew") from None
    for beginning, what in MEMBERS:
        if any(name.startswith(beginning) for name in names):
            return what
    for beginning, what in OTHERS:
        if any(name.startswith(beginning) for name in names):
            raise Unreadable(f"this is {what}")
    raise Unreadable("this is a ZIP file without a document this reads")
