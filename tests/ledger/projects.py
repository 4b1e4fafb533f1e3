"""An office in, a project of it out: a waterworks with eleven steps, five of them done, as it stood one Sunday."""

from __future__ import annotations

import datetime
from typing import Any

from .office import NOW, Desk, Office, open_task

TODAY = NOW.date()
# Of each step: its number, words, working days, what it waits for, and what else is known of it.
STEPS: tuple[tuple[str, str, int, str, dict[str, str]], ...] = (
    ("1", "可行性研究报告批复", 15, "", {"done_on": "2026-09-21"}),
    ("2", "用地预审和选址", 20, "", {"done_on": "2026-10-12"}),
    ("3", "初步设计批复", 15, "1", {"done_on": "2026-10-15"}),
    ("4", "施工招标", 15, "23", {"done_on": "2026-11-06"}),
    ("5", "施工许可", 5, "4", {"done_on": "2026-11-13"}),
    ("6", "取水泵房施工", 40, "5", {}),
    ("7", "净水车间施工", 60, "5", {}),
    ("8", "城区管网接入", 30, "5", {"start": "2027-03-01"}),
    ("9", "设备安装调试", 20, "67", {}),
    ("a", "竣工验收", 5, "89", {"end": "2027-04-23"}),
    ("b", "移交运行", 3, "a", {}),
)
# Keys as they are written on paper.
NUMBERS = {"a": "10", "b": "11"}
DUE = "2027-04-30"


def timetable(**more: dict[str, str]) -> list[dict[str, Any]]:
    """The steps as a form gives them; `more`: days of some, by `s` and their number."""
    return [
        {
            "key": NUMBERS.get(key, key),
            "words": words,
            "takes": takes,
            "after": [NUMBERS.get(each, each) for each in after],
            **days,
            **more.get(f"s{NUMBERS.get(key, key)}", {}),
        }
        for key, words, takes, after, days in STEPS
    ]


def project(office: Office, **more: Any) -> Desk:
    """The project, dispatched to the city's water bureau and signed for."""
    about = {"list": "key_projects", "words": "新建城东水厂，日供水三万吨", "fields": {"basis": "市重点项目年度计划"}}
    desk = Desk(office, open_task(office["city"], "project", **{**about, **more}).item)
    desk.act("city", "dispatch", lead="A1:water", supports=["A1:civil"], due=DUE)
    desk.act("water", "sign")
    return desk


def building(office: Office, **more: dict[str, str]) -> Desk:
    """The project with its timetable, under construction."""
    desk = project(office)
    desk.act("water", "plan", begins="2026-09-01", timetable=timetable(**more))
    desk.act("water", "start", started_on=(TODAY - datetime.timedelta(days=6)).isoformat())
    return desk
