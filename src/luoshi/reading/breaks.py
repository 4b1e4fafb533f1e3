"""Text in, the line breaks and marks that cut its sentences apart out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import east_asian_width

from .characters import HAN
from .rules import rule

COMMENT = re.compile(r"<!--.*?-->", re.S)
# Marks that carry no words: markdown emphasis, zero-width characters, HTML spaces.
MARKS = re.compile(
    r"(?<![。！？；：\s])\*\*\s*\n\s*\*\*(?![一二三四五六七八九十（第首其])|\*\*+|[\u200b-\u200d\u2060\u00ad\ufeff]|&nbsp;|&ensp;|&emsp;"
)
# Page numbers on a line of their own, as PDFs hold them.
PAGE_MARK = re.compile(r"(?m)^[ ]*(?:[—–-] ?\d{1,3} ?[—–-]|第 ?\d{1,3} ?页(?: ?共 ?\d{1,3} ?页)?)[ ]*$")
_DOUBLED = re.compile(r"(?<=([，、；：,;:]))[ ]?[，、；：,;:]+|(?<=。)。+")
_STRAY = re.compile(rf"(?<=[{HAN}])[.．](?=[{HAN}])")
_NUMERAL_BEFORE = re.compile(r"(?:^|[\n（(。；：\s])[一二三四五六七八九十]{1,3}$")

_TERMINAL = "。！？；：…!?;:"
_CLOSING = "”’）)》】"
_PAIRS = {"“": "”", "（": "）", "《": "》", "(": ")"}
# A first line shorter than this that holds no full stop may be a title: it is not joined to the next.
_PROSE = 60


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    indented: bool

    @property
    def width(self) -> int:
        """Columns the line takes: a Chinese character two."""
        return sum(2 if east_asian_width(c) in "WF" else 1 for c in self.text) + 4 * self.indented


def find_marks(text: str) -> list[tuple[int, int]]:
    """Stretches of marks without words, and single points between characters (市.委)."""
    found = [m.span() for m in MARKS.finditer(text)]
    for match in _STRAY.finditer(text):
        if not _NUMERAL_BEFORE.search(text, max(0, match.start() - 6), match.start()):
            found.append(match.span())
    return found


def find_doubled(text: str) -> list[tuple[int, int]]:
    """Repeated commas and full stops (日,,省委); the first of each stays."""
    return [m.span() for m in _DOUBLED.finditer(text)]


def find_breaks(text: str) -> list[tuple[int, int]]:
    """Line breaks in mid-sentence, with the blank lines and comments beside them."""
    lines = _lines(text)
    width = _wrapped_at(lines)
    found = []
    indents = any(line.indented for line in lines)
    running = False  # whether the line before was joined: then this one is prose
    for before, after in pairwise(lines):
        gap = text[before.end : after.start]
        full = width is not None and (before.width >= width - NEARLY or (indents and not after.indented))
        if full and after.indented and not before.indented:
            running = False
            continue
        running = _belongs(before.text, after.text, "<!--" in gap, gap, full, running)
        if running:
            found.append((before.end, after.start))
    return found


def _lines(text: str) -> list[_Line]:
    """Lines that hold words, trimmed of spaces and marks, with their offsets."""
    out = []
    position = 0
    blank = COMMENT.sub(_blank, PAGE_MARK.sub(_blank, text))
    for raw in blank.split("\n"):
        words = raw.strip(" *\u200b\ufeff")
        if words:
            start = position + raw.index(words)
            out.append(_Line(start, start + len(words), words, raw.startswith("  ")))
        position += len(raw) + 1
    return out


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _wrapped_at(lines: list[_Line]) -> int | None:
    """The width in columns at which the text was wrapped by hand, None when it was not.

    Wrapped text has most of its lines at nearly one width and few of them end a sentence: at least five
    lines within NEARLY columns of the widest, two in five of all.
    """
    if len(lines) < 6:
        return None
    width = max(line.width for line in lines)
    full = [line for line in lines if line.width >= width - NEARLY]
    open_ended = [line for line in full if line.text[-1] not in _TERMINAL + _CLOSING]
    return width if 24 <= width <= 160 and len(open_ended) >= max(5, 0.4 * len(lines)) else None


# Lines of one wrapped text differ by less than two Chinese characters: a mark may not begin a line.
NEARLY = 4


def _belongs(before: str, after: str, commented: bool, gap: str, full: bool, running: bool) -> bool:
    """Whether the next line goes on with the sentence of this one."""
    last, first = before[-1], after[0]
    if first in "。，、；？！,;”）":
        return not before.endswith(("。", "！"))
    if last in "。！？!?":
        return False
    if _unclosed(before, after) or (commented and last not in "；：;:"):
        return True
    if any(rule("breaks", name).find(line) for name, line in (("caption-end", before), ("new-block", after))):
        return False
    if rule("breaks", "hanging-cue").find(before):
        return True
    if last in "，、,":
        return True
    if last in _TERMINAL or last in _CLOSING:
        return False
    if full:
        return True
    prose = running or "。" in before or len(before) >= _PROSE or bool(rule("breaks", "prose-start").find(before))
    return prose and "\n\n" not in gap.replace(" ", "") and bool(re.search("[，。,]", after))


def _unclosed(before: str, after: str) -> bool:
    """Whether a bracket or quotation opened in the last sentence of this line closes early in the next."""
    sentence = re.split("[。！？]", before)[-1]
    for opening, closing in _PAIRS.items():
        if sentence.count(opening) > sentence.count(closing):
            at = after.find(closing)
            if 0 <= at <= 40 and opening not in after[:at]:
                return True
    return False
