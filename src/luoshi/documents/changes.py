"""What a reading has that the one before had not, and the other way round, as a value that a page can show."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

What = Literal["report", "directive", "action", "meeting"]


@dataclass(frozen=True)
class Line:
    """A row by its key, with its words."""

    what: What
    key: str
    words: str


@dataclass(frozen=True)
class Change:
    """A field that is read otherwise now."""

    row: Line
    field: str
    before: Any
    now: Any


@dataclass(frozen=True)
class Kept:
    """What a person corrected and the reader reads otherwise now.

    With a `field`: the person's value `kept` stands, though `now` is read where `before` was. Without one: the row is
    not found any more and stays; `beside` are the keys of rows that are new at its place, to compare it with.
    """

    row: Line
    field: str = ""
    before: Any = None
    now: Any = None
    kept: Any = None
    beside: tuple[str, ...] = ()


@dataclass
class Changes:
    """All that differs between two readings of one report; `before` and `now` are the versions of the reader."""

    before: str
    now: str
    added: list[Line] = field(default_factory=list)
    gone: list[Line] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.changed or self.kept)

    def as_dict(self) -> dict[str, Any]:
        """For the database."""
        return asdict(self)


def from_dict(kept: dict[str, Any]) -> Changes:
    """From the database."""
    return Changes(
        kept["before"],
        kept["now"],
        [Line(**each) for each in kept["added"]],
        [Line(**each) for each in kept["gone"]],
        [Change(**{**each, "row": Line(**each["row"])}) for each in kept["changed"]],
        [Kept(**{**each, "row": Line(**each["row"]), "beside": tuple(each["beside"])}) for each in kept["kept"]],
    )
