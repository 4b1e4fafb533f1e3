"""Steps of a clock's ladder: when each comes, never at night, once, and of several that were missed the last."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from luoshi.calendar import base
from luoshi.ledger.clocks import next_step, sum_of
from luoshi.ledger.clocks.laddering import at_of
from luoshi.ledger.machine import Tape
from luoshi.ledger.playbook import load_playbooks
from luoshi.ledger.playbook.clocks import Clock, Rung, Span

from .written import Standing, clock, moment

CALENDAR = base()
WORKING, DAYS, HOURS = "working_days", "days", "hours"
LADDER = (
    Rung("near", True, Span("working_days", 1), "remind"),
    Rung("over", False, Span("working_days", 0), "remind"),
    Rung("leader", False, Span("working_days", 2), "escalate"),
    Rung("above", False, Span("working_days", 5), "escalate"),
)


def due(of: Clock, tape: Tape, now: datetime | None = None) -> tuple[str, datetime] | None:
    found = next_step([of], Standing(clocks={of.key: tape}), CALENDAR, now)
    return (found.name, found.at) if found else None


def test_it_works() -> None:
    """Three working days from Thursday, 24 September: until Wednesday the 30th; then the October holiday."""
    of, tape = clock(Span("working_days", 3), *LADDER), Tape(moment("2026-09-24 10:00"))
    told = []
    while found := due(of, tape):
        told.append((found[0], f"{found[1]:%m-%d %H:%M}"))
        tape = tape._replace(made=(*tape.made, found[0]))
    assert told == [
        ("near", "09-29 09:00"),
        ("over", "10-08 09:00"),
        ("leader", "10-10 09:00"),
        ("above", "10-14 09:00"),
    ]


def test_of_several_that_have_passed_the_last_is_made() -> None:
    of, tape = clock(Span("working_days", 3), *LADDER), Tape(moment("2026-09-24 10:00"))
    assert due(of, tape, moment("2026-09-25 10:00")) == ("near", moment("2026-09-29 09:00"))
    assert due(of, tape, moment("2026-10-12 10:00")) == ("leader", moment("2026-10-10 09:00"))
    left = tape._replace(made=("leader",))
    assert due(of, left, moment("2026-10-12 10:00")) == ("above", moment("2026-10-14 09:00"))
    assert due(of, tape._replace(made=("above",))) is None


# limit, step, its moment
MOMENTS = [
    (Span("hours", 2), Rung("s", True, Span("hours", 1), "remind"), "2026-11-22 11:00"),
    (Span("hours", 2), Rung("s", False, Span("hours", 0), "remind"), "2026-11-22 12:00"),
    # At ten in the evening, at night, and at seven in the morning: at eight.
    (Span("hours", 12), Rung("s", False, Span("hours", 0), "remind"), "2026-11-23 08:00"),
    (Span("hours", 11), Rung("s", False, Span("hours", 0), "remind"), "2026-11-22 21:00"),
    (Span("hours", 16), Rung("s", False, Span("hours", 0), "remind"), "2026-11-23 08:00"),
    (Span("hours", 21), Rung("s", False, Span("hours", 0), "remind"), "2026-11-23 08:00"),
    (Span("hours", 22), Rung("s", False, Span("hours", 0), "remind"), "2026-11-23 08:00"),
    # A day is over at midnight: by hours at eight, by days at nine.
    (Span("days", 1), Rung("s", False, Span("hours", 0), "remind"), "2026-11-24 08:00"),
    (Span("days", 1), Rung("s", False, Span("days", 0), "remind"), "2026-11-24 09:00"),
    (Span("days", 1), Rung("s", False, Span("days", 2), "remind"), "2026-11-26 09:00"),
    (Span("days", 6), Rung("s", False, Span("working_days", 0), "remind"), "2026-11-30 09:00"),
    (Span("days", 6), Rung("s", True, Span("days", 0), "remind"), "2026-11-28 09:00"),
    (Span("days", 6), Rung("s", True, Span("working_days", 0), "remind"), "2026-11-27 09:00"),
    (Span("days", 6), Rung("s", True, Span("working_days", 2), "remind"), "2026-11-26 09:00"),
    (Span("months", 2), Rung("s", True, Span("months", 1), "remind"), "2026-12-22 09:00"),
]


@pytest.mark.parametrize(("limit", "rung", "at"), MOMENTS)
def test_when_a_step_comes(limit: Span, rung: Rung, at: str) -> None:
    of, tape = clock(limit, rung), Tape(moment("2026-11-22 10:00"))
    assert at_of(rung, sum_of(of, tape, Standing(), CALENDAR), CALENDAR) == moment(at)


def test_nobody_is_reminded_of_what_they_were_given_just_now() -> None:
    of, tape = clock(Span("hours", 2), LADDER[0], LADDER[1]), Tape(moment("2026-11-23 10:00"))
    assert due(of, tape) == ("over", moment("2026-11-24 09:00"))


def test_what_stands_still_or_has_stopped_has_no_step() -> None:
    of, since = clock(Span("working_days", 3), *LADDER), moment("2026-09-24 10:00")
    assert due(of, Tape(since, ((since, None),))) is None
    assert due(of, Tape(since, stopped=since + timedelta(1))) is None


def test_a_clock_that_repeats_goes_on_to_the_next_period() -> None:
    missed = Rung("missed", False, Span("working_days", 0), "remind")
    of = clock(Span("days", 7), missed, repeats=True, rest_end=True)
    tape = Tape(moment("2026-11-02 10:00"))
    assert due(of, tape) == ("missed#1", moment("2026-11-10 09:00"))
    assert due(of, tape, moment("2026-11-20 10:00")) == ("missed#2", moment("2026-11-17 09:00"))
    assert due(of, tape._replace(period=3), moment("2026-11-20 10:00")) == ("missed#3", moment("2026-11-24 09:00"))


def test_the_earliest_of_several_clocks() -> None:
    book = load_playbooks().latest("task")
    since = moment("2026-11-22 10:00")
    tapes = {"due": Tape(since, set="2026-12-31"), "feedback": Tape(since)}
    found = next_step(book.clocks, Standing(clocks=tapes, facts={"frequency": "weekly"}), CALENDAR)
    assert found is not None and (found.clock.key, found.name) == ("feedback", "missed#1")
