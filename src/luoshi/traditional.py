"""Words in simplified Chinese in, the same in traditional Chinese out: of pages and playbooks, never of reports."""

from __future__ import annotations

from functools import cache

import opencc

# OpenCC's characters of Hong Kong are nearest to what offices on the mainland print for readers of traditional script
# (平台 and 台賬, not 平臺); these they write otherwise.
OFFICES = {"衞": "衛", "羣": "群", "户": "戶", "傢俱": "家具", "瞭解": "了解", "鞦韆": "秋千"}


@cache
def traditional(text: str) -> str:
    """The text in traditional Chinese; other characters, placeholders among them, stay as they are."""
    converted: str = _converter().convert(text)
    for before, after in OFFICES.items():
        converted = converted.replace(before, after)
    return converted


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2hk")
