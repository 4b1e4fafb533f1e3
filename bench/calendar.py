"""Starts and numbers of days in, what a count of working days costs beside walking through the days, out.

python -m bench.calendar

The walk asks the package of announced years about every day (`is_workday`): what one would write first. Both count the
same in one run, in the processor's time; a further line says what a million counts take.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, timedelta

from chinese_calendar import is_workday

from luoshi.calendar import base

# A year's working days; starts within the years that both know.
DAYS, FIRST, LAST = 250, date(2005, 1, 1), date(2025, 6, 1)
MANY, FEW = 20_000, 200
ONE = timedelta(1)


def walk(start: date, days: int) -> date:
    """The `days`-th working day after `start`, day by day."""
    while days:
        start += ONE
        days -= is_workday(start)
    return start


def taken(count: Callable[[date], object], starts: list[date]) -> float:
    """Microseconds of the processor for one."""
    begun = time.process_time()
    for start in starts:
        count(start)
    return (time.process_time() - begun) / len(starts) * 1e6


def main() -> None:
    """Measure and print."""
    chance, calendar = random.Random(1), base()
    starts = [FIRST + timedelta(chance.randrange((LAST - FIRST).days)) for _ in range(MANY)]
    assert all(calendar.add(start, DAYS).end == walk(start, DAYS) for start in starts[:FEW])
    ours, walked = taken(lambda start: calendar.add(start, DAYS), starts), taken(lambda s: walk(s, DAYS), starts[:FEW])
    between = taken(lambda start: calendar.between(start, LAST), starts)
    print(f"add {DAYS} days: {ours:.1f} µs, {walked / ours:.0f} times as fast as a walk; between: {between:.1f} µs")
    print(f"a million counts: {ours:.0f} s")


if __name__ == "__main__":
    main()
