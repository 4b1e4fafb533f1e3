"""Stretches of a page in, the words they show and the way back to the page out."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from html.entities import html5

# A stretch of the page: where it begins and ends, and whether it stands in a link.
Piece = tuple[int, int, bool]
# Where in the words something begins, and where in the page that stood.
Place = tuple[int, int]

_BLANK = " \t\r\n\f\xa0"
_ODD = re.compile(rf"[&{_BLANK}]")
_BITS = re.compile(
    rf"(&(?:\#[0-9]{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[a-zA-Z][a-zA-Z0-9]{{1,31}});?)|([{_BLANK}]+)|((?:[^&{_BLANK}]++|&(?![#a-zA-Z]))++|&)"
)
# From here on characters are Chinese or as wide: a line break between two of them is no space.
_WIDE = "\u2e80"
# Elements side by side may be shown apart by their style alone (来源：某某日报 in one, 编辑：… in the next).
_LABEL = re.compile(r"[一-龥]{2,5}\s?[：:]")
_LONGEST_LABELLED = 200
_MARK = "“”‘’—…·"


@lru_cache(maxsize=4096)
def entity(written: str) -> str | None:
    """The character that `&…;` stands for; None where it stands for none."""
    if written[1] == "#":
        return html.unescape(written if written.endswith(";") else written + ";") or None
    return html5.get(written[1:])


class _Words:
    """Words being put together: what follows what, and where it stood."""

    __slots__ = ("gap", "length", "parts", "places")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.places: list[Place] = []
        self.length = 0
        self.gap: tuple[str, int] | None = None

    def add(self, words: str, at: int) -> None:
        """Words as they stand at a place of the page; white space before them becomes one space or none."""
        if not self.length:
            bare = words.lstrip()
            at += len(words) - len(bare)
            words = bare
            if not words:
                return
        elif self.gap:
            self._space(words[0])
        self.gap = None
        self._put(words, at)

    def blank(self, run: str, at: int) -> None:
        """White space of the page; the first character that shows as a space stands for it all."""
        if self.gap is None or self.gap[0] == "\n":
            shown = "\n" if "\n" in run or "\r" in run else run[0]
            self.gap = (shown, at) if self.gap is None or shown != "\n" else self.gap

    def _space(self, following: str) -> None:
        assert self.gap
        shown, at = self.gap
        before = self.parts[-1][-1]
        if shown == "\n" and (before >= _WIDE or before in _MARK) and (following >= _WIDE or following in _MARK):
            return
        self._put(" " if shown in _BLANK.replace("\xa0", "") else shown, at)

    def _put(self, words: str, at: int) -> None:
        self.places.append((self.length, at))
        self.parts.append(words)
        self.length += len(words)


def spell(text: str, pieces: list[Piece]) -> tuple[str, tuple[Place, ...]]:
    """The words of one line: entities decoded, white space as a browser shows it, none at the ends.

    The places lead from the words to the page; characters between two places stand side by side in both.
    """
    words = _Words()
    for start, end, _ in pieces:
        piece = text[start:end]
        if words.gap is None and 0 < words.length <= _LONGEST_LABELLED and _LABEL.match(piece):
            words.blank(" ", start)
        if not _ODD.search(piece):
            words.add(piece, start)
            continue
        for bit in _BITS.finditer(piece):
            _add(words, bit, start + bit.start())
    shown = "".join(words.parts).rstrip()
    return shown, tuple(place for place in words.places if place[0] < len(shown))


def _add(words: _Words, bit: re.Match[str], at: int) -> None:
    written, blank, plain = bit.groups()
    if plain:
        words.add(plain, at)
    elif blank:
        words.blank(blank, at)
    else:
        shown = entity(written)
        if shown is None:
            words.add(written, at)
        elif shown.isspace():
            words.blank(shown, at)
        else:
            words.add(shown, at)
