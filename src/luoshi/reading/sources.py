"""Bytes of a report in, its decoded text out: which encoding it is in, and why it cannot be read."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path, PurePath

from .facts import Source

MEDIA_TYPES = {".txt": "text/plain", ".md": "text/markdown"}

# A report of 200 pages has about 0.6 MB of text; sixteen times that is still read, more is a mistake
# (a dump, a film) that would cost memory and minutes.
LARGEST = 10 * 1024 * 1024

# Beginnings of files that are no text, so that the message can name what the file is.
MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP, Word or Excel file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x7fELF", "a program"),
)
# Frequent characters of the genre in both scripts. Bytes decoded by the wrong one of gb18030 and big5
# give rare characters, so the share of these tells which was right.
FREQUENT = frozenset(
    "的和是在了不一人有这這大上中国國我以要他时時来來用们們生到作地于於出会會可也你对對就年动動同工"
    "方下过過民全业業经經发發展实實市省委政府部门門党黨学學习習书書记記强強调調进進推加工作深化"
    "，。、；：“”（）,0123456789\n "
)


class Unreadable(ValueError):
    """A source that cannot be read; the message says what was wrong and what to do."""


def decode(data: bytes) -> tuple[str, str]:
    """Text and encoding name of the bytes; a byte order mark and line ends stay in the text.

    Tried in this order: UTF-8, UTF-16 with a mark, then gb18030 and big5, of which the one with more
    frequent characters wins. Raises Unreadable.
    """
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise Unreadable("the file is empty; is it the right one?")
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise Unreadable(f"this is {what}, not a text; save it as .txt first")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(data, "utf-16"), "utf-16"
    if b"\0" in data:
        raise Unreadable("the file holds binary data, not text; save it as .txt first")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as wrong:
        guess = _chinese(data)
        if guess is None:
            raise Unreadable(
                f"not readable as UTF-8 (byte {wrong.start}), gb18030 or big5; "
                "open it where it shows correctly and save it as UTF-8"
            ) from None
        return guess


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise Unreadable(f"begins like {encoding} but breaks at byte {wrong.start}") from None


def _chinese(data: bytes) -> tuple[str, str] | None:
    """The more plausible of gb18030 and big5, None when neither gives Chinese."""
    best: tuple[float, str, str] | None = None
    for encoding in ("gb18030", "big5"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = sum(c in FREQUENT for c in text) / len(text)
        if best is None or score > best[0]:
            best = (score, text, encoding)
    # Right decodings of the corpora score 0.30 and more, wrong ones 0.05 and less.
    return (best[1], best[2]) if best and best[0] >= 0.15 else None


def from_text(text: str, name: str = "text") -> Source:
    """A report that is a string already; its sha256 is that of its UTF-8 bytes."""
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise Unreadable("the text is empty")
    data = text.encode("utf-8", "surrogatepass")
    return Source(name, "text/plain", hashlib.sha256(data).hexdigest(), "utf-8", text)


def from_bytes(data: bytes, name: str = "bytes") -> Source:
    """A report as bytes. Raises Unreadable."""
    if len(data) > LARGEST:
        raise Unreadable(_too_large(len(data)))
    text, encoding = decode(data)
    media_type = MEDIA_TYPES.get(PurePath(name).suffix.lower(), "text/plain")
    return Source(name, media_type, hashlib.sha256(data).hexdigest(), encoding, text)


def from_file(path: Path) -> Source:
    """A report in a file, which is not opened when it is too large. Raises Unreadable and OSError."""
    size = path.stat().st_size
    if size > LARGEST:
        raise Unreadable(_too_large(size))
    return from_bytes(path.read_bytes(), path.name)


def _too_large(size: int) -> str:
    return (
        f"{size / 1048576:.0f} MB is more than the {LARGEST // 1048576} MB a report may have; "
        "split it into reports first"
    )
