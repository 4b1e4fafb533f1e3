"""Stretches that meet or hold another, against a look at all of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luoshi.reading.stretches import Stretches

STRETCH = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def test_it_works() -> None:
    lines = Stretches([(0, 10), (2, 4), (12, 20)])
    assert lines.meeting(3, 13) == [0, 1, 2]
    assert lines.meeting(10, 12) == []
    assert lines.holds(2, 9)
    assert not lines.holds(9, 13)


@given(st.lists(STRETCH, max_size=12), STRETCH)
def test_as_a_look_at_all_of_them(listed: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    listed.sort()
    start, end = asked
    stretches = Stretches(listed)
    assert stretches.meeting(start, end) == [i for i, (s, e) in enumerate(listed) if s < end and start < e]
    assert stretches.holds(start, end) == any(s <= start and end <= e for s, e in listed)
