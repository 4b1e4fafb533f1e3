"""Plans that no timetable can be made of: each fault by its name, at its step."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.ledger.schedule import Step, wrongs
from luoshi.ledger.schedule.checking import in_order

from .made import step

CASES: dict[str, tuple[tuple[Step, ...], list[tuple[str, int, str]]]] = {
    "none": ((), []),
    "as it should be": ((step("2", 1, "1"), step("1", 1)), []),
    "a key twice": ((step("1", 1), step("1", 2)), [("step_twice", 1, "1")]),
    "a key that is not there": ((step("1", 1), step("2", 1, "13")), [("unknown_step", 1, "3")]),
    "it waits for itself": ((step("1", 1, "1"),), [("cycle", 0, "1 → 1")]),
    "two wait for each other": ((step("1", 1, "2"), step("2", 1, "1")), [("cycle", 0, "1 → 2 → 1")]),
    "a cycle beside what is right": (
        (step("1", 1), step("2", 1, "14"), step("3", 1, "2"), step("4", 1, "3"), step("5", 1, "4")),
        [("cycle", 1, "2 → 3 → 4 → 2")],
    ),
    "it ends before it may begin": (
        (step("1", 1, start="03-09", end="03-06"),),
        [("ends_before_start", 0, "2026-03-06")],
    ),
    "twenty years and a day": ((step("1", 4000), step("2", 1001, "1"), step("3", 9, "2")), [("long_chain", 1, "5000")]),
    "twenty years beside each other": ((step("1", 4000), step("2", 4000)), []),
}


@pytest.mark.parametrize("name", CASES)
def test_it_works(name: str) -> None:
    steps, expected = CASES[name]
    assert [tuple(each) for each in wrongs(steps)] == expected


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sets(st.sampled_from("abcdef"))), max_size=6))
def test_what_has_no_fault_has_an_order(rows: list[tuple[str, set[str]]]) -> None:
    """And a fault is found in whatever has none."""
    steps = [Step(key, key, 1, tuple(sorted(after))) for key, after in rows]
    found = {wrong.code for wrong in wrongs(steps)}
    if not found:
        seen: set[str] = set()
        for each in in_order(steps):
            assert seen.issuperset(each.after)
            seen.add(each.key)
    elif found == {"cycle"}:
        with pytest.raises(ValueError, match="wait for each other"):
            in_order(steps)
