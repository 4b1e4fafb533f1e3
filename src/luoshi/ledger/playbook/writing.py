"""What every part of a playbook file is written with: strict fields, keys, names in two languages."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from .names import Names

# Keys are in URLs, translations and columns of 40 characters (models.event).
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class Written(BaseModel):
    """A part of a file: nothing in it that is not described, nothing turned into another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class WrittenNames(Written):
    """A name in both languages."""

    zh: Words
    en: Words

    def noun(self) -> Names:
        """The names as a plain value."""
        return Names(self.zh, self.en)
