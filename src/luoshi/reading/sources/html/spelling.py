"""Stretches of a page in, the words they show and the way back to the page out."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from html.entities import html5

# A stretch of the page: where it begins and ends.
Piece = tuple[int, int]
# Where in the words something begins, and where in the page that stood.
Place = tuple[int, int]

_BLANK = " \t\r\n\f\xa0"
_INDENT = re.compile(r"(?:\s++|&(?:nbsp|emsp|ensp|\#160|\#12288);)++")
# Numbers of Chinese characters and their marks, all of one length, none of them a space or a surrogate: pages
# that write every character so have hundreds in a row.
_CODE = r"&\#(?:[2-4][0-9]{4}|5[0-4][0-9]{3}|199[6-9][0-9]|12(?:289|29[0-9])|65[23][0-9]{2});"
_LONG = len("&#20000;")
_CODES, _ENTITY, _BLANKS, _WORDS = range(1, 5)
_ENTITIES = rf"((?:{_CODE})++)|(&(?:\#[0-9]{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[a-zA-Z][a-zA-Z0-9]{{1,31}});?)"
_ENTITY_OR_CODES = re.compile(_ENTITIES.replace(")|(", "|", 1))
_BITS = re.compile(
    rf"""{_ENTITIES}
    | ([{_BLANK}]+)
    | ((?:[^&{_BLANK}]++(?:[ \xa0](?=[^&{_BLANK}]))?+|&(?![#a-zA-Z]))++|&)""",
    re.X,
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


def spell(text: str, pieces: list[Piece]) -> tuple[str, tuple[Place, ...]]:
    """The words of one line: entities decoded, white space as a browser shows it, none at the ends.

    The places lead from the words to the page; characters between two places stand side by side in both.
    """
    if len(pieces) == 1:
        start, end = pieces[0]
        first = text[start : start + 1]
        if (first == "&" or first.isspace()) and (indent := _INDENT.match(text, start, end)):
            start = indent.end()
        words = text[start:end].rstrip()
        if words and not _is_odd(words):
            return words, ((0, start),)
        if "&" in words and (simple := _with_entities(words, start)):
            return simple
    return _spell(text, pieces)


def _with_entities(raw: str, at: int) -> tuple[str, tuple[Place, ...]] | None:
    """Words whose entities all stand for characters, and that are not odd besides; None for all others."""
    bits = _ENTITY_OR_CODES.split(raw)
    if _is_odd("".join(bits[::2])):
        return None
    places: list[Place] = []
    length = 0
    for i, bit in enumerate(bits):
        if i % 2 and bit.count("&") > 1:
            bits[i] = _characters(bit)
            places += zip(range(length, length + len(bits[i])), range(at, at + len(bit), _LONG), strict=True)
        elif i % 2:
            bits[i] = entity(bit) or " "
            if bits[i].isspace():
                return None
            places.append((length, at))
        elif bit:
            places.append((length, at))
        length += len(bits[i])
        at += len(bit)
    return "".join(bits), tuple(places)


def _characters(codes: str) -> str:
    return "".join(map(chr, map(int, codes[2:-1].split(";&#"))))


def _is_odd(words: str) -> bool:
    """Whether words hold an entity or white space that is more than a space alone between two words."""
    return (
        "&" in words
        or "\n" in words
        or "  " in words
        or "\xa0" in words
        or "\t" in words
        or "\r" in words
        or "\f" in words
    )


def _spell(text: str, pieces: list[Piece]) -> tuple[str, tuple[Place, ...]]:
    """The general case, in one loop because every character of the page that is an entity goes through it."""
    parts: list[str] = []
    places: list[Place] = []
    # `follows`: where in the page the next character stands if no new place is needed for it.
    length, gap, follows = 0, ("", 0), -1
    for start, end in pieces:
        if not gap[0] and 0 < length <= _LONGEST_LABELLED and _LABEL.match(text, start, end):
            gap = (" ", start)
        for bit in _BITS.finditer(text, start, end):
            at, ends = bit.span()
            kind, words = _told(bit)
            if kind == _BLANKS:
                gap = _gap(gap, words, at)
                continue
            if not length:
                bare = words.lstrip()
                words, at = bare, at + len(words) - len(bare)
                if not words:
                    continue
            elif gap[0] and (gap[0] != "\n" or not _joined(parts[-1][-1], words[0])):
                parts.append(" " if gap[0] in _BLANK[:-1] else gap[0])
                if text[gap[1]] != parts[-1] or gap[1] != follows:
                    places.append((length, gap[1]))
                follows = gap[1] + 1 if text[gap[1]] == parts[-1] else -1
                length += 1
            gap = ("", 0)
            parts.append(words)
            if kind == _CODES:
                places += zip(range(length, length + len(words)), range(at, ends, _LONG), strict=True)
            elif kind == _ENTITY or at != follows:
                places.append((length, at))
            follows = ends if kind == _WORDS else -1
            length += len(words)
    shown = "".join(parts).rstrip()
    while places and places[-1][0] >= len(shown):
        places.pop()
    return shown, tuple(places)


def _told(bit: re.Match[str]) -> tuple[int, str]:
    """What a bit of a line is, and the words or the white space that it shows."""
    kind, words = bit.lastindex or 0, bit[0]
    if kind == _CODES:
        return kind, _characters(words)
    if kind == _ENTITY:
        shown = entity(words)
        if shown is None:
            return _WORDS, words
        return (_BLANKS if shown.isspace() else kind), shown
    return kind, words


def _gap(gap: tuple[str, int], blank: str, at: int) -> tuple[str, int]:
    """White space joined to what came before it; the first that shows as a space stands for it all."""
    shown = "\n" if "\n" in blank or "\r" in blank else blank[0]
    if not gap[0] or (gap[0] == "\n" and shown != "\n"):
        return shown, at
    return gap


def _joined(before: str, after: str) -> bool:
    """Whether a line break between two characters is no space: in Chinese it is none."""
    return (before >= _WIDE or before in _MARK) and (after >= _WIDE or after in _MARK)
