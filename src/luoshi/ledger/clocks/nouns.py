"""The nouns of clocks at work as plain values: a sum that can be shown, the step that is due, what columns hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, NamedTuple, Protocol

from luoshi.calendar import Day

from ..machine import Tape
from ..playbook.clocks import Clock, Rung, Span, Until
from ..playbook.names import Names


class Standing(Protocol):
    """What a sum asks of an item: an ItemState, or as much of one as a row has."""

    @property
    def state(self) -> str:
        """The key of its state."""

    @property
    def kind(self) -> str:
        """What kind of state that is."""

    @property
    def due(self) -> date | None:
        """Its deadline."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """Its fields by key."""

    @property
    def clocks(self) -> Mapping[str, Tape]:
        """Its tapes by clock."""


class Pause(NamedTuple):
    """A time during which a clock stood still (`end` is None: it still does), and how many days were not counted for
    it."""

    begin: datetime
    end: datetime | None
    days: int


class Sum(NamedTuple):
    """When a clock is due, and how that was found.

    `limit` is what it ran for (None: it has no limit), `period` which of its periods it is in, `until` the date it
    rests on, `extended` how often it was extended; `skipped` are the rest days passed over; `added` the days not
    counted for its pauses; `statutory` the date that prevailed. `last` is the last day of the limit in China, `due_at`
    the moment it is over: the end of a day is 24:00 in China. Both are None while it stands still and where it has no
    limit. `provisional`: a day of it may still change, when the State Council's notice of its year comes.
    """

    clock: str
    name: Names
    standing: Literal["runs", "waits", "stopped"]
    since: datetime
    limit: Span | Until | None
    period: int
    until: date | None
    extended: int
    statutory: date | None
    pauses: tuple[Pause, ...]
    added: int
    skipped: tuple[Day, ...]
    last: date | None
    due_at: datetime | None
    provisional: bool
    calendar: str


class Due(NamedTuple):
    """The step of a ladder that is to be made next, and when; `name` is what its move calls it (with the period, where
    the clock repeats)."""

    clock: Clock
    rung: Rung
    at: datetime
    name: str


class Timing(NamedTuple):
    """What the columns of an item hold, by the same names: when it is due by which clock, when the next step is, by
    which version of the calendar that was found."""

    due_at: datetime | None
    due_clock: str | None
    next_step_at: datetime | None
    calendar: str
