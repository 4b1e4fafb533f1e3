"""A timetable that was counted in, what is to be said of it in sentences out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _

from luoshi.calendar import Calendar
from luoshi.ledger.schedule import Plan, Schedule, Slip, Unmet

from ..templatetags.luoshi_desk import day


def working_days(number: int) -> str:
    """A number of working days."""
    return _("%(number)s 个工作日") % {"number": number}


def standing(counted: Schedule) -> list[str]:
    """How a timetable stands to its end: kept, or by what not; what is late already."""
    plan = counted.plan
    if counted.slack is None:
        return [_("各节点均已完成，最后一个完成于 %(day)s。") % {"day": day(counted.over)}]
    said = [_unmet(each, plan) for each in counted.unmet]
    if counted.kept:
        words = {"day": day(counted.over), "end": day(plan.end), "days": working_days(counted.slack)}
        said = [_("预计 %(day)s 全部完成，期限 %(end)s 能守住；最紧的节点还有 %(days)s 的余地。") % words]
    if counted.late:
        said.append(_("已经逾期的节点：%(steps)s。") % {"steps": _("、").join(named(plan, counted.late))})
    return said


def critical(counted: Schedule) -> str:
    """The critical path in a line; nothing where all is done."""
    path = " → ".join(named(counted.plan, counted.critical))
    return _("关键路径：%(steps)s。") % {"steps": path} if path else ""


def provisional(counted: Schedule, calendar: Calendar) -> str:
    """That the holidays of a year that the timetable runs into are not announced; nothing where they are."""
    ends = (counted.over, counted.plan.end)
    years = sorted({on.year for on in ends if calendar.day(on).provisional})
    if not years:
        return ""
    said = _("、").join(str(year) for year in years)
    return _("%(years)s 年的放假安排尚未公布，先按周末和法定节日推算，公布后重新计算。") % {"years": said}


def slipping(slip: Slip) -> list[str]:
    """What happens when a step slips: how many with it, and whether the ends still hold."""
    plan, count = slip.before.plan, len(slip.moved) - 1
    words = {"step": named(plan, [slip.key])[0], "days": working_days(slip.days), "count": count}
    if count:
        said = _("如果“%(step)s”推迟 %(days)s，另有 %(count)s 个节点随之推迟。")
    else:
        said = _("如果“%(step)s”推迟 %(days)s，其他节点不受影响。")
    if slip.after.kept:
        return [said % words, _("期限 %(end)s 仍能守住。") % {"end": day(plan.end)}]
    return [said % words, *(_unmet(each, plan) for each in slip.after.unmet)]


def named(plan: Plan, keys: Iterable[str]) -> list[str]:
    """Steps by their numbers and words."""
    words = {step.key: step.words for step in plan.steps}
    return [f"{key} {words[key]}" for key in keys]


def _unmet(unmet: Unmet, plan: Plan) -> str:
    words = {
        "end": day(unmet.end),
        "day": day(unmet.comes),
        "days": working_days(unmet.days),
        "chain": " → ".join(named(plan, unmet.chain)),
    }
    if unmet.key is None:
        return _("期限 %(end)s 守不住：预计 %(day)s 才完成，晚 %(days)s。原因在于：%(chain)s。") % words
    words["step"] = named(plan, [unmet.key])[0]
    return _("“%(step)s”须在 %(end)s 前完成，守不住：预计 %(day)s，晚 %(days)s。原因在于：%(chain)s。") % words


def span(first: datetime.date, last: datetime.date) -> str:
    """From a day to a day."""
    return day(first) if first == last else _("%(first)s 至 %(last)s") % {"first": day(first), "last": day(last)}
