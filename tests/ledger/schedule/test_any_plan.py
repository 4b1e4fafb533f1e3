"""Any plan, any calendar, any day in: what holds of every timetable, and what walking from day to day finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.ledger.schedule import Plan, Schedule, Step, schedule, slip

from .made import DAY, Slow

MONDAY = date(2026, 9, 7)
days = st.integers(0, 60).map(lambda n: MONDAY + timedelta(days=n))


@st.composite
def calendars(draw: st.DrawFn) -> Slow:
    """Weekends, some holidays of up to nine days, some weekends that are worked."""
    rests = {first + DAY * n for first in draw(st.lists(days, max_size=2)) for n in range(draw(st.integers(1, 9)))}
    worked = draw(st.sets(days.filter(lambda day: day.weekday() > 4), max_size=3)) - rests
    return Slow(frozenset(rests), frozenset(worked))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Up to six steps; each waits for some of those before it, and stands anywhere among them."""
    keys = "abcdef"[: draw(st.integers(1, 6))]
    steps = []
    for index, key in enumerate(keys):
        after = tuple(sorted(draw(st.sets(st.sampled_from(keys[:index]))))) if index else ()
        given_ = {name: draw(st.none() | days) for name in ("start", "end", "expected")}
        done = draw(st.none() | st.none() | days)
        steps.append(Step(key, key, draw(st.integers(1, 7)), after, done_on=done, **given_))
    return Plan(tuple(draw(st.permutations(steps))), MONDAY + timedelta(days=draw(st.integers(-5, 9))), draw(days))


def counted(made: Plan, calendar: Slow, today: date) -> Schedule:
    return schedule(made, calendar, today)


@settings(max_examples=300, deadline=None)
@given(made=plans(), calendar=calendars(), today=days)
def test_nothing_begins_before_it_may(made: Plan, calendar: Slow, today: date) -> None:
    found = counted(made, calendar, today).by_key
    for step in made.steps:
        window = found[step.key]
        assert window.start <= window.end
        if step.done_on:
            assert window.end == step.done_on
            continue
        assert calendar.working(window.start) and calendar.working(window.end)
        assert window.start >= max(made.begins, step.start or made.begins)
        assert all(window.start > found[key].end for key in step.after)
        assert window.end >= max(today, step.expected or today)
        worked = calendar.between(window.start, window.end) + 1
        assert worked == step.takes or (
            worked > step.takes and window.end <= max(today, step.expected or today) + 14 * DAY
        )


@settings(max_examples=300, deadline=None)
@given(made=plans(), calendar=calendars(), today=days)
def test_slack_is_left_just_when_the_ends_are_kept(made: Plan, calendar: Slow, today: date) -> None:
    found = counted(made, calendar, today)
    left = [window.slack >= 0 for window in found.windows if window.slack is not None]
    open_ = [step for step in made.steps if not step.done_on]
    ends = all(found.by_key[step.key].end <= min(made.end, step.end or made.end) for step in open_)
    assert all(left) == ends == found.kept


@settings(max_examples=300, deadline=None)
@given(made=plans(), calendar=calendars(), today=days, more=st.integers(1, 12), data=st.data())
def test_nothing_gets_earlier_when_something_slips(
    made: Plan, calendar: Slow, today: date, more: int, data: st.DataObject
) -> None:
    """Nor when a day passes; and what slips is the step and those after it, none by more than it."""
    open_ = [step.key for step in made.steps if not step.done_on]
    if not open_:
        return
    key = data.draw(st.sampled_from(open_))
    found = slip(made, key, more, calendar, today)
    for was, now in zip(found.before.windows, found.after.windows, strict=True):
        assert was.start <= now.start and was.end <= now.end
    assert found.moved[0].key == key and found.moved[0].days == more
    assert all(each.key in following(made, key) and 0 < each.days <= more for each in found.moved)
    later = counted(made, calendar, today + DAY)
    assert all(was.end <= now.end for was, now in zip(found.before.windows, later.windows, strict=True))


def following(made: Plan, key: str) -> set[str]:
    """A step and all that wait for it."""
    found = {key}
    while more := {step.key for step in made.steps if found.intersection(step.after)} - found:
        found |= more
    return found


@settings(max_examples=300, deadline=None)
@given(made=plans(), calendar=calendars(), today=days)
def test_a_step_is_critical_just_when_the_whole_slips_with_it(made: Plan, calendar: Slow, today: date) -> None:
    found = counted(made, calendar, today)
    open_ = [step.key for step in made.steps if not step.done_on]
    for key in open_:
        case = slip(made, key, 1, calendar, today).after
        assert (key in found.critical) == (last(case, open_) > last(found, open_))


def last(found: Schedule, keys: list[str]) -> date:
    """When the last of some steps is over."""
    return max(found.by_key[key].end for key in keys)


@settings(max_examples=300, deadline=None)
@given(made=plans(), calendar=calendars(), today=days)
def test_it_finds_what_walking_finds(made: Plan, calendar: Slow, today: date) -> None:
    """The oracle: every chain through every step, walked from day to day."""
    found = counted(made, calendar, today)
    for step in made.steps:
        window = found.by_key[step.key]
        assert window.end == max(walked(chain, made, calendar, today) for chain in chains_to(made, step))
        assert window.latest_end == min(walked_back(chain, made, calendar) for chain in chains_from(made, step))


def chains_to(made: Plan, step: Step) -> Iterator[tuple[Step, ...]]:
    """Every chain of steps that wait for each other and end with one."""
    yield (step,)
    for before in made.steps:
        if before.key in step.after:
            yield from ((*chain, step) for chain in chains_to(made, before))


def chains_from(made: Plan, step: Step) -> Iterator[tuple[Step, ...]]:
    """Every chain that begins with a step, of what is not done after it."""
    yield (step,)
    for after in made.steps:
        if step.key in after.after and not after.done_on:
            yield from ((step, *chain) for chain in chains_from(made, after))


def walked(chain: tuple[Step, ...], made: Plan, calendar: Slow, today: date) -> date:
    """When the last of a chain is over, if nothing but the chain held it up."""
    now = made.begins - DAY
    for step in chain:
        if step.done_on:
            now = step.done_on
            continue
        left, now = step.takes, max(now, made.begins - DAY, (step.start or made.begins) - DAY)
        while left or now < max(today, step.expected or today):
            now += DAY
            left -= bool(left and calendar.working(now))
        while not calendar.working(now):
            now += DAY
    return now


def walked_back(chain: tuple[Step, ...], made: Plan, calendar: Slow) -> date:
    """When the first of a chain must be over, if nothing but the chain bound it."""
    now = made.end + DAY
    for step in reversed(chain):
        last = min(now - DAY, made.end, step.end or made.end)
        while not calendar.working(last):
            last -= DAY
        now, left = last, step.takes - 1
        while left:
            now -= DAY
            left -= calendar.working(now)
    return last
