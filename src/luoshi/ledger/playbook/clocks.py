"""The nouns of a playbook's clocks (时限) as plain values: what starts them, how long they run, which steps follow."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from .names import Names

Unit = Literal["working_days", "days", "hours", "months"]
# Who is told of a step, beside the item: lead and supporting units, who opened it (else the supervisors of its place),
# the leader in charge (else the leaders of the lead unit), the verifier, supervisors and leaders of the place above.
Addressee = Literal["lead", "support", "supervisor", "leader", "verifier", "above"]


class Span(NamedTuple):
    """A length of time."""

    unit: Unit
    number: int


class Until(NamedTuple):
    """Up to the end of the date in a field."""

    field: str


class ByChoice(NamedTuple):
    """As long as what was chosen in a field says; `otherwise` where nothing was, or another (None: no limit)."""

    field: str
    choices: tuple[tuple[str, Span], ...]
    otherwise: Span | None = None


Limit: TypeAlias = Span | Until | ByChoice


class Rung(NamedTuple):
    """A step of a clock's ladder: when it is due beside the end of the limit, which move of the system it is, what that
    is filled in with, who is told."""

    key: str
    before: bool
    span: Span
    verb: str
    given: tuple[tuple[str, str], ...] = ()
    tell: tuple[Addressee, ...] = ()


class Extension(NamedTuple):
    """How a limit may be extended: how often, how far beyond the end at most each time, how long before the end it
    must be asked for."""

    times: int
    most: Span | None = None
    ask_before: Span | None = None


class Clock(NamedTuple):
    """A clock: moves (or `open`) that start it anew, states in which it runs, and in which it stands still; in any
    other state it has stopped.

    `rest_end`: a limit of natural days that ends on a rest day ends on the next working day. `repeats`: when a period
    is over the next begins. `statutory`: a date field that prevails where it is given. `lights`: it counts for the
    time that an item is due.
    """

    key: str
    name: Names
    starts: tuple[str, ...]
    runs: tuple[str, ...]
    waits: tuple[str, ...]
    limit: Limit
    steps: tuple[Rung, ...] = ()
    rest_end: bool = False
    repeats: bool = False
    statutory: str | None = None
    extension: Extension | None = None
    lights: bool = True
