"""The names that a playbook may use: guards and effects, what each means in words, what fields an effect takes.

The functions of these names are in the machine (machine.guards, machine.effects).
"""

from __future__ import annotations

from typing import NamedTuple

from .names import Names
from .nouns import FieldKind


class Effect(NamedTuple):
    """What an effect means, and the fields that it takes: each must be asked by its move, `needs` as required ones."""

    name: Names
    needs: tuple[tuple[str, FieldKind], ...] = ()
    takes: tuple[tuple[str, FieldKind], ...] = ()


class Guard(NamedTuple):
    """What a guard means, and what it needs to be able to bar anything: one of `asks` asked by its move, `fields`
    asked by some move, an effect of some move, a verb, a clock that can be extended."""

    name: Names
    asks: tuple[str, ...] = ()
    fields: tuple[tuple[str, FieldKind], ...] = ()
    effect: str = ""
    verb: str = ""
    extension: bool = False


GUARDS: dict[str, Guard] = {
    "units_confirmed": Guard(
        Names("只交办给已确认的单位", "Only to units that are confirmed"), asks=("lead", "supports", "parts")
    ),
    "lead_apart": Guard(
        Names("牵头单位不同时是配合单位", "The lead unit is not a supporting unit too"), asks=("supports", "parts")
    ),
    "has_clock": Guard(
        Names("完成期限、汇报频次至少有一项", "A deadline or a frequency of reports is given"),
        fields=(("frequency", "choice"),),
    ),
    "due_ahead": Guard(Names("新的期限不早于当天", "The new deadline is not past"), asks=("due", "parts")),
    "before_due": Guard(Names("到期之前提出", "Before the deadline has passed")),
    "due_later": Guard(
        Names("新的期限晚于原期限", "The new deadline is later than the old one"), asks=("due", "asked_due")
    ),
    "extension_in_time": Guard(Names("在规定的时间之前提出", "Asked for in time before the deadline"), extension=True),
    "extension_left": Guard(Names("延期次数没有用完", "An extension is left"), extension=True),
    "extension_within": Guard(
        Names("延期不超过最长时间", "The extension is not longer than allowed"),
        asks=("due", "asked_due"),
        extension=True,
    ),
    "days_not_ahead": Guard(Names("所填日期不晚于当天", "The days given have come")),
    "something_given": Guard(Names("至少填一项", "At least one field is filled in")),
    "milestones_as_planned": Guard(
        Names("节点和节点期限照原计划", "Milestones and their deadlines are as planned"), asks=("milestones",)
    ),
    "timetable_as_planned": Guard(
        Names("时间表照原计划，只填完成日期", "Of the timetable only days of completion are new"),
        asks=("timetable",),
        fields=(("timetable", "plan"),),
    ),
    "has_timetable": Guard(Names("已有时间表", "There is a timetable"), fields=(("timetable", "plan"),)),
    "step_open": Guard(
        Names("节点在时间表中，尚未完成", "The step is in the timetable and not done"),
        asks=("slipping",),
        fields=(("timetable", "plan"),),
    ),
    "said_beforehand": Guard(
        Names("在节点到期之前说明，预计日期未过", "Said before the step was due, of a day ahead"),
        asks=("new_end",),
        fields=(("timetable", "plan"),),
    ),
    "timetable_done": Guard(
        Names("时间表各节点均已完成", "Every step of the timetable is done"), fields=(("timetable", "plan"),)
    ),
    "parent_open": Guard(Names("上级事项没有了结", "What it is a part of has not ended"), effect="split"),
    "has_parent": Guard(Names("是上级事项的一部分", "It is part of another item"), effect="split"),
    "children_done": Guard(Names("下级事项已按规定了结", "Its parts have ended as the playbook asks"), effect="split"),
    "children_ended": Guard(Names("没有在办的下级事项", "None of its parts is still open"), effect="split"),
    "not_who_asked": Guard(Names("不是申请办结的人", "Not who asked for closure"), effect="note_asker"),
    "not_of_the_asking_unit": Guard(
        Names("不是申请办结的单位的人", "Not of the unit that asked for closure"), effect="note_asker"
    ),
    "not_who_verified": Guard(Names("不是作出核查结论的人", "Not who came to the conclusion"), effect="note_verifier"),
    "was_concluded": Guard(Names("已有核查结论", "There is a conclusion to object to"), effect="note_verifier"),
    "in_time_to_object": Guard(
        Names("自结论或销号之日起三十日内", "Within 30 days of the conclusion or the closure"), effect="note_verifier"
    ),
    "common_is_spread": Guard(
        Names("共性问题已举一反三", "A common problem has been looked for elsewhere"),
        fields=(("nature", "choice"),),
        verb="spread",
    ),
}

EFFECTS: dict[str, Effect] = {
    "assign": Effect(
        Names("确定牵头单位、配合单位和期限", "Sets the lead, the supporting units and the deadline"),
        needs=(("lead", "unit"),),
        takes=(("supports", "units"), ("due", "date")),
    ),
    "set_supports": Effect(Names("改变配合单位", "Changes the supporting units"), needs=(("supports", "units"),)),
    "postpone": Effect(Names("改变完成期限", "Changes the deadline"), takes=(("due", "date"),)),
    "appoint": Effect(Names("指派核查员", "Appoints the verifier"), needs=(("verifier", "post"),)),
    "note_asker": Effect(Names("记下申请办结的人", "Notes who asked for closure")),
    "note_verifier": Effect(Names("记下作出核查结论的人和日期", "Notes who came to the conclusion, and when")),
    "slip": Effect(
        Names("改变节点的预计完成日期", "Changes when a step is expected to be over"),
        needs=(("slipping", "step"), ("new_end", "date")),
    ),
    "split": Effect(Names("生成下级事项", "Opens an item for each part"), needs=(("parts", "parts"),)),
}

# Fields that have a place of their own in an item's state, and are not among its facts.
OWN = frozenset({"lead", "supports", "due", "verifier", "parts", "slipping", "new_end"})
# Dates that lie ahead when they are given; others are of what has happened.
AHEAD = frozenset({"due", "asked_due", "until", "legal_due", "new_end", "begins"})
# What every opening asks for, whatever the playbook says.
ASKED = frozenset({"list", "place", "line", "words", "quotation", "parent"})
# Facts that effects set.
NOTED = frozenset({"concluded_on"})
# Fields by which a move of the system says which step of which clock it is: nobody else is asked for them.
STEP = ("clock", "step")
# Verbs of events that are no moves.
RESERVED = frozenset({"open", "erase"})
