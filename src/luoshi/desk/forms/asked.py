"""What a form about a draft holds, and what is wrong with it: by field, or with all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .nouns import Choice


@dataclass
class Asked:
    """A form as it was sent or is to be filled in; `several`: by field, the units of a name that has several."""

    values: Mapping[str, Any] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)
    whole: list[str] = field(default_factory=list)
    several: dict[str, tuple[Choice, ...]] = field(default_factory=dict)

    def wrong(self, faults: Iterable[tuple[str, str]]) -> None:
        """Add what is wrong: a field with its message, the empty field for all of it."""
        for name, message in faults:
            told = self.faults.setdefault(name, []) if name else self.whole
            told.append(message)
