"""The bytes of a page in, its text, the name of its encoding and the bytes before the text out."""

from __future__ import annotations

import codecs
import re

from ..encodings import decode
from ..extract import Unreadable

# Browsers look into the first 1024 bytes; old pages put scripts before the declaration.
_DECLARED_WITHIN = 4096
_DECLARED = re.compile(rb"<(?:meta\b|\?xml\b)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([a-z0-9_-]+)", re.I)
_WIDENED = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "utf8": "utf-8"}
_TRUSTED = {"gb18030", "big5", "utf-8"}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# A page cut off in a character or with a few spoiled bytes is read; chosen: up to one in a hundred characters.
_SPOILED = 0.01
_ESCAPED = re.compile("[\udc80-\udcff]")


def decoded(data: bytes) -> tuple[str, str, int]:
    """Text, encoding and length of the byte order mark; a byte that is no text is a lone surrogate.

    Byte order mark, then what is UTF-8 whatever the page says, then what it declares, then what it looks
    like (`encodings.decode`), then the same with a few spoiled bytes. Raises Unreadable.
    """
    for mark, marked_as in _MARKS:
        if data.startswith(mark):
            return _escaped(data[len(mark) :], marked_as), marked_as, len(mark)
    for encoding in filter(None, ("utf-8", _declared(data))):
        text = _strict(data, encoding)
        if text is not None and "\0" not in text:
            return text, encoding, 0
    try:
        return *decode(data), 0
    except Unreadable:
        damaged = _damaged(data)
        if damaged is None:
            raise
        return *damaged, 0


def marked(text: str) -> str:
    """The text with every byte that is no text as U+FFFD, one for one."""
    return _ESCAPED.sub("\ufffd", text)


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    name = found[1].decode("ascii").lower() if found else ""
    name = _WIDENED.get(name, name)
    return name if name in _TRUSTED else None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _escaped(data: bytes, encoding: str) -> str:
    """UTF-16 has no way to carry spoiled bytes; it must be whole."""
    if encoding == "utf-8":
        return data.decode(encoding, "surrogateescape")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise Unreadable(f"begins like {encoding} but breaks at byte {wrong.start}; get the page anew") from None


def _damaged(data: bytes) -> tuple[str, str] | None:
    """The reading with the fewest spoiled bytes, None where they are many."""
    if b"\0" in data:
        return None
    tried = [(data.decode(encoding, "surrogateescape"), encoding) for encoding in ("utf-8", "gb18030")]
    text, encoding = min(tried, key=lambda each: len(_ESCAPED.findall(each[0])))
    return (text, encoding) if len(_ESCAPED.findall(text)) <= _SPOILED * len(text) else None
