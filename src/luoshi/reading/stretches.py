"""Stretches in order of their beginning in; which of them meet or hold another stretch out, without a look at all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate


class Stretches:
    """Half-open stretches, sorted by where they begin; they may overlap and lie in one another."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        each = list(stretches)
        self._starts = [start for start, _ in each]
        self._ends = [end for _, end in each]
        # The farthest end up to each stretch: it grows, so that it can be searched.
        self._reach = list(accumulate(self._ends, max))

    def meeting(self, start: int, end: int) -> list[int]:
        """Numbers of the stretches that share a character with this one."""
        low, high = bisect_right(self._reach, start), bisect_left(self._starts, end)
        return [i for i in range(low, high) if self._ends[i] > start]

    def holds(self, start: int, end: int) -> bool:
        """Whether this stretch lies in one of them."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._reach[before - 1] >= end
