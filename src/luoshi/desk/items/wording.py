"""A field and its value in an event in, its words for people out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.ledger.machine.tapes import step_of
from luoshi.ledger.playbook import Field, Playbook
from luoshi.ledger.playbook.clock_words import moment
from luoshi.ledger.playbook.vocabulary import NOTED, OWN, STEP

from ..templatetags.luoshi_desk import day
from .names import Names

# Facts that have a place of their own on the page.
APART = frozenset({"milestones", "timetable", "confidence"})
# Facts that hold as long as an item is in the state that the move which asks for them led to: afterwards it was decided
# otherwise, or is over, and the event alone tells of it.
PASSING = frozenset({"asked_due", "pause_reason", "stop_reason", "until", "return_reason", "suggested"})


class Said(NamedTuple):
    """A field in words: its name, what it says in one or more lines; `own`: somebody's own words; `erased`: they are
    gone."""

    name: str
    lines: tuple[str, ...]
    own: bool = False
    erased: bool = False


def fields_of(playbook: Playbook) -> Mapping[str, Field]:
    """Every field that a playbook asks for anywhere."""
    moves = (field for move in playbook.moves for field in move.fields)
    return {field.key: field for field in (*moves, *playbook.opening.fields)}


def worded(field: Field, value: Any, names: Names, language: str) -> Said:
    """A fact in words."""
    lines: tuple[str, ...]
    if field.kind == "choice":
        lines = (dict(field.choices)[value].of(language),) if value in dict(field.choices) else (str(value),)
    else:
        lines = WORDED.get(field.kind, _plain)(value, names)
    return Said(field.name.of(language), lines)


def stepped(playbook: Playbook, said: Mapping[str, Any], language: str) -> list[Said]:
    """Which step of which clock a reminder by the system is, in a line; nothing, where it is none."""
    key, name = (str(said.get(each, "")) for each in STEP)
    clock = next((each for each in playbook.clocks if each.key == key), None)
    if clock is None:
        return []
    rung = next((each for each in clock.steps if each.key == step_of(name)), None)
    when = moment(rung, language) if rung else name
    return [Said(fields_of(playbook)["clock"].name.of(language), (f"{clock.name.of(language)} · {when}",))]


def facts(playbook: Playbook, said: Mapping[str, Any], names: Names, language: str, state: str) -> list[Said]:
    """What an item in a state is known by, in the order of the playbook; what has a place of its own on the page is
    left out."""
    known = fields_of(playbook)
    now = {field.key for move in playbook.moves if move.to == state for field in move.fields}
    apart = OWN | NOTED | APART | (PASSING - now)
    shown = [key for key in known if key in said and key not in apart and said[key]]
    return [worded(known[key], said[key], names, language) for key in shown if known[key].kind != "text"]


def _plain(value: Any, names: Names) -> tuple[str, ...]:
    return (str(value),)


def _date(value: Any, names: Names) -> tuple[str, ...]:
    return (day(parse_date(str(value))),)


def _unit(value: Any, names: Names) -> tuple[str, ...]:
    return (names.unit(str(value)),)


def _units(value: Any, names: Names) -> tuple[str, ...]:
    return (_("、").join(names.unit(str(key)) for key in value),)


def _post(value: Any, names: Names) -> tuple[str, ...]:
    return (names.post(str(value)),)


def _milestones(value: Any, names: Names) -> tuple[str, ...]:
    return tuple(milestone(each) for each in value)


def milestone(said: Mapping[str, Any]) -> str:
    """A milestone in a line: its deadline, its words, the day it was done."""
    due = day(parse_date(said["due"])) if said.get("due") else ""
    done = _("%(day)s 完成") % {"day": day(parse_date(said["done_on"]))} if said.get("done_on") else ""
    return " · ".join(part for part in (due, said.get("words", ""), done) if part)


def _plan(value: Any, names: Names) -> tuple[str, ...]:
    return tuple(step(each) for each in value)


def step(said: Mapping[str, Any]) -> str:
    """A step of a timetable in a line: its number and words, what it takes and waits for, the day it was done."""
    parts = [
        f"{said['key']} {said['words']}",
        _("%(number)s 个工作日") % {"number": said["takes"]},
    ]
    parts += [_("前置 %(keys)s") % {"keys": _("、").join(said["after"])}] if said["after"] else []
    for name, words in DAYS.items():
        parts += [words % {"day": day(parse_date(said[name]))}] if said.get(name) else []
    return " · ".join(parts)


# What is said of the days of a step.
DAYS = {
    "start": gettext_lazy("%(day)s 起"),
    "end": gettext_lazy("%(day)s 前完成"),
    "expected": gettext_lazy("预计 %(day)s"),
    "done_on": gettext_lazy("%(day)s 完成"),
}
WORDED: dict[str, Callable[[Any, Names], tuple[str, ...]]] = {
    "date": _date,
    "unit": _unit,
    "units": _units,
    "post": _post,
    "milestones": _milestones,
    "plan": _plan,
}
