"""JSON Lines (also .gz) in, its records out one by one: a line an object, its fields known by a small table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from luoshi.reading.sources import LARGEST
from luoshi.reading.sources.extract import Unreadable

from .bounds import Metered, unpacked
from .days import is_day
from .given import Member

# What a field is for: the names it goes by, the first that is there with words in it counts.
FIELDS = {
    "text": ("text", "content", "body", "正文"),
    "html": ("html", "raw_html"),
    "name": ("name", "id", "_id", "url", "link"),
    "title": ("title", "标题"),
    "published": ("published", "date", "publish_time", "pub_time", "发布时间"),
}
# Every Chinese character takes three bytes, escaped (\u4f1a) six; a record may carry its page besides its text.
LONGEST_LINE = 4 * LARGEST
PIECE = 1024 * 1024
# Where a line says that it is our own: `schema` comes first.
OWN = 40
# A file that begins with so many lines without a text is of something else: one message, not one a line.
HOPELESS = 20


def members(file: IO[bytes], size: int) -> Iterator[Member]:
    """A member a record; blank lines are passed over, a line that is no record becomes a problem.

    Raises Unreadable for a file of other things (a list of pages, our own readings).
    """
    held: list[Member] = []
    hopeful = False
    with unpacked(file, size) as stream:
        for member in _records(stream):
            held.append(member)
            hopeful = hopeful or member.problem is None
            if hopeful:
                yield from held
                held = []
            elif len(held) == HOPELESS:
                raise Unreadable(f"its first {HOPELESS} lines give no report, as: {member.problem}; it was passed over")
    yield from held


def _records(stream: Metered) -> Iterator[Member]:
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            yield Member(f"line {number}", problem="the line is too long for one report; split it first")
            while line and not line.endswith(b"\n"):
                line = stream.readline(PIECE)
        elif b'"luoshi.reading/' in line[:OWN]:
            raise Unreadable("it holds readings of luoshi, not reports; it was passed over")
        elif line.strip():
            yield record(line, f"line {number}")


def record(line: bytes, where: str) -> Member:
    """One record. Its text counts before its page; a date that is none of the calendar is not used."""
    try:
        found = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as wrong:
        return Member(where, problem=f"the line is not JSON ({wrong})")
    if not isinstance(found, dict):
        return Member(where, problem="the line is JSON but no object with fields")
    name = _field(found, "name") or where
    published = (_field(found, "published") or "").replace("/", "-")
    day = published if is_day(published) else None
    for field, suffix in (("text", ".txt"), ("html", ".html")):
        words = _field(found, field)
        if words is not None:
            title = _field(found, "title") or "" if field == "text" else ""
            return Member(name, words.encode("utf-8"), None, suffix, " ".join(title.split()), day)
    fields = ", ".join(FIELDS["text"] + FIELDS["html"])
    return Member(name, problem=f"the record has no text; it is looked for in the fields {fields}")


def _field(found: dict[str, Any], field: str) -> str | None:
    for name in FIELDS[field]:
        value = found.get(name)
        if isinstance(value, str) and value.strip():
            return value.encode("utf-8", "replace").decode("utf-8")  # half of a surrogate pair is no character
        if field == "name" and isinstance(value, int):
            return str(value)
    return None
