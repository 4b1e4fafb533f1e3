"""A fault of the machine or the door in, one line for people out: what is wrong, where, what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .machine.faults import CODES
from .machine.nouns import Fault
from .playbook import Names, Playbook

# A step of a path that counts from nought; people count from one.
NUMBERED = re.compile(r"(?P<key>\w+)\[(?P<index>[0-9]{1,9})\]", re.ASCII)
# What every item has, and moves do not describe.
FIELDS: dict[str, Callable[[], str]] = {
    "list": lambda: _("清单"),
    "place": lambda: _("地区"),
    "line": lambda: _("条线"),
    "words": lambda: _("事项"),
    "quotation": lambda: _("原文"),
    "parent": lambda: _("上级事项"),
    "lead": lambda: _("牵头单位"),
    "supports": lambda: _("配合单位"),
    "due": lambda: _("完成期限"),
    "done_on": lambda: _("完成日期"),
    "key": lambda: _("节点编号"),
    "takes": lambda: _("工作日"),
    "after": lambda: _("前置节点"),
    "start": lambda: _("开始不早于"),
    "end": lambda: _("完成不晚于"),
    "expected": lambda: _("预计完成"),
    "evidence": lambda: _("佐证材料"),
}
WHO: dict[str, Callable[[], str]] = {
    "supervisor": lambda: _("督查员"),
    "lead": lambda: _("牵头单位"),
    "support": lambda: _("配合单位"),
    "verifier": lambda: _("核查员"),
    "petitioner": lambda: _("诉求人"),
    "system": lambda: _("系统"),
}
# What machine.values asks for that is no example.
EXPECTED: dict[str, Callable[[], str]] = {
    "text": lambda: _("文字"),
    "printable text": lambda: _("可以显示的文字"),
    "a key": lambda: _("选项中的一个"),
    "a list": lambda: _("逐项列出的内容"),
}
SAID: dict[str, Callable[[], str]] = {
    "unknown_verb": lambda: _("没有“%(verb)s”这项办理：请刷新页面后再试。"),
    "not_yours": lambda: _("“%(verb)s”须由%(who)s办理：请转请其办理。"),
    "not_from_here": lambda: _("事项现为“%(state)s”，不能“%(verb)s”：请刷新页面，看现在可以办理什么。"),
    "ended": lambda: _("事项“%(state)s”，不能再“%(verb)s”：确有需要的，请先重办或恢复。"),
    "unknown_field": lambda: _("%(field)s：没有这一栏：请去掉。"),
    "missing_field": lambda: _("%(field)s：必须填写。"),
    "bad_field": lambda: _("%(field)s：“%(value)s”无法识别：请填写如 %(expected)s。"),
    "too_long": lambda: _("%(field)s：最多 %(most)s 字：请精简，或作为附件提交。"),
    "too_many": lambda: _("%(field)s：最多 %(most)s 项：请分次填写。"),
    "twice": lambda: _("%(field)s：“%(value)s”重复：请去掉一个。"),
    "unknown_choice": lambda: _("%(field)s：没有“%(value)s”这一选项：请从 %(choices)s 中选择。"),
    "nothing_given": lambda: _("没有填写任何内容：请至少填写一项。"),
    "in_the_past": lambda: _("%(field)s：%(day)s 已过：请填写今天或以后的日期。"),
    "in_the_future": lambda: _("%(field)s：%(day)s 还没有到：请填写今天或以前的日期。"),
    "not_later": lambda: _("%(field)s：%(day)s 不晚于原期限 %(due)s：请填写更晚的日期。"),
    "no_clock": lambda: _("完成期限和汇报频次都没有填写：请至少填写一项，否则无从催办。"),
    "nothing_to_extend": lambda: _("没有可以延长的期限：请先请督查员确定完成期限。"),
    "extension_late": lambda: _("期限 %(due)s，延期最迟 %(day)s 提出，现已过：请尽快办理，或请督查员调整期限。"),
    "extension_spent": lambda: _("最多延期 %(times)s 次，已同意 %(granted)s 次：确有必要的请督查员调整期限。"),
    "extension_long": lambda: _("%(field)s：最迟可延至 %(most)s，%(day)s 太晚：请填写更早的日期。"),
    "lead_supports": lambda: _("%(field)s：%(unit)s 已是牵头单位：请从配合单位中去掉。"),
    "not_confirmed": lambda: _("%(field)s：%(units)s 尚未确认：请先确认单位，或改选其他单位。"),
    "unknown_list": lambda: _("%(field)s：“%(playbook)s”没有“%(value)s”这张清单：请另选清单。"),
    "unknown_step": lambda: _("%(field)s：没有编号为“%(value)s”的节点：请填写时间表中的编号。"),
    "cycle": lambda: _("%(field)s：节点互为前置（%(steps)s），无从开始：请改动其中一个的前置节点。"),
    "long_chain": lambda: _("%(field)s：前后相接的节点合计超过 %(most)s 个工作日：请核对所需工作日。"),
    "ends_before_start": lambda: _("%(field)s：完成不晚于 %(day)s，早于开始日期：请核对。"),
    "step_done": lambda: _("%(field)s：节点“%(step)s”已经完成。"),
    "step_overdue": lambda: _("%(field)s：节点已于 %(day)s 到期，推迟须事先说明：请尽快完成并反馈。"),
    "no_timetable": lambda: _("还没有时间表：请先编制。"),
    "all_done": lambda: _("时间表各节点均已完成，没有可以推迟的。"),
    "steps_open": lambda: _("时间表还有 %(count)s 个节点没有完成（%(steps)s）：请先反馈完成日期。"),
    "missing_evidence": lambda: _("至少需要 %(at_least)s 份佐证材料，现有 %(given)s 份：请补充。"),
    "wrong_evidence": lambda: _("“%(value)s”类的佐证材料在此不收：可收 %(kinds)s。"),
    "children_open": lambda: _("还有 %(count)s 个下级事项没有了结：请先办结或中止。"),
    "no_parent": lambda: _("只有由上级事项分解而来的才能这样办理。"),
    "parent_ended": lambda: _("上级事项已经了结：请先重办或恢复上级事项。"),
    "not_as_planned": lambda: _("节点和节点期限须照原计划，只填完成日期；要改计划，请督查员补录。"),
    "same_person": lambda: _("“%(did)s”是您本人办理的，这一步须由他人办理。"),
    "same_unit": lambda: _("申请由您所在的单位提出，须由其他单位的人核查。"),
    "overdue": lambda: _("期限 %(due)s 已过，不能再申请延期：请尽快办理，或请督查员调整期限。"),
    "not_concluded": lambda: _("还没有核查结论，无从提出异议。"),
    "too_late": lambda: _("提出异议的期限到 %(day)s 为止，已过：请向督查员反映。"),
    "not_spread": lambda: _("这是共性问题，还没有举一反三：请先在其他单位排查。"),
    "stale": lambda: _(
        "您填写时事项已有新的办理记录（第 %(expected)s 条之后又有第 %(sequence)s 条）：请看过后重新提交。"
    ),
    "request_reused": lambda: _("这次提交与先前同一编号的提交内容不同：请刷新页面后重新填写。"),
}


def refusal(fault: Fault, playbook: Playbook) -> str:
    """What is said of a fault, in the language now active; names of the playbook in the same."""
    return SAID[fault.code]() % {
        "field": _field(fault.field, playbook),
        "playbook": _of(playbook.name),
        **{name: _word(name, value, fault, playbook) for name, value in fault.about.items()},
    }


def _of(names: Names) -> str:
    return names.of(get_language() or "zh-hans")


def _field(path: str, playbook: Playbook) -> str:
    """The name of a field with where in it: `parts[1].lead` is 分解事项 2 · 牵头单位."""
    said = []
    for step in path.split("."):
        numbered = NUMBERED.fullmatch(step)
        key = numbered["key"] if numbered else step
        name = _named_fields(playbook).get(key) or (FIELDS[key]() if key in FIELDS else key)
        said.append(f"{name} {int(numbered['index']) + 1}" if numbered else name)
    return " · ".join(said)


def _named_fields(playbook: Playbook) -> Mapping[str, str]:
    return {key: _of(field.name) for key, field in playbook.fields.items()}


def _word(name: str, value: str, fault: Fault, playbook: Playbook) -> str:
    """A key in the words of people, where it has any."""
    keys = value.split(", ")
    named = {
        "verb": {"open": _of(playbook.opening.name), **{move.verb: _of(move.name) for move in playbook.moves}},
        "did": {move.verb: _of(move.name) for move in playbook.moves},
        "state": {state.key: _of(state.name) for state in playbook.states},
        "who": {key: said() for key, said in WHO.items()},
        "kinds": {key: _of(names) for key, names in playbook.evidence},
        "choices": _choices(fault.field, playbook),
        "expected": {key: said() for key, said in EXPECTED.items()},
    }.get(name)
    return value if named is None else _("、").join(named.get(key, key) for key in keys)


def _choices(key: str, playbook: Playbook) -> Mapping[str, str]:
    return {choice: _of(names) for choice, names in playbook.fields[key].choices} if key in playbook.fields else {}


# A fault without words would be an error in front of people; found when the program starts.
assert SAID.keys() == CODES.keys(), SAID.keys() ^ CODES.keys()
