"""Clean text in, its lines out: what each is, where the body begins and ends, the title, the paragraphs."""

from __future__ import annotations

import re
from typing import NamedTuple

from .signs import signs
from .tables import beginning, first

_SENTENCE_END = re.compile("[。！？](?:[”’）]*)")


class Line(NamedTuple):
    """One line that holds words: offsets in the clean text, its words, and what it is.

    kind: prose, heading, dateline, meta, chrome, foot, caption or advertisement.
    """

    start: int
    end: int
    text: str
    kind: str


class Outline(NamedTuple):
    """The shape of a page in offsets of the clean text; `body` is None where no article was found."""

    lines: tuple[Line, ...]
    body: tuple[int, int] | None
    title: tuple[int, int] | None
    paragraphs: tuple[Line, ...]


# A dateline that stands alone is shorter; a longer line begins the article itself.
LONGEST_DATELINE = 40
# A line with ！ or ？ but no 。 is prose from this length on; shorter it is a headline or a greeting.
SHORTEST_PROSE = 40


def outline(text: str) -> Outline:
    """Sort the lines of a page and find the article among them."""
    lines = _lines(text)
    begin, end = _body(lines)
    if begin is None:
        return Outline(lines, None, _title(lines, len(lines)), ())
    inside = (*lines[begin:end], _without_credit(lines[end]))
    paragraphs = tuple(x for x in inside if x.kind in ("prose", "heading", "dateline"))
    return Outline(lines, (inside[0].start, inside[-1].end), _title(lines, begin), paragraphs)


def _lines(text: str) -> tuple[Line, ...]:
    out = []
    position = 0
    for raw in text.split("\n"):
        words = raw.strip()
        if words:
            start = position + raw.index(words)
            seen = beginning(text, start, signs(text, start, start + len(words)))
            out.append(Line(start, start + len(words), words, _kind(words, seen)))
        position += len(raw) + 1
    return tuple(out)


def _kind(words: str, seen: int) -> str:
    found = first("lines", words, seen)
    if found and found.gives == "dateline" and len(words) > LONGEST_DATELINE:
        return "prose"
    if found:
        return found.gives or "chrome"
    ended = "。" in words or (len(words) >= SHORTEST_PROSE and _SENTENCE_END.search(words))
    return "prose" if ended else "heading"


def _body(lines: tuple[Line, ...]) -> tuple[int | None, int]:
    """Indexes of the first and last line of the article.

    It begins at the first line of prose (or a dateline before prose) and ends at the last line of prose
    before a foot line (editor, contacts, related articles, copyright). Advertisements and captions in
    between do not end it. A page without full stops has no article; its longest heading run is none.
    """
    begin = None
    for i, line in enumerate(lines):
        if line.kind == "prose" or (line.kind == "dateline" and _prose_follows(lines, i)):
            begin = i
            break
    if begin is None:
        return None, 0
    end = begin
    for i in range(begin, len(lines)):
        kind = lines[i].kind
        if kind == "foot":
            break
        if kind in ("prose", "dateline"):
            end = i
    return begin, end


_CREDIT = re.compile(
    "(?<=[。！？”])\\s*[（(](?:本报|本网)?(?:全媒体)?(?:记者|通讯员|责任编辑|编辑|作者|来源|文/|图/|供稿|综合)[^。（）()]{1,60}[）)]$"
)


def _without_credit(line: Line) -> Line:
    """The last line of the article without the credits in brackets behind its last sentence."""
    words = _CREDIT.sub("", line.text)
    return Line(line.start, line.start + len(words), words, line.kind)


def _prose_follows(lines: tuple[Line, ...], i: int) -> bool:
    return any(line.kind == "prose" for line in lines[i + 1 : i + 3])


# A title has at least this many characters; shorter lines above an article are section names.
_SHORTEST_TITLE = 8


def _title(lines: tuple[Line, ...], begin: int) -> tuple[int, int] | None:
    """The first heading above the article that is long enough for a title."""
    for line in lines[:begin]:
        if line.kind == "heading" and len(line.text) >= _SHORTEST_TITLE:
            return line.start, line.end
    return None
