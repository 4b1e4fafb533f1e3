"""What a load did in, a note of it out when it changed something; how far it is told to whoever waits."""

from __future__ import annotations

from collections.abc import Callable

from ..models import Loading
from .sync import Counts

# Given what is compared and how many rows of it were.
Told = Callable[[str, int], None]


def record(what: str, version: str, done: Counts) -> None:
    """Note a load that changed something."""
    if done.written:
        counted = {name: getattr(done, name) for name in ("inserted", "updated", "removed", "unchanged")}
        Loading.objects.create(what=what, version=version, **counted)


def told_of(told: Told | None, what: str) -> Callable[[int], None] | None:
    """A teller for one kind of rows."""
    return (lambda number: told(what, number)) if told else None
