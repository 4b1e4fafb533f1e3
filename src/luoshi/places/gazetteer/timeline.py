"""States go in; look-ups by place and day come out: the state, the chain of places above, the days not covered."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date

from luoshi.places.gazetteer.nouns import PlaceState

Timeline = Mapping[str, tuple[PlaceState, ...]]


def timeline(states: Iterable[PlaceState]) -> dict[str, tuple[PlaceState, ...]]:
    """The states of every place, by key, the earliest first."""
    by_key: dict[str, list[PlaceState]] = {}
    for state in states:
        by_key.setdefault(state.key, []).append(state)
    return {key: tuple(sorted(of_key, key=lambda s: s.since)) for key, of_key in by_key.items()}


def state_on(lines: Timeline, key: str, day: date) -> PlaceState | None:
    """The state of a place on a day, or None when it is not there; of overlapping states, the later one."""
    states = lines.get(key, ())
    at = bisect_right(states, day, key=lambda s: s.since) - 1
    return states[at] if at >= 0 and states[at].on(day) else None


def chain(lines: Timeline, key: str, day: date) -> list[PlaceState]:
    """The place and what it lay under on that day, up to the root; a circle or a missing parent ends the chain."""
    out: list[PlaceState] = []
    seen: set[str] = set()
    state = state_on(lines, key, day)
    while state and state.key not in seen:
        out.append(state)
        seen.add(state.key)
        state = state_on(lines, state.parent, day) if state.parent else None
    return out


def first_bare(states: Iterable[PlaceState], since: date, until: date | None) -> date | None:
    """The first day of a period on which none of these states (the earliest first) holds, or None."""
    day = since
    for state in states:
        if state.since > day:
            break
        if state.until is None:
            return None
        day = max(day, state.until)
    return day if until is None or day < until else None
