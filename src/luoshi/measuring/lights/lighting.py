"""A rule, how an item stands, a calendar and a moment in, its light with the reason out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from luoshi.calendar import Calendar
from luoshi.ledger.machine.days import CHINA
from luoshi.ledger.machine.days import day as day_of
from luoshi.ledger.playbook import Names

from .nouns import Confidence, Judgement, Light, Row, Rule, Scale, Shown, Span, Standing, When, Wrong

# A limit that ends with a day is over at 0:00 of the next; the day it is due is the one before.
TICK = timedelta(microseconds=1)
UNKNOWN = "—"
NOTHING = Names(UNKNOWN, UNKNOWN)


class Left(NamedTuple):
    """What is left until a limit: whether it is over, the day it is due, days and working days until then (below 0:
    since then)."""

    over: bool
    due: date
    days: int
    working: int


def light(rule: Rule, standing: Standing, calendar: Calendar | None, now: datetime) -> Light:
    """The light of an item: that of the first row of the rule that fits.

    Judgements of people play no part in it. `calendar` may be None for a rule that counts no working days
    (`rule.counts`); moments are aware.
    """
    left = _left(rule, standing.due_at, calendar, now)
    row = next(row for row in rule.rows if fits(row.when, standing, left))
    lamp = rule.lights[row.light]
    return Light(row.light, *lamp, _because(row, standing, left), rule.key, rule.version)


def judged(scale: Scale, given: Confidence) -> Judgement:
    """What a person judged, as it is shown. Raises ValueError for a level the scale does not have, or no reason."""
    if given.level not in scale.levels:
        raise ValueError(f"{given.level}: no level of {scale.key}; there are {', '.join(scale.levels)}")
    if not given.reason.strip():
        raise ValueError("a judgement needs its reason")
    level = scale.levels[given.level]
    return Judgement(given.level, *level, given.reason, given.on, given.by, scale.key, scale.version)


def shown(rule: Rule, scale: Scale, standing: Standing, calendar: Calendar | None, now: datetime) -> Shown:
    """The light that dates make, and beside it what a person judged, if anybody did."""
    given = standing.confidence
    return Shown(light(rule, standing, calendar, now), judged(scale, given) if given else None)


def _left(rule: Rule, due_at: datetime | None, calendar: Calendar | None, now: datetime) -> Left | None:
    if due_at is None:
        return None
    due, today = day_of(due_at - TICK), day_of(now)
    working = calendar.between(today, due) if rule.counts and calendar else 0
    return Left(now >= due_at, due, (due - today).days, working)


def fits(when: When, standing: Standing, left: Left | None) -> bool:
    """Whether all that a row asks for holds."""
    return (
        (not when.kinds or standing.kind in when.kinds)
        and (not when.undated or standing.due_at is None)
        and (not when.still or standing.still)
        and (not when.milestones_late or standing.milestones_late)
        and (not when.refused or standing.refused)
        and (not when.important or standing.important)
        and standing.unanswered >= when.unanswered
        and (not when.any or any(_is_wrong(each, standing, left) for each in when.any))
        and (when.over is None or (left is not None and left.over and _days(left, when.over) <= -when.over.days))
        and (
            when.within is None or (left is not None and not left.over and _days(left, when.within) <= when.within.days)
        )
    )


def _is_wrong(what: Wrong, standing: Standing, left: Left | None) -> bool:
    if what == "over":
        return left is not None and left.over
    return standing.milestones_late if what == "milestones_late" else standing.refused


def _days(left: Left, span: Span) -> int:
    return left.working if span.working else left.days


Filling = Callable[[Standing, Left | None], str | Names]
# What words of a rule may have filled in.
FILLINGS: Mapping[str, Filling] = {
    "days": lambda standing, left: str(abs(left.days)) if left else UNKNOWN,
    "working_days": lambda standing, left: str(abs(left.working)) if left else UNKNOWN,
    "due": lambda standing, left: str(left.due) if left else UNKNOWN,
    # The time of day, with a space before it; nothing at the end of a day.
    "at": lambda standing, left: _at(standing.due_at),
    # With the words that go with it, which are left out where nobody says since when.
    "since": lambda standing, left: _since(standing.since),
    "unanswered": lambda standing, left: str(standing.unanswered),
    "wrong": lambda standing, left: _wrong(standing, left),
}
WRONGS: Mapping[Wrong, Names] = {
    "over": Names("已逾期", "overdue"),
    "milestones_late": Names("有节点逾期", "a milestone is overdue"),
    "refused": Names("核查未通过", "verification was refused"),
}


def _since(moment: datetime | None) -> Names:
    return Names(f"自{day_of(moment)}起", f" since {day_of(moment)}") if moment else Names("", "")


def _at(due_at: datetime | None) -> str:
    there = due_at.astimezone(CHINA).time() if due_at else time.min
    return "" if there == time.min else f" {there:%H:%M}"


def _wrong(standing: Standing, left: Left | None) -> Names:
    """All that is wrong, in words."""
    found = [names for what, names in WRONGS.items() if _is_wrong(what, standing, left)]
    return Names("、".join(each.zh for each in found), ", ".join(each.en for each in found)) if found else NOTHING


def _because(row: Row, standing: Standing, left: Left | None) -> Names:
    zh, en = row.because
    for name, fill in FILLINGS.items():
        if f"{{{name}}}" in zh:
            value = fill(standing, left)
            both = value if isinstance(value, Names) else Names(value, value)
            zh, en = zh.replace(f"{{{name}}}", both.zh), en.replace(f"{{{name}}}", both.en)
    return Names(zh, en)
