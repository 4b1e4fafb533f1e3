"""A limit and a moment in, the day that a prepared item is due out; examples of a set in, those that fail out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import chinese_calendar  # type: ignore[import-untyped]

from luoshi.ledger.machine.days import CHINA
from luoshi.ledger.machine.days import day as day_of

from .nouns import Limit, PreparedSet


def due_of(limit: Limit, now: datetime) -> date:
    """The day in China on which a limit is over: hours run through nights and holidays, the day that days are counted
    from is not counted (民法典第二百零一条)."""
    if limit.unit == "hours":
        return day_of(now + timedelta(hours=limit.number))
    if limit.unit == "days":
        return day_of(now) + timedelta(days=limit.number)
    return _working(day_of(now), limit.number)


def _working(start: date, number: int) -> date:
    """The working day that many after `start`."""
    on = start
    while number:
        on += timedelta(1)
        number -= _works(on)
    return on


def _works(on: date) -> bool:
    """Whether a day is one of work; of a year whose notice is not out, every day from Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(on))
    except NotImplementedError:
        return on.weekday() < 5


def faults_of_examples(made: PreparedSet) -> Iterator[str]:
    """Examples of a set that it does not keep."""
    for number, example in enumerate(made.examples):
        at = datetime.strptime(example.at, "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)
        opened = {item.key: due_of(item.within, at) for item in made.opened_at(example.level)}
        for key in dict.fromkeys([*opened, *dict(example.opens)]):
            said, found = dict(example.opens).get(key), opened.get(key)
            if said != found:
                yield f"examples[{number}].opens.{key}: {said or 'nothing'} is said, {found or 'nothing'} comes out"
