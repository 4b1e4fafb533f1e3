"""The file of dated changes goes in; what each line says of two divisions, with day and document, comes out.

A change is written with the code and the name that a division had in the lists of the year before (left) and of the
year itself (right):

    330110 余杭区 ~ 330113 临平区    a part of the left went to the right (the left may live on or have ended)
    330104 下城区 > 330105 拱墅区    the left ended and went wholly to the right
    652923 库车县 = 652902 库车市    the same place before and after
    + 820000 澳门特别行政区          began, out of no division of the lists
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from luoshi.places.gazetteer.identity import Said

CHANGES = Path(__file__).with_name("changes.yaml")
_PAIR = re.compile(r"(\d{6}) (\S+) ([~>=]) (\d{6}) (\S+)")
_BEGUN = re.compile(r"\+ (\d{6}) (\S+)")


class Change(NamedTuple):
    """One line of the file: `relation` is `~`, `>`, `=` or `+`; `day` is None where only the year is known."""

    year: int
    day: date | None
    old: str
    old_name: str
    relation: str
    new: str
    new_name: str
    source: str


def read_changes(path: Path = CHANGES) -> tuple[Change, ...]:
    """All changes of the file in its order; ValueError names the entry that cannot be read."""
    entries: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return tuple(change for entry in entries for change in _entry(entry))


def _entry(entry: dict[str, Any]) -> Iterable[Change]:
    when, source = entry["when"], entry["source"]
    day = when if isinstance(when, date) else None
    year = day.year if day else int(when)
    for line in entry["lines"]:
        if pair := _PAIR.fullmatch(line):
            old, old_name, relation, new, new_name = pair.groups()
            yield Change(year, day, old, old_name, relation, new, new_name, source)
        elif begun := _BEGUN.fullmatch(line):
            yield Change(year, day, "", "", "+", begun[1], begun[2], source)
        else:
            raise ValueError(f"changes.yaml {when}: 读不懂这一行 (cannot be read): {line}")


def said(changes: Iterable[Change], year: int) -> Said:
    """What the changes of one year say of identity."""
    of_year = [c for c in changes if c.year == year]
    same = frozenset((c.old, c.new) for c in of_year if c.relation == "=")
    kept = {new for _, new in same}
    return Said(
        same=same,
        ended=frozenset(c.old for c in of_year if c.relation == ">"),
        different=frozenset((c.old, c.new) for c in of_year if c.relation in "~>"),
        begun=frozenset(c.new for c in of_year if c.relation == "+" and c.new not in kept),
    )


def unfit(changes: Iterable[Change], names: Mapping[int, Mapping[str, str]]) -> list[str]:
    """Changes that do not name what the lists have, each with what they have instead; names by year and code."""
    out = []
    for change in changes:
        for year, code, name in (
            (change.year - 1, change.old, change.old_name),
            (change.year, change.new, change.new_name),
        ):
            listed = names.get(year, {}).get(code)
            if code and year in names and listed != name:
                out.append(
                    f"changes.yaml {change.year}: {code} {name} 在 {year} 年名录中是 (is listed as) {listed or '—'}"
                )
    return out
