"""A fault of the door in, one line for people out; faults of the machine are said by `ledger.refusals`."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from ..machine import Fault
from ..playbook import Playbook
from ..refusals import refusal

SAID: dict[str, Callable[[], str]] = {
    "not_found": lambda: _("没有找到该事项：请检查编号，或确认是否在您的职务范围内。"),
    "unknown_playbook": lambda: _("没有“%(playbook)s”这一办理流程：请刷新页面后重选。"),
    "unknown_place": lambda: _("没有“%(place)s”这一地区：请重新选择地区。"),
    "place_ended": lambda: _("“%(place)s”这一地区已经撤销：请选择现有的地区。"),
    "unknown_line": lambda: _("没有“%(line)s”这一条线：请重新选择条线。"),
    "unknown_unit": lambda: _("没有“%(unit)s”这一单位：请重新选择单位。"),
    "unknown_post": lambda: _("“%(post)s”现在不是合适的在任职务：请重新选择人员。"),
    "place_beyond": lambda: _("“%(place)s”不在上级事项的地区之内：请在其所辖地区中选择。"),
    "unit_beyond": lambda: _("“%(unit)s”不在上级事项的地区之内：请选择本级或下级单位，或请督查员交办。"),
    "bad_request": lambda: _("提交编号超过 %(most)s 个字符或含有无效字符：请刷新页面后重新填写。"),
    "parent_ended": lambda: _("上级事项%(number)s已经了结：请先重办，或单独立项。"),
    "not_yet": lambda: _("发生时间 %(day)s 还没有到：请填写现在或以前的时间。"),
    "before_the_last": lambda: _("发生时间 %(day)s 早于该事项上一条办理记录：请填写其后的时间。"),
    "not_yours_to_erase": lambda: _("删除文字和材料须由该事项的督查员办理：请转请其办理。"),
    "unknown_basis": lambda: _("没有“%(basis)s”这一删除依据：请从 %(choices)s 中选择。"),
    "nothing_to_erase": lambda: _("没有可删除的文字或材料：可能已经删除，请刷新页面。"),
    "too_large": lambda: _("文件超过 %(limit)s MB：请压缩或分成几份后再提交。"),
    "empty_file": lambda: _("文件是空的：请重新选择文件。"),
    "not_taken": lambda: _("不收“%(kind)s”这类文件：可收 %(kinds)s。"),
    "not_what_it_says": lambda: _("文件内容与后缀“%(extension)s”不符，或已损坏：请另存为正确的格式后再提交。"),
    "macros": lambda: _("文件含有宏或程序：请另存为不含宏的格式后再提交。"),
    "erased_file": lambda: _("这份材料已从该事项依法删除，不能再次提交：请去掉。"),
    "no_file": lambda: _("文件不在了：可能已经删除，请重新上传。"),
}


def said(fault: Fault, playbook: Playbook | None) -> str:
    """What is said of a fault in the language now active; those of the machine need the playbook, for its names."""
    if fault.code in SAID:
        return SAID[fault.code]() % fault.about
    return fault.code if playbook is None else refusal(fault, playbook)
