"""A text and the stretches dropped from it in, the kept text with a way back to the original out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from .facts import Noise, Source


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left of a text after dropping stretches, and where each part of it stood.

    `starts[i]` is where kept run i begins in `text`, `origins[i]` where it begins in the original.
    `hangers` maps the end of a character to the end of the noise that hangs on it (its pinyin).
    """

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    hangers: dict[int, int]

    def origin(self, position: int) -> int:
        """Where a character of the kept text stands in the original."""
        run = bisect_right(self.starts, position) - 1
        return self.origins[run] + position - self.starts[run]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the kept text (not empty) in offsets of the original, with the noise inside it
        and the pinyin that hangs on its last character."""
        if len(self.starts) == 1 and not self.hangers:
            return start + self.origins[0], end + self.origins[0]
        first, last = self.origin(start), self.origin(end - 1) + 1
        return first, self.hangers.get(last, last)

    def forward(self, position: int) -> int:
        """Where a place of the original stands in the kept text; a dropped one, where the next that was kept does."""
        run = bisect_right(self.origins, position) - 1
        if run < 0:
            return 0
        ends = self.starts[run + 1] if run + 1 < len(self.starts) else len(self.text)
        return min(self.starts[run] + position - self.origins[run], ends)


def drop(text: str, noise: Iterable[Noise]) -> Kept:
    """The text without the stretches of noise; they may touch and overlap."""
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    hangers: dict[int, int] = {}
    position = length = 0
    for each in sorted(noise, key=lambda n: (n.start, n.end)):
        if each.end <= position:
            continue
        if each.start > position:
            pieces.append(text[position : each.start])
            starts.append(length)
            origins.append(position)
            length += each.start - position
        if each.kind == "pinyin":
            hangers[each.start] = each.end
        position = each.end
    if position < len(text) or not starts:
        pieces.append(text[position:])
        starts.append(length)
        origins.append(position)
    for end in list(hangers):  # doubled pinyin: the first reading leads on to the second
        while hangers[end] in hangers:
            hangers[end] = hangers[hangers[end]]
    return Kept("".join(pieces), tuple(starts), tuple(origins), hangers)


def in_document(source: Source, position: int) -> tuple[str, int]:
    """Where a character of a source's text stands in its document: the part and the offset in it
    (bytes in a web page, characters elsewhere)."""
    if not source.runs:
        return "", position
    run = source.runs[bisect_right(source.runs, position, key=lambda r: r.start) - 1]
    before = source.text[run.start : position]
    if source.media_type == "text/html":
        return run.part, run.offset + len(before.encode(source.encoding, "surrogatepass"))
    return run.part, run.offset + len(before)
