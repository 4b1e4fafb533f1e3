"""What pages call things (names.yaml) in, look-ups for tags, classes and ids out."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def names() -> Any:
    """The content of names.yaml."""
    text = files(__package__).joinpath("names.yaml").read_text("utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def field_of(kind: str) -> dict[str, tuple[str, int]]:
    """Name -> the field it fills and its rank among the names of that field (0 is the surest).

    Args:
        kind: "meta" or "ids".
    """
    listed = names()[kind].items()
    return {name: (field, rank) for field, all_names in listed for rank, name in enumerate(all_names)}


@cache
def pattern_of(kind: str) -> re.Pattern[str]:
    """The words of a kind ("article", "around", "surely_around") as one pattern for class names and ids."""
    parts = "|".join(map(re.escape, names()[kind]["part"]))
    words = "|".join(map(re.escape, names()[kind].get("word", ())))
    return re.compile(f"(?:{parts})" + (f"|(?<![a-z])(?:{words})(?![a-z])" if words else ""), re.I)
