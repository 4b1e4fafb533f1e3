"""An office and a moment in, what a sweep makes then, in words that a test compares, out."""

from __future__ import annotations

import datetime

from luoshi.ledger.models import Event
from luoshi.ledger.sweep import sweep
from luoshi.people.models import Post

from .office import Office
from .sweeping import told

Steps = list[tuple[str, str, set[str]]]


def moment(said: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{said}+08:00")


def day(said: str) -> datetime.datetime:
    return moment(f"{said}T09:00")


def swept(there: Office, now: datetime.datetime) -> Steps:
    """The steps that a sweep makes, and who is told: units by key, posts by the name of who holds them."""
    before = list(Event.unguarded.values_list("pk", flat=True))
    list(sweep(now))
    names = {f"post:{each.pk}": each.user.username for each in Post.unguarded.select_related("user")}
    rows = Event.unguarded.exclude(pk__in=before).order_by("pk")
    return [
        (e.verb, f"{said_in(e, 'clock')} {said_in(e, 'step')}", {names.get(n, n) for n in told(e.pk)}) for e in rows
    ]


def said_in(event: Event, field: str) -> str:
    return str(event.payload["fields"][field])


def steps(there: Office, *days: str) -> dict[str, list[str]]:
    """What is made on which of these days at nine, but for the days on which nothing is."""
    made = {each: [name for _, name, _ in swept(there, day(each))] for each in days}
    return {each: names for each, names in made.items() if names}
