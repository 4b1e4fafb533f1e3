"""Bytes of a text in, the decoded text and the name of its encoding out."""

from __future__ import annotations

import codecs

from .extract import Unreadable

# Frequent characters of the genre in both scripts. Bytes decoded by the wrong one of gb18030 and big5
# give rare characters, so the share of these tells which was right.
FREQUENT = frozenset(
    "的和是在了不一人有这這大上中国國我以要他时時来來用们們生到作地于於出会會可也你对對就年动動同工"
    "方下过過民全业業经經发發展实實市省委政府部门門党黨学學习習书書记記强強调調进進推加工作深化"
    "，。、；：“”（）,0123456789\n "
)


def decode(data: bytes) -> tuple[str, str]:
    """Text and encoding name of the bytes; a byte order mark and line ends stay in the text.

    Tried in this order: UTF-8, UTF-16 with a mark, then gb18030 and big5, of which the one with more
    frequent characters wins. Raises Unreadable.
    """
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise Unreadable("the file is empty; is it the right one?")
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


def legible(name: str) -> str:
    """A name of a file as text that can be written out; bytes in it that are no UTF-8 are gb18030 or U+FFFD."""
    if not any("\ud800" <= c <= "\udfff" for c in name):
        return name
    try:
        # As Python holds bytes of the file system that it could not decode; names of Chinese Windows, mostly.
        return name.encode("utf-8", "surrogateescape").decode("gb18030")
    except UnicodeError:
        return name.encode("utf-8", "replace").decode("utf-8")
