"""Text in, the line breaks and marks that cut its sentences apart out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from .characters import HAN
from .rules import rule

# Marks that carry no words: markdown emphasis, zero-width characters, HTML spaces.
MARKS = re.compile(
    r"(?<![。！？；：\s])\*\*\s*\n\s*\*\*(?![一二三四五六七八九十（第首其])|\*\*+|[\u200b-\u200d\u2060\u00ad\ufeff]|&nbsp;|&ensp;|&emsp;"
)
# Page numbers on a line of their own, as PDFs hold them.
_PAGE_MARK = re.compile(r"(?m)^[ ]*(?:[—–-] ?\d{1,3} ?[—–-]|第 ?\d{1,3} ?页(?: ?共 ?\d{1,3} ?页)?)[ ]*$")
# One of these characters stands in every match of MARKS.
_MARKING = re.compile("[*&\u200b-\u200d\u2060\u00ad\ufeff]")
# Two marks side by side: where there are none, none is doubled.
_TWO_MARKS = re.compile("[，、；：,;:] ?[，、；：,;:]|。。")
# What every page number ends with: where no line does, there is none.
_PAGE_END = re.compile(r"\d ?[—–页-]")
_DOUBLED = re.compile(r"(?<=([，、；：,;:]))[ ]?[，、；：,;:]+|(?<=。)。+")
_STRAY = re.compile(rf"[.．](?<=[{HAN}].)(?=[{HAN}])")
_NUMERAL_BEFORE = re.compile(r"(?:^|[\n（(。；：\s])[一二三四五六七八九十]{1,3}$")

_TERMINAL = "。！？；：…!?;:"
_CLOSING = "”’）)》】"
_PAIRS = {"“": "”", "（": "）", "《": "》", "(": ")"}
# A first line shorter than this that holds no full stop may be a title: it is not joined to the next.
_PROSE = 60


# Characters two columns wide (W and F of Unicode's EastAsianWidth.txt, blocks of Chinese and Japanese).
_NARROW = re.compile(
    "[^\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6"
    "\U0001f300-\U0001faff\U00020000-\U0003fffd]+"
)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    indented: bool

    @property
    def width(self) -> int:
        """Columns the line takes: a Chinese character two."""
        return len(self.text) + len(_NARROW.sub("", self.text)) + 4 * self.indented


def find_comments(text: str) -> list[tuple[int, int]]:
    """Stretches of HTML comments. Not by a pattern: it would look for the end of each that has none."""
    found = []
    start = text.find("<!--")
    while start >= 0 and (end := text.find("-->", start + 4)) >= 0:
        found.append((start, end + 3))
        start = text.find("<!--", end + 3)
    return found


def find_page_marks(text: str) -> list[tuple[int, int]]:
    """Stretches of page numbers on lines of their own."""
    if not any(mark in text for mark in "—–页-") or not _PAGE_END.search(text):
        return []
    return [match.span() for match in _PAGE_MARK.finditer(text)]


def find_marks(text: str) -> list[tuple[int, int]]:
    """Stretches of marks without words, and single points between characters (市.委)."""
    found = [m.span() for m in MARKS.finditer(text)] if _MARKING.search(text) else []
    for match in _STRAY.finditer(text):
        if not _NUMERAL_BEFORE.search(text, max(0, match.start() - 6), match.start()):
            found.append(match.span())
    return found


def find_doubled(text: str) -> list[tuple[int, int]]:
    """Repeated commas and full stops (日,,省委); the first of each stays."""
    return [m.span() for m in _DOUBLED.finditer(text)] if _TWO_MARKS.search(text) else []


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
    blank = _blanked(_blanked(text, find_page_marks(text)), find_comments(text))
    for raw in blank.split("\n"):
        words = raw.strip(" *\u200b\ufeff")
        if words:
            start = position + raw.index(words)
            out.append(_Line(start, start + len(words), words, raw.startswith("  ")))
        position += len(raw) + 1
    return out


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with spaces for some stretches, one for one; their line breaks stay."""
    if not spans:
        return text
    pieces, position = [], 0
    for start, end in spans:
        pieces += [text[position:start], _NO_BREAK.sub(" ", text[start:end])]
        position = end
    return "".join([*pieces, text[position:]])


_NO_BREAK = re.compile(r"[^\n]")


def _wrapped_at(lines: list[_Line]) -> int | None:
    """The width in columns at which the text was wrapped by hand, None when it was not.

    Wrapped text has most of its lines at nearly one width and few of them end a sentence: at least five
    lines within NEARLY columns of the widest, two in five of all.
    """
    enough = max(5, 0.4 * len(lines))
    open_ended = [line for line in lines if line.text[-1] not in _TERMINAL + _CLOSING]
    if len(lines) < 6 or len(open_ended) < enough:
        return None
    width = max(line.width for line in lines)
    full = sum(line.width >= width - NEARLY for line in open_ended)
    return width if 24 <= width <= 160 and full >= enough else None


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
    if any(rule("breaks", name).find(before) for name in ("hanging-cue", "hanging-label")):
        return True
    if last in "，、,":
        return True
    if last in _TERMINAL or last in _CLOSING:
        return False
    if full:
        return True
    prose = running or "。" in before or len(before) >= _PROSE or bool(rule("breaks", "prose-start").find(before))
    return prose and "\n\n" not in gap.replace(" ", "") and any(mark in after for mark in "，。,")


def _unclosed(before: str, after: str) -> bool:
    """Whether a bracket or quotation opened in the last sentence of this line closes early in the next."""
    sentence = before[max(before.rfind(mark) for mark in "。！？") + 1 :]
    for opening, closing in _PAIRS.items():
        if sentence.count(opening) > sentence.count(closing):
            at = after.find(closing)
            if 0 <= at <= 40 and opening not in after[:at]:
                return True
    return False
