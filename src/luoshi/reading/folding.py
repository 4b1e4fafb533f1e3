"""Words in, the same as searches compare them out, without what nobody minds; and the pairs of characters in them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from .characters import plain, simplified

# What says nothing of what is meant: “一件事” is searched for as 一件事.
DROPPED = frozenset("“”‘’「」『』﹁﹂﹃﹄｢｣\"'`")
# Categories of Unicode that are dropped: marks above letters, controls and half surrogates, spaces.
SILENT = frozenset({"Mn", "Me", "Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})


def folded(text: str) -> str:
    """Script, width, case, quotation marks and spaces evened out, each character by itself, so that what stands in a
    text stands in the folded text too: OpenCC's phrases would make 乾 of 乾坤 another than 乾 alone."""
    return text.translate(_TABLE)


def bigrams(text: str) -> tuple[str, ...]:
    """Pairs of letters and digits that stand side by side in folded text, in their order; marks part them."""
    return tuple(pair for run in runs(text) for pair in _pairs(run))


def runs(text: str) -> tuple[str, ...]:
    """Stretches of letters and digits of folded text, at least two characters long."""
    parted = "".join(c if c.isalnum() else " " for c in text)
    return tuple(run for run in parted.split() if len(run) > 1)


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


# As many as a full Chinese font; a page of reports uses some thousand.
@lru_cache(maxsize=30_000)
def _one(code: int) -> str:
    """One character folded; nothing, of one that is dropped."""
    letter = chr(code)
    if letter in DROPPED or unicodedata.category(letter) in SILENT:
        return ""
    letter = simplified(plain(letter))
    parts = unicodedata.normalize("NFKD", letter).casefold()
    return "".join(c for c in parts if c not in DROPPED and unicodedata.category(c) not in SILENT)


class _Table(dict[int, str]):
    """A table for `str.translate` that knows every character."""

    def __getitem__(self, code: int) -> str:
        return _one(code)


_TABLE = _Table()
