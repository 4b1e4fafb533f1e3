"""Items with their deadlines in, a calendar (iCalendar, RFC 5545) out: for each a task and a day. Pure, no names of
people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from icalendar import Calendar, Event, Todo

PRODUCT = "-//luoshi//items//ZH"
# How often a program should ask again: twice in a working day, and it is no burden.
REFRESH = timedelta(hours=4)
# Words of a title: what a telephone shows of it in two lines.
TITLE = 60


class Dated(NamedTuple):
    """An open item with a deadline: `version` its number of events, `changed` when the last was recorded, `about`
    lines on it, `address` of its page."""

    item: UUID
    words: str
    due: date
    version: int
    changed: datetime
    kind: str
    about: tuple[str, ...]
    address: str


def calendar_of(items: Iterable[Dated], name: str) -> bytes:
    """A calendar of a name: for each item a task (VTODO) due on its day, and that day (VEVENT), for programs that show
    no tasks. The same items are the same bytes; an item keeps its UIDs, and its version is their SEQUENCE."""
    made = Calendar()
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("method", "PUBLISH"), ("x-wr-calname", name)):
        made.add(key, value)
    made.add("x-wr-timezone", "Asia/Shanghai")
    made.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for item in items:
        made.add_component(_todo(item))
        made.add_component(_event(item))
    return bytes(made.to_ical())


def _todo(item: Dated) -> Todo:
    todo = Todo()
    todo.add("due", item.due)
    todo.add("status", "NEEDS-ACTION" if item.kind == "waiting" else "IN-PROCESS")
    _same(todo, item, "todo")
    return todo


def _event(item: Dated) -> Event:
    event = Event()
    event.add("dtstart", item.due)
    # A whole day ends where the next begins, and nobody is busy for it.
    event.add("dtend", item.due + timedelta(1))
    event.add("transp", "TRANSPARENT")
    _same(event, item, "due")
    return event


def _same(component: Event | Todo, item: Dated, what: str) -> None:
    """What both say of an item."""
    words = " ".join(item.words.split())
    component.add("uid", f"{item.item}-{what}@luoshi")
    component.add("sequence", item.version)
    changed = item.changed.astimezone(UTC).replace(microsecond=0)
    component.add("dtstamp", changed)
    component.add("last-modified", changed)
    component.add("summary", words if len(words) <= TITLE else f"{words[: TITLE - 1]}…")
    component.add("description", "\n".join((words, *item.about)))
    component.add("url", item.address)
