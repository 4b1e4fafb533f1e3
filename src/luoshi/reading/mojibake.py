"""Text in, the stretches out that a wrong decoding spoiled: marked, never guessed."""

from __future__ import annotations

import re

from .characters import HAN

# UTF-8 read as GBK shows as characters that real text hardly uses: 锛 銆 鈥 鐨 绗, 笆奈濉币 …
_SPOILED = (
    re.compile(r"\ufffd+"),
    re.compile(r"锟斤拷|烫烫烫|屯屯屯"),
    re.compile(rf"(?:[锛銆鈥鐨绗璇鍏闆鏄鍚鍙€馃闂缁]+[{HAN}€]?){{2,}}"),
    re.compile(rf"[?？](?=[！，。；])[！，。；]?[{HAN}]{{2,6}}[币痢薄埃濉]"),
    re.compile(rf"(?<=[{HAN}])[?？](?=[a-z]{{1,2}}[{HAN}])[?？][a-z]{{1,2}}"),
    re.compile(r"(?:Ã.|Â.|â€.|ï¼.|ã€.){2,}"),
)


def find_mojibake(text: str) -> list[tuple[int, int]]:
    """Stretches (start, end) that hold no readable words, in order of their pattern."""
    return [m.span() for pattern in _SPOILED for m in pattern.finditer(text)]
