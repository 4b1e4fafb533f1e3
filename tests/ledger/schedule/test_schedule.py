"""Timetables over the holidays of 2026, counted by hand on the State Council's notice; chains, slips, what is not kept."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.calendar import base
from luoshi.ledger.schedule import CannotSlip, Plan, Schedule, schedule, slip

from .made import day, plan, step

CALENDAR = base()


def counted(made: Plan, today: str = "2025-01-02") -> Schedule:
    """A plan counted long before it begins, without a day of that."""
    return schedule(made, CALENDAR, day(today))


def test_it_works() -> None:
    """Three steps in a row and one beside them, in ordinary weeks of March."""
    found = counted(plan("03-02", "03-20", step("1", 5), step("2", 3, "1"), step("3", 2, "2"), step("4", 1, "1")))
    said = {w.key: (w.start, w.end, w.latest_start, w.latest_end, w.slack) for w in found.windows}
    assert said == {
        "1": (day("03-02"), day("03-06"), day("03-09"), day("03-13"), 5),
        "2": (day("03-09"), day("03-11"), day("03-16"), day("03-18"), 5),
        "3": (day("03-12"), day("03-13"), day("03-19"), day("03-20"), 5),
        "4": (day("03-09"), day("03-09"), day("03-20"), day("03-20"), 9),
    }
    assert (found.over, found.critical, found.unmet, found.late) == (day("03-13"), ("1", "2", "3"), (), ())


# 2026: rest from 1 to 7 October, worked on Sunday 20 September and Saturday 10 October; rest from 15 to 23 February,
# worked on Saturday 14 and Saturday 28 February; rest from 1 to 3 January, worked on Sunday 4.
# begins, end, takes → first day and last day, and at the latest; working days of slack.
HOLIDAYS = {
    "up to the eve": ("09-28", "09-30", 3, ("09-28", "09-30"), ("09-28", "09-30"), 0),
    "over National Day": ("09-28", "10-09", 5, ("09-28", "10-09"), ("09-28", "10-09"), 0),
    "a make-up Saturday is worked": ("10-08", "10-10", 3, ("10-08", "10-10"), ("10-08", "10-10"), 0),
    "a make-up Sunday is worked": ("09-19", "09-21", 1, ("09-20", "09-20"), ("09-21", "09-21"), 1),
    "begins in the holiday": ("10-03", "10-12", 2, ("10-08", "10-09"), ("10-10", "10-12"), 2),
    "ends in the holiday": ("09-24", "10-05", 2, ("09-24", "09-28"), ("09-29", "09-30"), 2),
    "Mid-Autumn Friday is a holiday": ("09-24", "09-30", 3, ("09-24", "09-29"), ("09-28", "09-30"), 1),
    "over Spring Festival": ("02-13", "02-28", 3, ("02-13", "02-24"), ("02-26", "02-28"), 4),
    "make-up Saturday before Spring Festival": ("02-14", "02-23", 1, ("02-14", "02-14"), ("02-14", "02-14"), 0),
    "make-up Saturday after it": ("02-27", "03-02", 2, ("02-27", "02-28"), ("02-28", "03-02"), 1),
    "a weekend between two weeks": ("03-06", "03-09", 2, ("03-06", "03-09"), ("03-06", "03-09"), 0),
    "New Year's make-up Sunday": ("2025-12-31", "01-05", 2, ("2025-12-31", "01-04"), ("01-04", "01-05"), 1),
    "it cannot be met by one day": ("09-30", "10-08", 3, ("09-30", "10-09"), ("09-29", "10-08"), -1),
    "the end is before all": ("10-08", "09-30", 1, ("10-08", "10-08"), ("09-30", "09-30"), -1),
}


@pytest.mark.parametrize("name", HOLIDAYS)
def test_over_holidays(name: str) -> None:
    begins, end, takes, early, late, slack = HOLIDAYS[name]
    (window,) = counted(plan(begins, end, step("1", takes))).windows
    assert (window.start, window.end) == tuple(map(day, early))
    assert (window.latest_start, window.latest_end) == tuple(map(day, late))
    assert window.slack == slack


def test_a_chain_that_makes_it_so() -> None:
    """Two chains; the longer one breaks the end of the whole, and the day one of its steps has of its own."""
    made = plan("03-02", "03-13", step("1", 3), step("2", 6, "1", end="03-11"), step("3", 2, "12"), step("4", 1, "1"))
    found = counted(made)
    assert [(each.key, each.comes, each.days, each.chain) for each in found.unmet] == [
        ("2", day("03-12"), 1, ("1", "2")),
        (None, day("03-16"), 1, ("1", "2", "3")),
    ]
    assert not found.kept and found.slack == -1 and found.critical == ("1", "2", "3")


def test_a_step_that_may_not_begin_yet_waits_for_nobody() -> None:
    found = counted(plan("03-02", "03-31", step("1", 2), step("2", 2, "1", start="03-16")))
    assert found.by_key["2"].start == day("03-16") and found.by_key["2"].drives is None
    assert found.by_key["1"].slack == 18, "it has time until the second must begin at the latest"


# today, what is done → the last step's days, what is late.
AS_TIME_GOES = {
    "before": ("02-27", {}, ("03-09", "03-11"), ()),
    "on the last day of the first": ("03-06", {}, ("03-09", "03-11"), ()),
    "the first is not over on Monday": ("03-09", {}, ("03-10", "03-12"), ()),
    "a weekend is no day": ("03-07", {}, ("03-10", "03-12"), ()),
    "its latest end has passed": ("03-20", {}, ("03-23", "03-25"), ("1",)),
    "it was done early": ("03-09", {"1": "03-04"}, ("03-05", "03-09"), ()),
    "it was done late": ("03-16", {"1": "03-13"}, ("03-16", "03-18"), ()),
    "it was done on a Saturday": ("03-09", {"1": "03-07"}, ("03-09", "03-11"), ()),
}


@pytest.mark.parametrize("name", AS_TIME_GOES)
def test_as_time_goes(name: str) -> None:
    """What is not done by today is not over before it; what is done counts from the day it was."""
    today, done, days, late = AS_TIME_GOES[name]
    steps = [step("1", 5), step("2", 3, "1")]
    steps = [each._replace(done_on=day(done[each.key]) if each.key in done else None) for each in steps]
    found = counted(plan("03-02", "03-20", *steps), today)
    assert (found.by_key["2"].start, found.by_key["2"].end) == tuple(map(day, days))
    assert found.late == late


def test_all_done_is_neither_late_nor_critical() -> None:
    found = counted(plan("03-02", "03-06", step("1", 5, done_on="03-12")), "04-01")
    assert (found.critical, found.unmet, found.late, found.slack, found.over) == ((), (), (), None, day("03-12"))


def test_nothing_planned_is_over_when_it_begins() -> None:
    assert counted(plan("03-02", "03-06")).over == day("03-02")


def test_what_slips_when_one_slips() -> None:
    """The second has two days of room before the last waits for it; five more working days move both it and the last."""
    made = plan("09-14", "10-16", step("1", 8), step("2", 6), step("3", 5, "12"), step("4", 1, "1"))
    first = slip(made, "2", 2, CALENDAR, day("09-01"))
    assert [each.key for each in first.moved] == ["2"] and first.after.kept
    more = slip(made, "2", 5, CALENDAR, day("09-01"))
    assert [(each.key, each.days) for each in more.moved] == [("2", 5), ("3", 3)]
    # Eleven working days from 14 September, one of them Sunday the 20th, none Friday the 25th, which is Mid-Autumn.
    assert more.after.by_key["2"].end == day("09-28")
    assert (more.after.by_key["3"].start, more.after.by_key["3"].end) == (day("09-29"), day("10-10"))
    assert more.before.over == day("09-30") and more.after.kept


def test_a_slip_that_breaks_the_end_says_by_which_chain() -> None:
    made = plan("03-02", "03-13", step("1", 5), step("2", 5, "1"))
    found = slip(made, "1", 1, CALENDAR, day("03-02"))
    assert found.before.kept and not found.after.kept
    assert [(each.key, each.comes, each.chain) for each in found.after.unmet] == [(None, day("03-16"), ("1", "2"))]


def test_what_was_said_of_a_step_counts_like_a_slip() -> None:
    made = plan("03-02", "03-31", step("1", 5, expected="03-11"), step("2", 2, "1"))
    assert counted(made).by_key["2"].start == day("03-12")
    assert slip(made, "1", 1, CALENDAR, day("03-02")).after.by_key["2"].start == day("03-13")


@pytest.mark.parametrize(
    ("key", "days", "code"),
    [
        ("9", 1, "unknown_step"),
        ("1", 1, "step_done"),
        ("2", 0, "bad_days"),
        ("2", -3, "bad_days"),
        ("2", 5001, "bad_days"),
    ],
)
def test_what_cannot_slip(key: str, days: int, code: str) -> None:
    made = plan("03-02", "03-31", step("1", 5, done_on="03-03"), step("2", 2, "1"))
    with pytest.raises(CannotSlip) as refused:
        slip(made, key, days, CALENDAR, day("03-05"))
    assert refused.value.code == code


@pytest.mark.parametrize("begins", [date.min, date.max])
def test_the_ends_of_time_do_not_break_it(begins: date) -> None:
    """Days that somebody typed; a sum past the last day there is stays on it."""
    made = Plan((step("1", 5), step("2", 3, "1")), begins, begins)
    assert len(schedule(made, CALENDAR, day("03-02")).windows) == 2
