"""`tables.yaml` in, the tables with their columns, types and meanings out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

Type = Literal["string", "int", "float", "bool"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, type, meaning."""

    name: str
    type: Type
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: name, what a row is, its columns in their order."""

    name: str
    about: str
    columns: tuple[Column, ...]


@cache
def tables() -> Mapping[str, Table]:
    """All tables by their names, in the order they are documented."""
    written = yaml.safe_load(files(__package__).joinpath("tables.yaml").read_text("utf-8"))
    return {
        name: Table(name, table["about"], tuple(Column(c, *told) for c, told in table["columns"].items()))
        for name, table in written.items()
    }
