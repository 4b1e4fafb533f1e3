"""States of places in; the places a printed name may begin with, and where they lie seen from the speaker, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ..gazetteer import PlaceState, Succession, chain, state_on, timeline
from ..gazetteer.names import GENERIC, stem

# Autonomous regions, prefectures and counties are called without their peoples too: 广西, 凉山州, 景宁县.
_PROVINCE = re.compile(r"(?:(?:壮族|回族|维吾尔)?自治区|特别行政区|省|市)$")
_AUTONOMOUS = re.compile(r"自治([县州旗区])$")


class Chain(NamedTuple):
    """A place as it is printed, with the places above it that are printed before it: 杭州市西湖区, 浙江杭州.

    `states` are the places it may be; `whole`: the last one has its rank; `links`: how many names it is made of.
    """

    text: str
    states: tuple[PlaceState, ...]
    whole: bool
    links: int


def short_of(state: PlaceState) -> str:
    """The name without its rank: 浙江, 广西, 余杭; the name itself where nothing is left."""
    if state.level == "province":
        return _PROVINCE.sub("", state.name)
    return stem(state.name) if state.level in ("prefecture", "county", "zone") else state.name


def further_names(state: PlaceState) -> Iterator[str]:
    """Names with a rank that are not the official one: 凉山州, 景宁县, 广西自治区."""
    if found := _AUTONOMOUS.search(state.name):
        short = short_of(state)
        yield short + found[1]
        if found[1] == "区":
            yield short + "自治区"


class Places:
    """All places in time, by name and by key."""

    def __init__(
        self, states: Iterable[PlaceState], passed: Iterable[Succession], also: Mapping[str, Sequence[str]]
    ) -> None:
        self.times = timeline(states)
        self.named: dict[str, list[PlaceState]] = {}
        self.stems: dict[str, list[PlaceState]] = {}
        self._under: dict[str, list[PlaceState]] = {}
        self._passed: dict[str, list[Succession]] = {}
        self._coded: dict[str, list[PlaceState]] = {}
        for of_key in self.times.values():
            for state in of_key:
                self._add(state, also.get(state.key, ()))
        for each in passed:
            self._passed.setdefault(each.place, []).append(each)
        self.longest = max((len(name) for name in self.named), default=0)
        # By their last character, how long names of places are: to look for them backwards.
        self.lengths: dict[str, tuple[int, ...]] = {}
        for last, length in {(name[-1], len(name)) for name in (*self.named, *self.stems)}:
            self.lengths[last] = (*self.lengths.get(last, ()), length)

    def _add(self, state: PlaceState, also: Sequence[str]) -> None:
        if state.level != "country":
            for name in (state.name, *further_names(state), *also):
                self.named.setdefault(name, []).append(state)
            if (short := short_of(state)) != state.name and state.name not in GENERIC:
                self.stems.setdefault(short, []).append(state)
        self._under.setdefault(state.parent, []).append(state)
        if state.code and state.code != state.key:
            self._coded.setdefault(state.code, []).append(state)

    def now(self, key: str, day: date) -> PlaceState | None:
        """The state of a place on the day; before it began the first one, after it ended the last one."""
        states = self.times.get(key)
        if not states:
            return None
        return state_on(self.times, key, day) or (states[0] if day < states[0].since else states[-1])

    def above(self, state: PlaceState, day: date) -> list[PlaceState]:
        """The place and what it lies under, up to the country; on the nearest day on which it was there."""
        if not state.on(day):
            day = state.since if day < state.since or state.until is None else state.until - timedelta(days=1)
        return chain(self.times, state.key, day) or [state]

    def chain_of(self, key: str | None, day: date) -> list[PlaceState]:
        """The speaker's place, by its key or else its code, and what it lies under; nothing where it is not known."""
        if not key:
            return []
        state = self.now(key, day)
        if state is None or not state.on(day):
            # Most keys are codes still in use; a code of the day is understood where the key is of nothing there.
            state = next((each for each in self._coded.get(key, ()) if each.on(day)), state)
        return self.above(state, day) if state else []

    def province_code(self, state: PlaceState, day: date) -> str:
        """The code of the province that the place lies in; empty: none."""
        return next((each.code for each in self.above(state, day) if each.level == "province"), "")

    def under(self, key: str, level: str, day: date) -> list[PlaceState]:
        """All places of a level anywhere below a place on the day, in the order of their codes."""
        found, waiting = [], [key]
        while waiting:
            for state in self._under.get(waiting.pop(), ()):
                if not state.on(day):
                    continue
                if state.level == level:
                    found.append(state)
                else:
                    waiting.append(state.key)
        return sorted(found, key=lambda s: (s.code, s.key))

    def after(self, key: str, day: date) -> tuple[str, ...]:
        """The places that a place which has ended went to as a whole by the day, chains followed; none: not known."""
        ended = [each for each in self._passed.get(key, ()) if each.day <= day]
        out: dict[str, None] = {}
        for each in ended:
            living = state_on(self.times, each.successor, day) is not None
            for to in (each.successor,) if living else self.after(each.successor, day):
                out[to] = None
        return tuple(out)

    def begins(self, text: str, start: int, day: date) -> Iterator[Chain]:
        """Every reading of the text from `start` as a place, with places above it before it or not."""
        yield from self._continued(text, start, start, (), 0, day)

    def levels(self, text: str, day: date) -> set[str]:
        """The levels of the places whose names the text is, with their rank; none where it is no such name."""
        whole = (chain for chain in self.begins(text, 0, day) if chain.whole and len(chain.text) == len(text))
        return {state.level for chain in whole for state in chain.states}

    def _continued(
        self, text: str, start: int, at: int, upper: tuple[PlaceState, ...], links: int, day: date
    ) -> Iterator[Chain]:
        for end in range(at + 2, min(len(text), at + self.longest) + 1):
            word = text[at:end]
            for whole, states in ((True, self.named.get(word)), (False, self.stems.get(word))):
                if not states:
                    continue
                below = tuple(
                    each for each in _one_of_each(states, day) if not upper or self._lies_in(each, upper, day)
                )
                if below:
                    yield Chain(text[start:end], below, whole, links + 1)
                    yield from self._continued(text, start, end, below, links + 1, day)

    def _lies_in(self, state: PlaceState, upper: tuple[PlaceState, ...], day: date) -> bool:
        keys = {each.key for each in upper}
        # 衢州市 was once what is now 柯城区, so that the place itself may be among those named before it.
        return any(each.key in keys for each in self.above(state, day)[1:])


def _one_of_each(states: Iterable[PlaceState], day: date) -> Iterator[PlaceState]:
    """Of every place the state of the day, or else the one nearest to it that bore the name."""
    best: dict[str, PlaceState] = {}
    for state in states:
        known = best.get(state.key)
        if known is None or state.on(day) or (not known.on(day) and _far(state, day) < _far(known, day)):
            best[state.key] = state
    return iter(best.values())


def _far(state: PlaceState, day: date) -> timedelta:
    return state.since - day if day < state.since else day - (state.until or day)
