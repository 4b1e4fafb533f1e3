"""A file and its name in, its media type out: what the bytes are, not what the name says, and one of those taken."""

from __future__ import annotations

import codecs
import zipfile
from pathlib import PurePath
from typing import IO

import filetype

from ..machine import Fault
from .refused import Refused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What is taken, with its extensions: papers and photographs of offices (OFD: GB/T 33190). No pages, pictures that are
# programs (SVG), macros, or archives.
EXTENSIONS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "application/pdf": (".pdf",),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
    "application/ofd": (".ofd",),
    "text/plain": (".txt",),
    "text/csv": (".csv",),
}
WHOLE = frozenset({"image/jpeg", "image/png", "application/pdf"})
# The part that makes a package what it is.
MAIN = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "OFD.xml": "application/ofd"}
# Bytes looked through of a package's list of contents, and entries it may have: more are no paper of an office.
LONGEST_LIST, MOST_ENTRIES = 1_000_000, 5_000
ENCODINGS = ("utf-8-sig", "gb18030")
CHUNK = 1 << 16
# As a page or a picture begins that a browser would run.
MARKUP = ("<!doctype", "<html", "<svg", "<script", "<?xml", "<!--")


def kind_of(file: IO[bytes], name: str) -> str:
    """The media type of a file.

    Raises:
        Refused: of no kind that is taken, or another kind than its name says.
    """
    extension = PurePath(name).suffix.lower()
    if not any(extension in taken for taken in EXTENSIONS.values()):
        raise _not_taken(extension or name)
    found = _package(file) or _whole(file) or _text(file, extension)
    if found is None or extension not in EXTENSIONS[found]:
        raise Refused((Fault("not_what_it_says", "evidence", {"extension": extension}),))
    return found


def _not_taken(what: str) -> Refused:
    kinds = ", ".join(extensions[0].lstrip(".") for extensions in EXTENSIONS.values())
    return Refused((Fault("not_taken", "evidence", {"kind": what[:40], "kinds": kinds}),))


def _whole(file: IO[bytes]) -> str | None:
    file.seek(0)
    guess = filetype.guess_mime(file.read(8192))
    return guess if guess in WHOLE else None


def _package(file: IO[bytes]) -> str | None:
    """Word, Excel or OFD; none for anything else. With macros it is refused whatever it is called."""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        return None
    try:
        with zipfile.ZipFile(file) as package:
            names = {entry.filename for entry in package.infolist()}
            contents = _contents(package, names)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return None
    if len(names) > MOST_ENTRIES:
        return None
    if b"macroEnabled" in contents or any(name.lower().endswith(("vbaproject.bin", ".exe")) for name in names):
        raise Refused((Fault("macros", "evidence"),))
    return next((kind for part, kind in MAIN.items() if part in names), None)


def _contents(package: zipfile.ZipFile, names: set[str]) -> bytes:
    if "[Content_Types].xml" not in names:
        return b""
    with package.open("[Content_Types].xml") as listed:
        return listed.read(LONGEST_LIST)


def _text(file: IO[bytes], extension: str) -> str | None:
    kind = {".txt": "text/plain", ".csv": "text/csv"}.get(extension)
    return kind if kind and any(_reads(file, encoding) for encoding in ENCODINGS) else None


def _reads(file: IO[bytes], encoding: str) -> bool:
    """True when it is text throughout: no controls but of lines, and nothing a browser takes for a page."""
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    first = True
    try:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            text = decoder.decode(chunk)
            if first and text.lstrip("\ufeff \t\r\n").lower().startswith(MARKUP):
                return False
            first = False
            if any(c < " " and c not in "\t\r\n\f" for c in set(text)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
