"""Text in, the stretches out that a wrong decoding spoiled: marked, never guessed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

from .characters import HAN

_SPOILED = (
    re.compile(r"\ufffd+"),
    re.compile(r"锟斤拷|烫烫烫|屯屯屯"),
    # “ read as GBK leaves ?！笆, ” leaves 币 or 薄 behind the word (READING_PEERS §2b: 确？！笆奈濉币).
    re.compile(rf"[?？](?=[！，。；])[！，。；]?[{HAN}]{{2,6}}[币痢薄埃濉]"),
    # UTF-8 read as Latin-1.
    re.compile(r"(?=[ÃÂâïãäåæçèé])(?:Ã.|Â.|â€.|ï¼.|ã€.|[äåæçèé][\u0080-\u00bf]{2}){2,}"),
)
# UTF-8 of three Chinese characters or marks in a row. In GBK these bytes are rare characters (浼氳鎸囧嚭), in
# an order that real text does not have.
_UTF8 = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}|\xe3\x80[\x80-\xbf]|\xef\xbc[\x80-\xbf]){3,}")
# One of these rare characters stands in all such text: the first two bytes of a character of UTF-8 as GBK.
_SUSPECT = re.compile(
    "["
    + "".join(
        bytes((first, second)).decode("gb18030", "ignore")
        for first in (0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEF)
        for second in range(0x80, 0xC0)
    )
    + "]"
)


# One of these characters stands in every match of _SPOILED.
_TELLTALE = re.compile("[\ufffd锟烫屯?？ÃÂâïãäåæçèé]")


def find_mojibake(text: str) -> list[tuple[int, int]]:
    """Stretches (start, end) that hold no readable words, in order of their pattern."""
    patterns = _SPOILED if _TELLTALE.search(text) else ()
    found = [m.span() for pattern in patterns for m in pattern.finditer(text)]
    return found + _utf8_read_as_gbk(text)


def _utf8_read_as_gbk(text: str) -> list[tuple[int, int]]:
    if not _SUSPECT.search(text):
        return []
    data = text.encode("gb18030", "replace")
    matches = list(_UTF8.finditer(data))
    if not matches:
        return []
    ends = list(accumulate(len(c.encode("gb18030", "replace")) for c in text))
    return [(bisect_right(ends, m.start()), bisect_left(ends, m.end()) + 1) for m in matches]
