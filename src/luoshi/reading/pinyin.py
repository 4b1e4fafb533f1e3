"""Text in, the stretches of pinyin that a web page's reading aid left in it out.

The noise is a Han character followed by its reading in brackets: 召開(kāi). Its variants are those of
READING_PEERS §2b: spaced, untoned, doubled, nested in real brackets, a wrong but listed reading, and
half destroyed (the character and a bracket lost). Real brackets — (市、区), (AI), 智能(ai) — stay.
"""

from __future__ import annotations

import os
import re
import unicodedata
from functools import cache

from .characters import HAN, simplified

# Only the table of single characters is wanted; the phrase table is 40 times as large.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
from pypinyin.pinyin_dict import pinyin_dict

_TONED = "āáǎàăēéěèĕīíǐìĭōóǒòŏūúǔùŭǖǘǚǜńňǹḿ"
_LETTERS = f"a-zü{_TONED}\u0300-\u030c\u0308"
_READING = f"[{_LETTERS}]{{1,9}}"
_BRACKETED = re.compile(rf"[ ]?[(（][ ]?({_READING})[ ]?[)）]")
_AFTER_HAN = re.compile(rf"(?<=[{HAN}]){_BRACKETED.pattern}")
# A reading before its closing bracket: without one a page has no pinyin, or not enough to be sure of it.
_CLOSED = re.compile(rf"[{_LETTERS}][ ]?[)）]")
# Half destroyed: `?jiǎng)` (character and bracket lost), `會huì)`, `會(huì議`, `r(yè)`.
_LOST_CHARACTER = re.compile(rf"[?？\ufffd](?P<noise>({_READING})[)）])")
_LOST_OPENING = re.compile(rf"(?<=[{HAN}])(?P<noise>({_READING})[)）])")
_LOST_CLOSING = re.compile(rf"(?<=[{HAN}])(?P<noise>[(（]({_READING}))(?=[{HAN}，。、；：,;:“”])")
_LETTER_FOR_HAN = re.compile(rf"(?<=[{HAN}，。、])[A-Za-z](?P<noise>[(（]({_READING})[)）])")

# How many sure hits a page needs before less sure forms are believed. One reading in brackets is a
# remark of the author; a page with the noise has 189–227 (READING_PEERS §2b).
ENOUGH_TONED, ENOUGH_UNTONED, ENOUGH_FOR_ANY = 3, 5, 5


@cache
def _base(reading: str) -> str:
    """A reading without tone, `v` and `u:` as `ü`."""
    parts = unicodedata.normalize("NFD", reading.replace("v", "ü"))
    kept = [c for c in parts if not unicodedata.combining(c) or c == "\u0308"]
    return unicodedata.normalize("NFC", "".join(kept))


def _is_toned(reading: str) -> bool:
    return any(unicodedata.combining(c) and c != "\u0308" for c in unicodedata.normalize("NFD", reading))


@cache
def _readings(character: str) -> frozenset[str]:
    """All listed readings of a character, without tone (pypinyin's table, MIT)."""
    return frozenset(_base(r) for r in pinyin_dict.get(ord(character), "").split(",") if r)


@cache
def _syllables() -> frozenset[str]:
    """Every syllable of Mandarin without tone."""
    return frozenset(_base(r) for listed in pinyin_dict.values() for r in listed.split(","))


@cache
def _is_traditional(character: str) -> bool:
    return simplified(character) != character


def _listed(character: str, reading: str) -> bool:
    return _base(reading) in _readings(character)


def find_pinyin(text: str) -> tuple[list[tuple[int, int]], list[int]]:
    """Stretches (start, end) of inserted pinyin, and the places of characters lost beside it.

    A toned listed reading goes when its character is traditional or the page has enough of them; an
    untoned one only on a page with enough of them; an unlisted but toned syllable only on a page full of
    noise. Stretches are in order and do not overlap.
    """
    if not _CLOSED.search(text):
        return [], []
    toned, untoned, strange = _bracketed(text)
    sure = len(toned)
    taken = [s for s, changed in toned if changed or sure >= ENOUGH_TONED]
    if len(untoned) >= ENOUGH_UNTONED or sure >= ENOUGH_FOR_ANY:
        taken += untoned
    if sure + len(untoned) >= ENOUGH_FOR_ANY:
        taken += strange
    lost: list[int] = []
    if len(taken) >= ENOUGH_FOR_ANY:
        pieces, lost = _half_destroyed(text, taken)
        taken += pieces
    return sorted(taken), sorted(lost)


def _bracketed(
    text: str,
) -> tuple[list[tuple[tuple[int, int], bool]], list[tuple[int, int]], list[tuple[int, int]]]:
    """Bracketed readings behind a Han character: toned (and whether the character is traditional),
    untoned, and toned ones the character does not have. Doubled ones belong to the same character."""
    toned: list[tuple[tuple[int, int], bool]] = []
    untoned: list[tuple[int, int]] = []
    strange: list[tuple[int, int]] = []
    position = 0
    while match := _AFTER_HAN.search(text, position):
        character = text[match.start() - 1]
        changed = _is_traditional(character)
        while match:
            reading, where = match.group(1), match.span()
            if _listed(character, reading):
                if _is_toned(reading):
                    toned.append((where, changed))
                else:
                    untoned.append(where)
            elif _is_toned(reading) and _base(reading) in _syllables():
                strange.append(where)
            position = match.end()
            match = _BRACKETED.match(text, position)
    return toned, untoned, strange


def _half_destroyed(text: str, taken: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], list[int]]:
    """Readings that lost their character or a bracket, and where a character is lost."""
    covered = {i for start, end in taken for i in range(start, end)}
    pieces: list[tuple[int, int]] = []
    lost: list[int] = []
    for pattern, loses in (
        (_LOST_CHARACTER, True),
        (_LETTER_FOR_HAN, True),
        (_LOST_OPENING, False),
        (_LOST_CLOSING, False),
    ):
        for match in pattern.finditer(text):
            where, reading = match.span("noise"), match.group(2)
            known = _base(reading) in _syllables() and (loses or _is_toned(reading))
            if not known or covered.intersection(range(*where)):
                continue
            covered.update(range(*where))
            pieces.append(where)
            if loses:
                lost.append(match.start())
    return pieces, lost
