"""A moment in; what a sweep must do then, found in plain Python over all items, and what one did, out.

It asks the sums of clocks (`sum_of`, which have tests of their own) and nothing else of what the sweep is made of: no
column of due times, no index, no page, no ladder, no query for who is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from luoshi.calendar import Calendar, current
from luoshi.ledger.actions.books import playbooks
from luoshi.ledger.clocks import sum_of
from luoshi.ledger.machine import ItemState, Tape, replay
from luoshi.ledger.machine.days import CHINA
from luoshi.ledger.models import Event, Item, Notice
from luoshi.ledger.playbook.clocks import Clock, Rung
from luoshi.people.models import Post
from luoshi.places.models import PlaceState, Unit

from .checked import entries


class Did(NamedTuple):
    """A step of an item's ladder, and who is told: keys of units, `post:12` of posts."""

    item: UUID
    verb: str
    clock: str
    step: str
    told: frozenset[str]


def expected(now: datetime) -> set[Did]:
    """What a sweep at this moment must do."""
    day = now.astimezone(CHINA).date()
    if not time(8) <= now.astimezone(CHINA).time() < time(22):
        return set()
    found = set()
    for row in Item.unguarded.order_by("?"):
        state = replay(entries(row.pk), playbooks())
        for clock, rung, name in _steps(state, now):
            if not _made_today(row.pk, clock.key, name, day):
                told = frozenset(told_of(row, state, rung.tell, day))
                found.add(Did(row.pk, rung.verb, clock.key, name, told))
    return found


def done(after: Iterable[UUID] = ()) -> list[Did]:
    """What sweeps did, as their events say, in any order; `after`: events that are left out."""
    left_out, found = set(after), []
    for event in Event.unguarded.filter(actor="sweep", actor_kind="system", verb__in=("remind", "escalate")):
        fields = event.payload["fields"]
        if event.pk not in left_out and "clock" in fields and event.request:
            found.append(Did(event.item_id, event.verb, fields["clock"], fields["step"], frozenset(told(event.pk))))
    return found


def told(event: UUID) -> list[str]:
    """Who has a notice of an event; twice where they have two."""
    rows = Notice.unguarded.filter(event=event).values_list("unit__key", "post")
    return [key or f"post:{post}" for key, post in rows]


def _steps(state: ItemState, now: datetime) -> Iterator[tuple[Clock, Rung, str]]:
    """Of each clock that runs the last step that has passed since the last that was made."""
    calendar = current()
    for clock in playbooks().of(state.playbook, state.version).clocks:
        tape = state.clocks.get(clock.key)
        if tape is None or state.state not in clock.runs:
            continue
        last: tuple[Rung, int] | None = None
        while True:
            over, whole = _over(clock, tape, state, calendar, now)
            last = (over[-1], tape.period) if over else last
            if not (clock.repeats and whole and over):
                break
            tape = tape._replace(period=tape.period + 1, made=())
        if last:
            yield clock, last[0], f"{last[0].key}#{last[1]}" if clock.repeats else last[0].key


def _over(clock: Clock, tape: Tape, state: ItemState, calendar: Calendar, now: datetime) -> tuple[list[Rung], bool]:
    """The steps that have passed, above the last that was made; whether that is all there are."""
    total = sum_of(clock, tape, state, calendar)
    if total.last is None or total.due_at is None:
        return [], False
    made = [at for at, rung in enumerate(clock.steps) if rung.key in tape.made]
    left = clock.steps[max(made, default=-1) + 1 :]
    at = {rung: when(rung, total.last, total.due_at, calendar) for rung in left}
    left = tuple(rung for rung in left if not (rung.before and at[rung] <= tape.since))
    over = [rung for rung in left if at[rung] <= now]
    return over, len(over) == len(left)


def when(rung: Rung, last: date, due_at: datetime, calendar: Calendar) -> datetime:
    """The moment of a step: a day at nine, or hours from the end, at eight where that is night."""
    unit, number = rung.span
    if unit == "hours":
        local = (due_at + timedelta(hours=-number if rung.before else number)).astimezone(CHINA)
        if local.hour >= 22:
            return datetime.combine(local.date() + timedelta(1), time(8), CHINA)
        return local if local.hour >= 8 else datetime.combine(local.date(), time(8), CHINA)
    assert unit in ("working_days", "days")
    day = last if rung.before else last + timedelta(1)
    step = timedelta(-1 if rung.before else 1)
    if unit == "days":
        return datetime.combine(day + step * number, time(9), CHINA)
    # A step after the end is counted from the first working day behind it.
    while not rung.before and not calendar.working(day):
        day += step
    while number:
        day += step
        number -= calendar.working(day)
    return datetime.combine(day, time(9), CHINA)


def _made_today(item: UUID, clock: str, step: str, day: date) -> bool:
    rows = Event.unguarded.filter(item=item, actor="sweep", request__startswith="sweep:")
    made = [(row.payload["fields"], row.recorded_at.astimezone(CHINA).date()) for row in rows]
    return any((f.get("clock"), f.get("step"), on) == (clock, step, day) for f, on in made)


def told_of(row: Item, state: ItemState, wanted: Iterable[str], day: date) -> Iterator[str]:
    """Who must be told."""
    posts = [post for post in Post.unguarded.select_related("unit", "user") if _there(post, day)]
    seats = [post for post in posts if post.stands_in_for_id is None and covers(post, row.line_id)]
    named = {"supervisor": state.opened_by, "verifier": state.verifier, "leader": state.facts.get("in_charge")}
    above = _above(row.place_id, day)
    by_rule: dict[str, Any] = {
        "supervisor": lambda p: p.role == "supervisor" and p.unit.place_id == row.place_id,
        "verifier": lambda p: p.role == "verifier" and p.unit.place_id == row.place_id,
        "above": lambda p: p.role in ("supervisor", "leader") and p.unit.place_id == above,
    }
    for who in wanted:
        if who in ("lead", "support"):
            keys = [state.lead] if who == "lead" else list(state.supports)
            yield from (key for key in keys if key and Unit.objects.get(key=key).holds(day))
        elif named.get(who) in {f"post:{post.pk}" for post in posts}:
            yield named[who] or ""
        elif who == "leader":
            mine = [p for p in posts if p.stands_in_for_id is None and p.role == "leader" and p.unit.key == state.lead]
            yield from (f"post:{post.pk}" for post in mine)
        else:
            yield from (f"post:{post.pk}" for post in seats if by_rule[who](post))


def _there(post: Post, day: date) -> bool:
    return post.holds(day) and post.user.is_active


def covers(post: Post, line: int | None) -> bool:
    """True when a post looks after a line."""
    own = {each.pk for each in post.lines.all()} or ({post.unit.line_id} if post.unit.line_id else None)
    return post.all_lines or own is None or line in own


def _above(place: int, day: date) -> int | None:
    states = [s for s in PlaceState.objects.filter(place=place) if s.since <= day]
    return max(states, key=lambda s: s.since).parent_id if states else None
