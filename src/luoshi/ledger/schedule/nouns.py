"""The nouns of a timetable as plain values: steps and a plan of them; their days, their slack, what cannot be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple, Protocol


class Ends(Protocol):
    """A sum of working days: the day it comes to."""

    @property
    def end(self) -> date:
        """The day."""


class Calendar(Protocol):
    """What a timetable asks of a working calendar (luoshi.calendar.Calendar)."""

    def add(self, start: date, days: int) -> Ends:
        """The days-th working day after `start`; 0: `start` itself, or the next working day."""

    def back(self, end: date, days: int) -> Ends:
        """The days-th working day before `end`; 0: `end` itself, or the working day before it."""

    def between(self, start: date, end: date) -> int:
        """Working days in (start, end]; negative when `end` is the earlier."""


class Step(NamedTuple):
    """A step (节点): `takes` working days, at least one; begins when all of `after` are over.

    `start`: not before this day; `end`: to be over by this day; `expected`: when who leads it says it will be over, not
    before; `done_on`: when it was.
    """

    key: str
    words: str
    takes: int
    after: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    expected: date | None = None
    done_on: date | None = None


class Plan(NamedTuple):
    """Steps in their order, the day on which the first may begin, the day by which all are to be over."""

    steps: tuple[Step, ...]
    begins: date
    end: date

    def step(self, key: str) -> Step | None:
        """The step of a key; None where there is none."""
        return next((step for step in self.steps if step.key == key), None)


class Window(NamedTuple):
    """The days of a step, first and last, all working days but of a step that was done on a rest day.

    `start`, `end`: the earliest that can be; `latest_start`, `latest_end`: what still keeps every end. `slack`: working
    days between the ends, negative where one cannot be kept; None of what is done. `drives`: the step whose end this
    one waits for, None where it waits for none. `late`: its latest end has passed and it is not done.
    """

    key: str
    start: date
    end: date
    latest_start: date
    latest_end: date
    slack: int | None
    drives: str | None
    late: bool


class Unmet(NamedTuple):
    """An end that cannot be kept: of a step, or of the whole (`key` None); when it comes to instead, how many working
    days later, and the chain of steps not done that makes it so, first to last."""

    key: str | None
    end: date
    comes: date
    days: int
    chain: tuple[str, ...]


@dataclass(frozen=True)
class Schedule:
    """A plan counted on a day: a window for each step in the order of the plan; when all is over; the critical path,
    which is the steps not done that this day waits for, in the order they are taken; what cannot be met."""

    plan: Plan
    today: date
    windows: tuple[Window, ...]
    over: date
    critical: tuple[str, ...]
    unmet: tuple[Unmet, ...]

    @cached_property
    def by_key(self) -> Mapping[str, Window]:
        """The windows by the keys of their steps."""
        return {window.key: window for window in self.windows}

    @property
    def kept(self) -> bool:
        """Whether every end can be kept."""
        return not self.unmet

    @property
    def late(self) -> tuple[str, ...]:
        """The steps that are late already."""
        return tuple(window.key for window in self.windows if window.late)

    @property
    def slack(self) -> int | None:
        """The least slack of what is not done; None where all is."""
        return min((w.slack for w in self.windows if w.slack is not None), default=None)


class Moved(NamedTuple):
    """A step that slips because another does: its days before and after, and by how many working days its end."""

    key: str
    before: Window
    after: Window
    days: int


class Slip(NamedTuple):
    """What happens when a step is over some working days later than it would be: the step itself is the first of
    `moved` in the order they are taken."""

    key: str
    days: int
    before: Schedule
    after: Schedule
    moved: tuple[Moved, ...]
