"""A limit, a moment and a calendar in, the day a prepared item is due out; examples in, those that fail out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from luoshi.calendar import Calendar, base
from luoshi.ledger.machine.days import CHINA
from luoshi.ledger.machine.days import day as day_of

from .nouns import Limit, PreparedSet


def due_of(limit: Limit, now: datetime, calendar: Calendar) -> date:
    """The day in China on which a limit is over: hours run through nights and holidays, the day that days are counted
    from is not counted (民法典第二百零一条)."""
    if limit.unit == "hours":
        return day_of(now + timedelta(hours=limit.number))
    if limit.unit == "days":
        return day_of(now) + timedelta(days=limit.number)
    return calendar.add(day_of(now), limit.number).end


def faults_of_examples(made: PreparedSet) -> Iterator[str]:
    """Examples of a set that it does not keep, by the calendar that everybody has."""
    for number, example in enumerate(made.examples):
        at = datetime.strptime(example.at, "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)
        opened = {item.key: due_of(item.within, at, base()) for item in made.opened_at(example.level)}
        for key in dict.fromkeys([*opened, *dict(example.opens)]):
            said, found = dict(example.opens).get(key), opened.get(key)
            if said != found:
                yield f"examples[{number}].opens.{key}: {said or 'nothing'} is said, {found or 'nothing'} comes out"
