"""A report in as text, bytes or file, a Source with its text out, or why it cannot be read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath

from ..facts import Source
from .encodings import decode, legible
from .extract import Extract, Unreadable
from .html import read_html
from .kinds import kind
from .ocr import read_picture
from .ofd import read_ofd
from .pdf import read_pdf
from .sheet import read_csv, read_sheet
from .word import read_word

__all__ = ["LARGEST", "Unreadable", "decode", "from_bytes", "from_file", "from_text", "legible"]

# A report of 200 pages has about 0.6 MB of text; sixteen times that is still read, more is a mistake
# (a dump, a film) that would cost memory and minutes.
LARGEST = 10 * 1024 * 1024


def _plain(data: bytes, name: str) -> Extract:
    return Extract(*decode(data))


# Kind of document: its media type and what reads it.
READERS: Mapping[str, tuple[str, Callable[[bytes, str], Extract]]] = {
    "text": ("text/plain", _plain),
    "word": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", read_word),
    "sheet": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", read_sheet),
    "csv": ("text/csv", read_csv),
    "ofd": ("application/ofd", read_ofd),
    "pdf": ("application/pdf", read_pdf),
    "picture": ("image/*", read_picture),
    "html": ("text/html", read_html),
}
MEDIA_TYPES = {".md": "text/markdown", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


def from_text(text: str, name: str = "text") -> Source:
    """A report that is a string already; its sha256 is that of its UTF-8 bytes."""
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise Unreadable("the text is empty")
    data = text.encode("utf-8", "surrogatepass")
    return Source(name, "text/plain", hashlib.sha256(data).hexdigest(), "utf-8", text)


def from_bytes(data: bytes, name: str = "bytes") -> Source:
    """A report as bytes; what it is, its content tells before its name. Raises Unreadable."""
    if len(data) > LARGEST:
        raise Unreadable(_too_large(len(data)))
    what = kind(data, name)
    if what not in READERS:
        raise Unreadable(f"{what} files are not read yet; save it as .txt first")
    media_type, reader = READERS[what]
    found = reader(data, name)
    if not found.text.replace("\ufeff", "").strip():
        raise Unreadable("it holds no text")
    media_type = MEDIA_TYPES.get(PurePath(name).suffix.lower(), media_type)
    sha256 = hashlib.sha256(data).hexdigest()
    return Source(name, media_type, sha256, found.encoding, found.text, found.runs, found.known, found.tables)


def from_file(path: Path) -> Source:
    """A report in a file, which is not opened when it is too large. Raises Unreadable and OSError.

    A pipe or device says nothing of its size; no more of it is read than a report may have.
    """
    size = path.stat().st_size
    if size > LARGEST:
        raise Unreadable(_too_large(size))
    with path.open("rb") as file:
        return from_bytes(file.read(LARGEST + 1), legible(path.name))


def _too_large(size: int) -> str:
    return (
        f"{size / 1048576:.0f} MB is more than the {LARGEST // 1048576} MB a report may have; "
        "split it into reports first"
    )
