"""The YAML files of data in, their tables out: characters, variants of nouns, ends of names, everyday words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

DATA = Path(__file__).with_name("data")


@cache
def table(name: str) -> Any:
    """The content of a file of data, read once."""
    return yaml.load((DATA / f"{name}.yaml").read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


class Variant(NamedTuple):
    """Words of a noun and what offices print for them; an example that must be understood."""

    long: str
    short: str


@cache
def variants() -> tuple[Variant, ...]:
    """The ways in which nouns are shortened, in the order of the file."""
    return tuple(Variant(row["long"], row["short"]) for row in table("variants"))


@cache
def words(name: str) -> frozenset[str]:
    """A list of words of words.yaml."""
    return frozenset(table("words")[name])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The expressions of a list of ends.yaml as one, the longest first."""
    listed = sorted((row["words"] for row in table("ends")[name]), key=len, reverse=True)
    return re.compile("|".join(listed))
