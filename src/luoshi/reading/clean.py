"""A decoded report in, its clean text with an offset table and a list of what was dropped out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .breaks import find_breaks, find_comments, find_doubled, find_marks, find_page_marks
from .characters import is_traditional, kept_in_hans, plain, punctuated, simplified
from .facts import Noise, NoiseKind
from .mojibake import find_mojibake
from .offsets import Kept, drop
from .pinyin import find_pinyin


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The clean text of a report, its way back to the report as it came, and the noise met (in offsets
    of the report)."""

    kept: Kept
    noise: tuple[Noise, ...]
    script: Literal["hant", "hans"]

    @property
    def text(self) -> str:
        return self.kept.text


# What stands for a character that is lost: it is no punctuation, so it never splits a sentence.
LOST = "\ufffd"


def clean(report: str) -> Cleaned:
    """Noise dropped, everything else exchanged one character for one (never NFKC)."""
    text = plain(report)
    dropped: list[Noise] = []
    spoiled: list[Noise] = []

    def note(kind: NoiseKind, spans: list[tuple[int, int]]) -> None:
        dropped.extend(Noise(kind, start, end) for start, end in spans)

    pinyin, lost = find_pinyin(text)
    note("pinyin", pinyin)
    spans = find_mojibake(text) + [(place, place + 1) for place in lost]
    spoiled.extend(Noise("mojibake", start, end) for start, end in spans)
    text = _masked(text, spans)
    note("break", find_marks(text))
    note("doubled", find_doubled(text))
    first = drop(text, dropped)
    joined = [_wide_back(first, start, end) for start, end in find_breaks(simplified(first.text))]
    note("break", joined)
    note("break", [span for span in _comments(text) if not _inside(span, joined)])
    kept = drop(text, dropped)
    traditional = is_traditional(kept.text)
    words = simplified(kept.text)
    words = punctuated(words if traditional else kept_in_hans(kept.text, words))
    kept = Kept(words, kept.starts, kept.origins, kept.hangers)
    noise = tuple(sorted(dropped + spoiled, key=lambda n: (n.start, n.end)))
    return Cleaned(kept, noise, "hant" if traditional else "hans")


def _masked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with spoiled stretches put as LOST, one for one."""
    if not spans:
        return text
    letters = list(text)
    for start, end in spans:
        letters[start:end] = LOST * (end - start)
    return "".join(letters)


def _comments(text: str) -> list[tuple[int, int]]:
    return find_comments(text) + find_page_marks(text)


def _inside(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _wide_back(kept: Kept, start: int, end: int) -> tuple[int, int]:
    """A dropped gap in offsets of the original: from behind the character before to the one after."""
    return kept.origin(start - 1) + 1, kept.origin(end)
