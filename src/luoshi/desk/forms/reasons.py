"""The key of a field in, why it is asked for out, in a line for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "lead": _("由它签收、反馈、申请办结。"),
    "supports": _("看得到事项，可以反馈进展。"),
    "due": _("到期前提醒，过期计为逾期。"),
    "asked_due": _("批准后即为新的完成期限。"),
    "frequency": _("没有完成期限的，按频次催报。"),
    "reason": _("对方据此判断，并长期留存。"),
    "return_reason": _("督查员据此改派或补充。"),
    "suggested": _("供督查员改派时参考。"),
    "progress": _("督查员和核查员据此了解办到哪一步。"),
    "result": _("核查员据此逐项核对。"),
    "finding": _("写明看到什么、与所报是否一致。"),
    "method": _("结论凭什么得出。"),
    "refusal": _("牵头单位据此补办。"),
    "parts": _("每一部分成为一个下级事项，须有自己的牵头单位。"),
    "milestones": _("每到一个节点，只填完成日期。"),
    "timetable": _("每个节点写明需要多少个工作日、前面哪些节点完成后才能开始（写编号，如 1、2）。"),
    "new_end": _("须在节点到期之前说明，后面的节点随之顺延。"),
    "begins": _("最先的节点从这一天起算。"),
    "verifier": _("须是其他单位的核查员。"),
    "handler": _("事项由谁经办。"),
    "instruction": _("照原话转达，写明哪位领导（写职务，不写姓名）。"),
    "drop_reason": _("中止须有依据，可以恢复。"),
    "instead": _("写另一事项的编号。"),
    "escalation": _("以何种方式督促。"),
    "plan": _("怎么改、谁来改、改到什么程度。"),
    "cause": _("原因找准了，问题才不会再来。"),
    "nature": _("共性问题须举一反三。"),
}


def reason(key: str) -> str:
    """Why a field is asked for; nothing where its name says it."""
    return str(REASONS.get(key, ""))
