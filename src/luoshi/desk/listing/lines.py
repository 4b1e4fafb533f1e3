"""Rows of items in, what a list shows of them out: the name of the state; and the groups that they fall into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from luoshi.ledger.actions.books import playbook_of
from luoshi.ledger.browsing import Row, parts_of

from .asked import Asked

GROUPS = ("state", "place", "line")


class Shown(NamedTuple):
    """A line of the page."""

    row: Row
    state: str


class Group(NamedTuple):
    """What has something in common: its name, how many, the address of those alone."""

    name: str
    number: int
    address: str


def shown(rows: Iterable[Row], language: str) -> list[Shown]:
    """The lines with the names of their states."""
    return [Shown(row, state_of(row, language)) for row in rows]


def state_of(row: Row, language: str) -> str:
    """What the state of an item is called, in the version it was opened under."""
    return playbook_of(row.playbook, row.version).state(row.state).name.of(language)


def groups(asked: Asked, items: Iterable[UUID], language: str) -> list[Group]:
    """How many of the items found have which state, place or line, the most first."""
    by = asked.values.get("by", "")
    if by not in GROUPS:
        return []
    found: Counter[tuple[str, str]] = Counter()
    for part in parts_of(items, by):
        name = (
            playbook_of(part.playbook, part.version).state(part.key).name.of(language) if by == "state" else part.name
        )
        found[part.key, name] += part.number
    return [Group(name or "–", n, asked.address(**{by: key, "by": ""})) for (key, name), n in found.most_common()]
