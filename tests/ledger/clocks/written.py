"""Cases as they are written in YAML in; clocks, tapes and items out, and a second, plain way to count days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from luoshi.ledger.machine import Tape
from luoshi.ledger.machine.days import CHINA
from luoshi.ledger.playbook.clocks import Clock, Limit, Rung, Span, Unit, Until
from luoshi.ledger.playbook.names import Names

HERE = Path(__file__).parent
UNITS: Mapping[str, Unit] = {"wd": "working_days", "d": "days", "m": "months", "h": "hours"}


class Standing(NamedTuple):
    """As much of an item as its clocks ask."""

    state: str = "in_hand"
    kind: str = "open"
    due: date | None = None
    facts: Mapping[str, Any] = {}
    clocks: Mapping[str, Tape] = {}


def clock(limit: Limit, *steps: Rung, **more: Any) -> Clock:
    """A clock that runs in one state."""
    return Clock("c", Names("时限", "clock"), ("open",), ("in_hand",), ("paused",), limit, steps, **more)


def moment(said: str) -> datetime:
    """`2026-11-22 10:00` in China, or with a Z in Greenwich; a date alone is the end of that day in China."""
    if len(said) == 10:
        return datetime.combine(date.fromisoformat(said) + timedelta(1), time(), CHINA)
    return datetime.fromisoformat(said.removesuffix("Z")).replace(tzinfo=UTC if said.endswith("Z") else CHINA)


class Case(NamedTuple):
    """A sum as it is written."""

    since: datetime
    limit: Limit
    due: datetime | None
    pauses: tuple[tuple[datetime, datetime | None], ...] = ()
    until: date | None = None
    law: str | None = None
    period: int = 1
    rest_end: bool = False
    provisional: bool = False

    @property
    def clock(self) -> Clock:
        """Its clock."""
        return clock(self.limit, rest_end=self.rest_end, statutory="law")

    @property
    def tape(self) -> Tape:
        """What it has gone through."""
        return Tape(self.since, self.pauses, self.until.isoformat() if self.until else None, period=self.period)

    @property
    def item(self) -> Standing:
        """The item it runs on."""
        return Standing(facts={"law": self.law} if self.law else {})


def cases() -> Iterator[tuple[str, Case]]:
    """Every case of sums.yaml with what it is about."""
    for group in yaml.safe_load((HERE / "sums.yaml").read_text("utf-8")):
        for said in group["sums"]:
            yield group["why"], _case(dict(said))


def _case(said: dict[str, Any]) -> Case:
    number, unit = said.pop("limit").split()
    limit: Limit = Until("due") if number == "to" else Span(UNITS[unit], int(number))
    due = said.pop("due")
    pauses = tuple(pause_of(each) for each in said.pop("pauses", ()))
    until = said.pop("until", unit if number == "to" else None)
    return Case(
        moment(said.pop("since")),
        limit,
        None if due == "never" else moment(due),
        pauses,
        date.fromisoformat(until) if until else None,
        **said,
    )


def pause_of(said: str) -> tuple[datetime, datetime | None]:
    """A pause as `from > to`, or `from >` where it still goes on."""
    begin, _, end = (part.strip() for part in said.partition(">"))
    return moment(begin), moment(end) if end else None


@cache
def notices() -> Mapping[int, tuple[frozenset[date], frozenset[date]]]:
    """Days off and days worked by year."""
    said = yaml.safe_load((HERE / "notices.yaml").read_text("utf-8"))
    return {
        year: (frozenset(_days(year, each["rest"])), frozenset(_days(year, each["worked"])))
        for year, each in said.items()
    }


def _days(year: int, said: list[str]) -> Iterator[date]:
    for each in said:
        first, _, last = each.partition("..")
        day, end = (date.fromisoformat(f"{year}-{part}") for part in (first, last or first))
        while day <= end:
            yield day
            day += timedelta(1)


def works(day: date) -> bool:
    """Whether a day is worked, by the notices as they are written."""
    off, worked = notices()[day.year]
    return day in worked or (day.weekday() < 5 and day not in off)


def counted(case: Case) -> datetime | None:
    """The sum in the plainest way there is: from midnight to midnight, one after the other."""
    if any(end is None for _, end in case.pauses):
        return None
    if case.law:
        return moment(case.law)
    if isinstance(case.limit, Span) and case.limit.unit == "hours":
        return _in_hours(case, case.limit.number * case.period)
    start = case.since.astimezone(CHINA).date()
    weekly = isinstance(case.limit, Span) and case.limit.unit == "working_days" and not case.until
    left, day = _wanted(case, start), start
    if left < 0:
        return moment(str(case.until))
    begun = False
    while True:
        ran = not any(begin < moment(str(day)) <= (end or begin) for begin, end in case.pauses)
        # The first midnight it runs over ends the day it starts.
        counts = ran and (begun or left == 0) and (works(day) or not weekly)
        left -= counts
        if left < 0 or (left == 0 and counts):
            break
        begun = begun or ran
        day += timedelta(1)
    while case.rest_end and not works(day):
        day += timedelta(1)
    return moment(str(day))


def _wanted(case: Case, start: date) -> int:
    """How many days are to be counted."""
    if case.until:
        return (case.until - start).days
    assert isinstance(case.limit, Span)
    number = case.limit.number * case.period
    if case.limit.unit != "months":
        return number
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    return (date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])) - start).days


def _in_hours(case: Case, hours: int) -> datetime:
    """Minute by minute."""
    at, left = case.since, hours * 60
    while left:
        left -= not any(begin <= at < (end or begin) for begin, end in case.pauses)
        at += timedelta(minutes=1)
    return at
