"""States and successions go in; what is wrong with them comes out, one line a fault, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from luoshi.places.gazetteer.names import suffix_known
from luoshi.places.gazetteer.nouns import LEVELS, PlaceState, Succession
from luoshi.places.gazetteer.timeline import Timeline, chain, first_bare, state_on, timeline


class Fault(NamedTuple):
    """One fault: `kind` (see KINDS), the key of the place, and what is wrong in Chinese and in English."""

    kind: str
    key: str
    chinese: str
    english: str

    @property
    def grave(self) -> bool:
        """Whether the data must not be used like this; the others are notes and gaps in what is known."""
        return KINDS[self.kind][0]


# Kind: whether it is grave, what it is in Chinese and in English. The words in braces are filled in.
KINDS: dict[str, tuple[bool, str, str]] = {
    "period": (True, "{name}：{since} 起的状态先止后起", "{name}: the state since {since} ends before it begins"),
    "level": (True, "{name}：不认识的级别 {level}", "{name}: unknown level {level}"),
    "overlap": (True, "{name}：{day} 有两个状态", "{name}: two states on {day}"),
    "gap": (True, "{name}：{day} 起没有状态，后来又有", "{name}: no state from {day}, but a later one"),
    "no parent": (True, "{name}：{day} 上级 {parent} 不存在", "{name}: its parent {parent} is not there on {day}"),
    "parent below": (
        True,
        "{name}：上级 {parent} 的级别不高于它",
        "{name}: its parent {parent} is not of a higher level",
    ),
    "cycle": (True, "{name}：{day} 上级绕回自身", "{name}: on {day} its parents lead back to it"),
    "code shared": (
        True,
        "{name}：{day} 代码 {code} 另有 {other} 在用",
        "{name}: on {day} {other} has code {code} too",
    ),
    "no successor": (True, "{name}：{day} 撤销，去向未记", "{name}: ended on {day}, nothing says where it went"),
    "successor not there": (
        True,
        "{name}：{day} 的去向 {other} 当日不存在",
        "{name}: its successor {other} is not there on {day}",
    ),
    "successor unknown": (
        False,
        "{name}：{day} 撤销，去向不详，仅知在 {other} 境内",
        "{name}: ended on {day}, known only to lie in {other}",
    ),
    "code elsewhere": (
        False,
        "{name}：代码 {code} 与上级 {other} 的代码不相接",
        "{name}: code {code} does not continue its parent's, {other}",
    ),
    "code width": (True, "{name}：代码 {code} 的位数不合级别", "{name}: code {code} has not the width of its level"),
    "suffix": (False, "{name}：名称的末字不是该级常见的", "{name}: does not end as names of its level do"),
}
# Printed width of codes, and how many digits of it a parent's code gives to those below it (GB/T 2260).
WIDTHS = {"province": 6, "prefecture": 6, "county": 6, "township": 9, "village": 12}
OWN_DIGITS = {"province": 2, "prefecture": 4, "county": 6, "township": 9}


def faults(states: Iterable[PlaceState], successions: Iterable[Succession]) -> list[Fault]:
    """All faults, by place; pure, and a few seconds for the whole country."""
    lines = timeline(states)
    out = [fault for key in lines for fault in _of_place(lines, key)]
    out += _shared_codes(lines)
    out += _successors(lines, tuple(successions))
    return sorted(out)


def _fault(kind: str, state: PlaceState, **words: object) -> Fault:
    filled = {**state._asdict(), "name": f"{state.name}（{state.key}）", **words}
    _, chinese, english = KINDS[kind]
    return Fault(kind, state.key, chinese.format(**filled), english.format(**filled))


def _of_place(lines: Timeline, key: str) -> Iterator[Fault]:
    states = lines[key]
    for before, after in pairwise(states):
        if before.until is None or before.until > after.since:
            yield _fault("overlap", after, day=after.since)
        elif before.until < after.since:
            yield _fault("gap", before, day=before.until)
    for state in states:
        yield from _of_state(lines, state)


def _of_state(lines: Timeline, state: PlaceState) -> Iterator[Fault]:
    if state.until is not None and state.until <= state.since:
        yield _fault("period", state)
    if state.level not in LEVELS:
        yield _fault("level", state)
    elif state.code and len(state.code) != WIDTHS.get(state.level, len(state.code)):
        yield _fault("code width", state)
    if not suffix_known(state.level, state.name):
        yield _fault("suffix", state)
    if state.parent:
        yield from _of_parent(lines, state)


def _of_parent(lines: Timeline, state: PlaceState) -> Iterator[Fault]:
    bare = first_bare(lines.get(state.parent, ()), state.since, state.until)
    if bare is not None:
        yield _fault("no parent", state, day=bare)
    above = chain(lines, state.key, state.since)
    if above and above[-1].parent in {a.key for a in above}:
        yield _fault("cycle", state, day=state.since)
    over = state_on(lines, state.parent, state.since)
    if over is None:
        return
    if LEVELS.get(over.level, 0) >= LEVELS.get(state.level, 9) and "zone" not in (over.level, state.level):
        yield _fault("parent below", state)
    digits = OWN_DIGITS.get(over.level, 0)
    if state.code and over.code and state.code[:digits] != over.code[:digits]:
        yield _fault("code elsewhere", state, other=over.code)


def _shared_codes(lines: Timeline) -> Iterator[Fault]:
    by_code: dict[str, list[PlaceState]] = {}
    for states in lines.values():
        for state in states:
            if state.code:
                by_code.setdefault(state.code, []).append(state)
    for of_code in by_code.values():
        of_code.sort(key=lambda s: s.since)
        longest = of_code[0]
        for state in of_code[1:]:
            if longest.key != state.key and longest.on(state.since):
                yield _fault("code shared", state, day=state.since, other=longest.key)
            if longest.until and (state.until is None or state.until > longest.until):
                longest = state


def _successors(lines: Timeline, successions: tuple[Succession, ...]) -> Iterator[Fault]:
    told: set[tuple[str, object]] = set()
    for row in successions:
        place = lines.get(row.place)
        if place is None:
            continue
        told.add((row.place, row.day))
        if state_on(lines, row.successor, row.day) is None:
            yield _fault("successor not there", place[-1], day=row.day, other=row.successor)
        elif row.extent == "unknown":
            yield _fault("successor unknown", place[-1], day=row.day, other=row.successor)
    for key, states in lines.items():
        until = states[-1].until
        if until is not None and states[-1].level != "zone" and (key, until) not in told:
            yield _fault("no successor", states[-1], day=until)
