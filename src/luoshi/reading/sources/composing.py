"""Pieces of a document in, each with its place, the text and the way back out."""

from __future__ import annotations

from ..facts import Run


class Composer:
    """A text that grows; a run is noted wherever the way back does not simply go on."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._runs: list[Run] = []
        self.length = 0

    def put(self, text: str, part: str, offset: int) -> tuple[int, int]:
        """Words that stand at an offset of a part; the stretch they take in the text."""
        start = self.length
        if text:
            if not self._goes_on(part, offset):
                self._runs.append(Run(start, part, offset))
            self._add(text)
        return start, self.length

    def between(self, text: str) -> None:
        """What parts pieces (line ends, tabs): it has no place of its own."""
        self._add(text)

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self.length += len(text)

    def _goes_on(self, part: str, offset: int) -> bool:
        if not self._runs:
            return False
        last = self._runs[-1]
        return last.part == part and last.offset + self.length - last.start == offset

    def text(self) -> str:
        """All that was put."""
        return "".join(self._pieces)

    def runs(self) -> tuple[Run, ...]:
        """The way back, the first run at 0."""
        if self._runs and self._runs[0].start:
            return (Run(0, self._runs[0].part, self._runs[0].offset), *self._runs)
        return tuple(self._runs)
