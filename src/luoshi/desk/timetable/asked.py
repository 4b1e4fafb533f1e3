"""What a browser asks in an address in (`?slip=KEY&days=N`), the slip it means, or what is wrong with it, out."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luoshi.calendar import Calendar
from luoshi.ledger.schedule import CannotSlip, Plan, Slip, slip

# What stands in the form at first: a working week.
DAYS = "5"


@dataclass(frozen=True)
class WhatIf:
    """What was asked: the key of a step and days as they were typed, what came of it, what is wrong."""

    key: str
    days: str
    slip: Slip | None = None
    wrong: str = ""


def what_if(asked: Mapping[str, str], plan: Plan, calendar: Calendar, today: datetime.date) -> WhatIf:
    """The slip that an address asks for; none where it asks for none."""
    key, typed = asked.get("slip", ""), asked.get("days", DAYS)
    if not key:
        return WhatIf(key, typed)
    said = unicodedata.normalize("NFKC", typed).strip()
    days = int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 0
    try:
        return WhatIf(key, typed, slip(plan, key, days, calendar, today))
    except CannotSlip as refused:
        return WhatIf(key, typed, wrong=_wrong(refused.code))


def _wrong(code: str) -> str:
    return {
        "unknown_step": _("没有这个节点：请从列出的节点中选择。"),
        "step_done": _("这个节点已经完成，不会再推迟：请另选一个。"),
        "bad_days": _("推迟的工作日须是 1 到 5000 之间的整数。"),
    }[code]
