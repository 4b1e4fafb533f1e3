"""The lines of a page in, who published it and when, who wrote and edited it, out.

The date printed with the publisher goes before the date of a repost, that before what is known from
elsewhere (GUIDELINES, "Published"). A file's name never gives a date.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .facts import Known
from .outline import Line, Outline
from .rules import rule


class Publication(NamedTuple):
    """What a page says of its publication; None where it says nothing."""

    published: str | None
    publisher: str | None
    author: str | None
    editor: str | None


# The beginning of the body may hold a dateline and the names of its writers; no further than this.
DATELINE_REACH = 80
# Photographers are no authors (GUIDELINES, "People").
_PHOTOGRAPHER = re.compile("摄影(?!报道)[ \\n]*[一-龥·]{2,4}|摄影报道|摄影|[一-龥·]{2,4} ?摄(?![像制影])|图文")


def publication(text: str, outline: Outline, known: Known) -> Publication:
    """Read the lines outside the body, and the dateline.

    Args:
        text: the clean text of the page.
        outline: its lines and body.
        known: what is known from elsewhere; it counts where the page prints nothing.
    """
    outside = [line.text for line in outline.lines if not _inside(line, outline.body)]
    head = text[outline.body[0] : outline.body[0] + DATELINE_REACH] if outline.body else ""
    tail = text[outline.body[1] : outline.body[1] + DATELINE_REACH] if outline.body else ""
    return Publication(
        _published(outside) or known.published or _any_date(outside),
        _publisher(outside, head) or known.publisher,
        _people("author", [*outside, _bracket(head), tail.split("\n")[0]]) or known.author,
        _people("editor", outside) or known.editor,
    )


def _inside(line: Line, body: tuple[int, int] | None) -> bool:
    return body is not None and body[0] <= line.start and line.end <= body[1]


def _day(line: str) -> str | None:
    match = rule("publication", "date").find(line)
    if not match:
        return None
    return f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}"


def _published(lines: list[str]) -> str | None:
    """The date in the line that names the publisher."""
    return next((_day(line) for line in lines if rule("publication", "publisher").find(line) and _day(line)), None)


def _any_date(lines: list[str]) -> str | None:
    """A date on an information line without publisher."""
    found = (_day(line) for line in lines if rule("lines", "info-line").find(line) or len(line) <= 40)
    return next((day for day in found if day), None)


def _publisher(lines: list[str], head: str) -> str | None:
    for line in lines:
        match = rule("publication", "publisher").find(line)
        if match:
            return match["publisher"]
    found = [rule("publication", "dateline").find(head), *map(rule("publication", "issuer").find, lines)]
    return next((match["publisher"] for match in found if match), None)


def _bracket(head: str) -> str:
    """The bracket of a dateline, which names the writers: 本报讯（记者 …）."""
    match = re.match("[^（(。]{0,24}[（(]([^）)]{2,50})[）)]", head)
    return match.group(1) if match else ""


def _people(name: str, lines: list[str]) -> str | None:
    """Names of one role joined by 、, photographers left out."""
    for line in lines:
        match = rule("publication", name).find(_PHOTOGRAPHER.sub(" ", line))
        if match:
            names = re.split(r"[\s、，]+", match[name].strip())
            return "、".join(dict.fromkeys(n for n in names if n and n not in ("记者", "通讯员")))
    return None
