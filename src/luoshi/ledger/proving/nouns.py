"""The nouns of proving: what does not hold together, where, and how much was looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from .words import WORDS


class Fault(NamedTuple):
    """What does not hold: a code of proving.words and what goes into its words; the item (its number, or its id where
    no row tells a number) and the event it is about."""

    code: str
    item: str = ""
    sequence: int | None = None
    about: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        where = " ".join(str(part) for part in (self.item, self.sequence) if part not in ("", None))
        said = WORDS[self.code].format(**dict(self.about))
        return f"{where}: {said}" if where else said


def fault(code: str, item: object = "", sequence: int | None = None, /, **about: object) -> Fault:
    """A fault, with what goes into its words by name."""
    return Fault(code, str(item), sequence, tuple(about.items()))


# Told of what is looked at: what it is, and how many of it were looked at so far.
Progress = Callable[[str, int], None]
# So often that a terminal moves, so seldom that nobody waits for it.
STEP = 1000


class Counts:
    """How many rows of each kind were looked at, told as it goes on."""

    def __init__(self, progress: Progress | None = None) -> None:
        self.of: Counter[str] = Counter()
        self._progress = progress

    def add(self, what: str) -> None:
        """One more was looked at."""
        self.of[what] += 1
        if self._progress and self.of[what] % STEP == 0:
            self._progress(what, self.of[what])


class Report(NamedTuple):
    """What was looked at (`counts`: items, events, texts, series, roots, leaves), the faults found, at most as many
    as were asked for, and how many more there are."""

    counts: dict[str, int]
    faults: tuple[Fault, ...]
    more: int = 0

    @property
    def green(self) -> bool:
        """True when everything holds."""
        return not self.faults
