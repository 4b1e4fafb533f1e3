"""What holds of every sum: pausing never shortens, a holiday more or a later start never makes earlier, nothing raises."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.calendar import Day, base
from luoshi.calendar.counting import calendar_of
from luoshi.ledger.clocks import next_step, sum_of
from luoshi.ledger.machine import Tape
from luoshi.ledger.machine.days import CHINA
from luoshi.ledger.playbook.clocks import Rung, Span, Until

from .written import Standing, clock

CALENDAR, ITEM = base(), Standing()
ANY = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 20)).map(lambda at: at.replace(tzinfo=CHINA))
NEAR = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31)).map(lambda at: at.replace(tzinfo=CHINA))
UNITS = st.sampled_from(("working_days", "days", "hours", "months"))
SPANS = st.builds(Span, UNITS, st.integers(1, 90))
# Minutes between the turns of a clock: within a day, over a night, over weeks.
GAPS = st.lists(st.integers(0, 60 * 24 * 20), min_size=2, max_size=8)


def paused(since: datetime, gaps: list[int]) -> tuple[tuple[datetime, datetime | None], ...]:
    """Pauses one after the other: runs for a gap, stands still for the next."""
    at, found = since, []
    for run, still in zip(gaps[::2], gaps[1::2], strict=False):
        begin = at + timedelta(minutes=run)
        at = begin + timedelta(minutes=still)
        found.append((begin, at))
    return tuple(found)


@settings(max_examples=300, deadline=None)
@given(NEAR, SPANS, GAPS, st.booleans())
def test_a_pause_more_never_makes_earlier(since: datetime, span: Span, gaps: list[int], rest_end: bool) -> None:
    of, pauses = clock(span, rest_end=rest_end), paused(since, gaps)
    ends = [sum_of(of, Tape(since, pauses[:many]), ITEM, CALENDAR).due_at for many in range(len(pauses) + 1)]
    assert all(a is not None and b is not None and a <= b for a, b in pairwise(ends))


@settings(max_examples=200, deadline=None)
@given(NEAR, st.integers(-30, 400), GAPS)
def test_a_date_is_never_made_earlier_by_a_pause(since: datetime, days: int, gaps: list[int]) -> None:
    day = since.date() + timedelta(days)
    tape = Tape(since, paused(since, gaps), day.isoformat())
    found = sum_of(clock(Until("due")), tape, ITEM, CALENDAR)
    assert found.last is not None and found.last >= day
    assert (found.last - day).days == found.added


@settings(max_examples=60, deadline=None)
@given(NEAR, SPANS, GAPS, st.integers(-5, 120), st.booleans())
def test_a_holiday_more_never_makes_earlier(
    since: datetime, span: Span, gaps: list[int], after: int, rest_end: bool
) -> None:
    off = since.date() + timedelta(after)
    days = {**CALENDAR.known.days, off: Day(off, False, "extra", False, "notice 1")}
    more = calendar_of("more", CALENDAR.known._replace(days=days))
    of, tape = clock(span, rest_end=rest_end), Tape(since, paused(since, gaps))
    before, then = (sum_of(of, tape, ITEM, each).due_at for each in (CALENDAR, more))
    assert before is not None and then is not None and before <= then


@settings(max_examples=200, deadline=None)
@given(NEAR, SPANS, st.integers(0, 60 * 24 * 30), st.booleans())
def test_starting_later_never_makes_earlier(since: datetime, span: Span, later: int, rest_end: bool) -> None:
    of = clock(span, rest_end=rest_end)
    first, second = (sum_of(of, Tape(at), ITEM, CALENDAR).due_at for at in (since, since + timedelta(minutes=later)))
    assert first is not None and second is not None and first <= second


@settings(max_examples=300, deadline=None)
@given(ANY, st.builds(Span, UNITS, st.integers(0, 2600)), st.integers(1, 50), st.booleans())
def test_nothing_raises(since: datetime, span: Span, period: int, rest_end: bool) -> None:
    steps = (Rung("near", True, Span("working_days", 30), "remind"), Rung("over", False, span, "remind"))
    of, tape = clock(span, *steps, rest_end=rest_end), Tape(since, period=period)
    found = sum_of(of, tape, ITEM, CALENDAR)
    assert found.due_at is not None and found.due_at.astimezone(CHINA)
    due = next_step([of], Standing(clocks={"c": tape}), CALENDAR)
    assert due is None or 8 <= due.at.astimezone(CHINA).hour < 22


@settings(max_examples=200, deadline=None)
@given(ANY, st.dates())
def test_no_date_raises(since: datetime, day: date) -> None:
    assert sum_of(clock(Until("due"), rest_end=True), Tape(since, set=day.isoformat()), ITEM, CALENDAR).due_at


@settings(max_examples=100, deadline=None)
@given(NEAR, SPANS, st.integers(0, 60 * 24 * 200))
def test_what_has_passed_is_made_once(since: datetime, span: Span, after: int) -> None:
    """Whenever a sweep comes by: one step at most that has passed, and none after it was made."""
    steps = tuple(Rung(key, False, Span("working_days", number), "remind") for number, key in enumerate("abc"))
    of, now, tape = clock(span, *steps), since + timedelta(minutes=after), Tape(since)
    due = next_step([of], Standing(clocks={"c": tape}), CALENDAR, now)
    assert due is not None
    if due.at <= now:
        left = next_step([of], Standing(clocks={"c": tape._replace(made=(due.name,))}), CALENDAR, now)
        assert left is None or left.at > now
