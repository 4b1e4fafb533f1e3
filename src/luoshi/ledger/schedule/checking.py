"""Steps in; what no timetable can be made of out, each fault with its name; or the order they are taken in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .nouns import Step

# As many rows as a form takes (desk.forms.typed); construction projects are kept with some eleven.
MOST_STEPS = 60
# Working days of a chain: twenty years, longer than any list of projects runs; below it no date leaves the calendar.
LONGEST_CHAIN = 5000


class Wrong(NamedTuple):
    """A fault of a plan: its code, the row of the step, the words that go into what is said of it.

    Codes: `step_twice` (the key), `unknown_step` (the key named), `cycle` (its keys in a row), `ends_before_start` (the
    end), `long_chain` (the most there may be).
    """

    code: str
    row: int
    about: str


def wrongs(steps: Sequence[Step]) -> tuple[Wrong, ...]:
    """All faults; of the order only where every key is known."""
    found = (*_keys(steps), *_days(steps))
    if any(wrong.code != "ends_before_start" for wrong in found):
        return found
    if circle := _circle(steps):
        return (*found, Wrong("cycle", _place(steps, circle[0]), " → ".join(circle)))
    return (*found, *_long(steps))


def in_order(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Steps so that each comes after all that it waits for, otherwise as they stand. Raises ValueError for a cycle."""
    left, taken, out = list(steps), set[str](), list[Step]()
    while left:
        ready = next((step for step in left if taken.issuperset(step.after)), None)
        if ready is None:
            raise ValueError(f"steps wait for each other: {', '.join(step.key for step in left)}")
        left.remove(ready)
        taken.add(ready.key)
        out.append(ready)
    return tuple(out)


def _keys(steps: Sequence[Step]) -> Iterator[Wrong]:
    keys = [step.key for step in steps]
    for index, step in enumerate(steps):
        if step.key in keys[:index]:
            yield Wrong("step_twice", index, step.key)
        yield from (Wrong("unknown_step", index, key) for key in step.after if key not in keys)


def _days(steps: Sequence[Step]) -> Iterator[Wrong]:
    for index, step in enumerate(steps):
        if step.start and step.end and step.end < step.start:
            yield Wrong("ends_before_start", index, step.end.isoformat())


def _circle(steps: Sequence[Step]) -> tuple[str, ...]:
    """The keys of steps that wait for each other, the first one again at the end; none where there are none."""
    after = {step.key: step.after for step in steps}
    while ready := [key for key, keys in after.items() if not any(each in after for each in keys)]:
        for key in ready:
            del after[key]
    if not after:
        return ()
    # Each of what is left waits for another of it: going back one comes round.
    way = [next(iter(after))]
    while way.count(way[-1]) == 1:
        way.append(next(key for key in after[way[-1]] if key in after))
    return tuple(reversed(way[way.index(way[-1]) :]))


def _place(steps: Sequence[Step], key: str) -> int:
    return next(index for index, step in enumerate(steps) if step.key == key)


def _long(steps: Sequence[Step]) -> Iterator[Wrong]:
    sums: dict[str, int] = {}
    for step in in_order(steps):
        before = max((sums[key] for key in step.after), default=0)
        sums[step.key] = before + step.takes
        if before <= LONGEST_CHAIN < sums[step.key]:
            yield Wrong("long_chain", _place(steps, step.key), str(LONGEST_CHAIN))
