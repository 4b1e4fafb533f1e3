"""Rows of a plan in, the plan out; and a calendar that counts day by day, to hold the real one's sums against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from luoshi.ledger.schedule import Plan, Step

DAY = timedelta(days=1)


def day(said: str) -> date:
    """A day of 2026 as `10-09`, of another year as `2027-02-01`."""
    return date.fromisoformat(said if len(said) > 5 else f"2026-{said}")


def step(key: str, takes: int, after: str = "", **days: str) -> Step:
    """A step; `after` are the characters of the keys before it."""
    return Step(key, f"节点{key}", takes, tuple(after), **{name: day(said) for name, said in days.items()})


def plan(begins: str, end: str, *steps: Step) -> Plan:
    """A plan of steps."""
    return Plan(steps, day(begins), day(end))


class End(NamedTuple):
    """A sum: where it ends."""

    end: date


@dataclass(frozen=True)
class Slow:
    """A calendar of some rest days besides weekends, which walks from day to day."""

    rests: frozenset[date]
    worked: frozenset[date] = frozenset()

    def working(self, on: date) -> bool:
        return on in self.worked or (on.weekday() < 5 and on not in self.rests)

    def add(self, start: date, days: int) -> End:
        while days == 0 and not self.working(start):
            start += DAY
        for _ in range(days):
            start += DAY
            while not self.working(start):
                start += DAY
        return End(start)

    def back(self, end: date, days: int) -> End:
        while days == 0 and not self.working(end):
            end -= DAY
        for _ in range(days):
            end -= DAY
            while not self.working(end):
                end -= DAY
        return End(end)

    def between(self, start: date, end: date) -> int:
        if end < start:
            return -self.between(end, start)
        return sum(self.working(start + DAY * (n + 1)) for n in range((end - start).days))
