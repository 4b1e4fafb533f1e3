"""The nouns of proving: what does not hold together, where, and how much was looked at."""

from __future__ import annotations

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


def fault(code: str, item: str = "", sequence: int | None = None, /, **about: object) -> Fault:
    """A fault, with what goes into its words by name."""
    return Fault(code, item, sequence, tuple(about.items()))


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
