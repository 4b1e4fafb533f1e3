"""Sums of clocks worked out by hand: what the program finds, and a second way to count, day by day, finds the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from luoshi.calendar import base
from luoshi.ledger.clocks import sum_of

from .written import Case, cases, counted, notices, works

CASES = list(cases())


def test_it_works() -> None:
    assert len(CASES) >= 150
    first = sum_of(CASES[0][1].clock, CASES[0][1].tape, CASES[0][1].item, base())
    assert [day.date.isoformat() for day in first.skipped] == ["2023-12-30", "2023-12-31", "2024-01-01"]
    assert (first.calendar, first.provisional, first.added) == (base().version, False, 0)


@pytest.mark.parametrize(("_why", "case"), CASES, ids=[f"{case.since:%Y-%m-%d} {why[:24]}" for why, case in CASES])
def test_a_sum_is_what_it_is_by_hand(_why: str, case: Case) -> None:
    found = sum_of(case.clock, case.tape, case.item, base())
    assert found.due_at == case.due
    assert found.provisional is case.provisional


@pytest.mark.parametrize(("_why", "case"), CASES, ids=[f"{case.since:%Y-%m-%d} {why[:24]}" for why, case in CASES])
def test_the_hand_did_not_slip(_why: str, case: Case) -> None:
    """Counted a second time, without the calendar and the sums of the program."""
    assert counted(case) == case.due


def test_the_calendar_is_that_of_the_notices() -> None:
    for year in (2024, 2025, 2026):
        off, worked = notices()[year]
        days = [min(off) + timedelta(n) for n in range(360)]
        assert [day for day in days if base().working(day) is not works(day)] == []
        assert all(day.weekday() >= 5 for day in worked)
