"""Names in, rows out: an office with reports that its people brought, and their drafts; clients of its people."""

from __future__ import annotations

from typing import Any

from django.test import Client

from luoshi.documents.models import Report
from luoshi.intake.actions import bring
from luoshi.intake.models import Draft
from tests.intake.made import MEETING, NOW
from tests.ledger.office import Office

HTMX = {"HX-Request": "true"}
# A meeting that tells twenty things to do in every paragraph.
VERBS = ("修订", "公布", "排查", "整治", "改造", "建成", "开通", "检修", "新增", "验收")
THINGS = (
    "应急预案",
    "责任清单",
    "隐患台账",
    "老旧管网",
    "小型水库",
    "村级泵站",
    "监测站点",
    "转移路线",
    "物资仓库",
    "值班制度",
)


def brought(office: Office, text: str | bytes = MEETING, *, by: str = "city", place: str = "A1", **more: Any) -> Report:
    """A report with its drafts."""
    data = text.encode() if isinstance(text, str) else text
    given = {"name": "纪要.txt", "place": office.world.places[place], "now": NOW, **more}
    return bring(office.posts[by], data, given.pop("name"), **given).taken.report


def drafts(report: Report) -> list[Draft]:
    """Its drafts, in their order."""
    return list(Draft.unguarded.filter(report=report).order_by("rank", "pk").select_related("lead", "item"))


def client(office: Office, name: str = "city") -> Client:
    """Somebody of the office, signed in."""
    made = Client(headers={"accept-language": "zh-hans"})
    made.force_login(office[name])
    return made


def long_meeting(directives: int = 40) -> str:
    """A report of a meeting with five things to do in each directive."""
    lines = [f"临川市召开第{directives}次调度会议\n\n2026-11-20 来源：临川日报\n"]
    for number in range(directives):
        told = [f"{VERBS[(number + i) % 10]}第{number}片区{THINGS[(number + 3 * i) % 10]}{i + 2}处" for i in range(5)]
        lines.append(f"会议强调，要{'，'.join(told)}。\n")
    return "\n".join(lines)
