"""The attributes of a tag in, whether its box is an article or around one, and whether it is hidden, out."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .names import names, pattern_of
from .page import AROUND, ARTICLE, PLAIN, SURELY_AROUND

_LOOKED_AT = re.compile(r"""(?<![\w-])(?:class|id)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>]++)""", re.I)
_HIDING = re.compile(r"""display\s*+:\s*+none|aria-hidden\s*+=\s*+["']?true""", re.I)
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++)""")
_HIDDEN_WORD = re.compile(r"(?:^|\s)hidden(?:[\s/=]|$)", re.I)
# Attributes are shorter; longer ones hold data or come from programs and tell nothing.
_LONGEST = 400


def mark(name: str, written: str) -> int:
    """What the name of a tag, its class and its id say of the box."""
    if name in _around_tags():
        return AROUND
    return _told(written) if written and len(written) <= _LONGEST else PLAIN


@cache
def _around_tags() -> frozenset[str]:
    return frozenset(names()["around_tags"])


# The boxes of a site share a few classes, so that most are looked up.
@lru_cache(maxsize=4096)
def _told(written: str) -> int:
    for value in _LOOKED_AT.findall(written):
        if pattern_of("article").search(value):
            return ARTICLE
        if pattern_of("surely_around").search(value):
            return SURELY_AROUND
        if pattern_of("around").search(value):
            return AROUND
    return PLAIN


def is_hidden(written: str) -> bool:
    """Whether a tag says that what it holds is not shown; `visibility` does not count, scripts turn it on."""
    if "none" not in written and "hidden" not in written and "NONE" not in written:
        return False
    if _HIDING.search(written):
        return True
    return "hidden" in written and bool(_HIDDEN_WORD.search(_VALUE.sub("=", written)))
