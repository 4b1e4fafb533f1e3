"""Projects by the machine alone: a timetable is written, reported on, slips, and is done before anybody accepts it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from luoshi.ledger.machine import Hand, replay
from luoshi.ledger.machine.values import BadValue, value
from luoshi.ledger.playbook import Field, Names

from .made import LEAD, PAPER, PLAYBOOKS, SUPERVISOR, SUPPORT, VERIFIER, Item, at

ROWS: list[dict[str, Any]] = [
    {"key": "1", "words": "可行性研究报告批复", "takes": 10},
    {"key": "2", "words": "用地预审", "takes": 15},
    {"key": "3", "words": "主体施工", "takes": "60", "after": ["1", "2"], "end": "2026-06-20"},
]


def planned(stage: str = "preparing", **more: Any) -> Item:
    """A project with a timetable."""
    item = at("project", "preparing")
    item.act(LEAD, "plan", begins="2026-03-02", timetable=[{**row, **more} for row in ROWS])
    if stage == "building":
        item.act(LEAD, "start", started_on="2026-03-04")
    return item


def done(item: Item, **days: str) -> list[dict[str, Any]]:
    """The timetable with days of completion."""
    return [{**row, "done_on": days.get(f"s{row['key']}")} for row in item.state.facts["timetable"]]


def test_it_works() -> None:
    item = planned("building")
    item.act(LEAD, "slip", slipping="2", new_end="2026-04-10", slip_reason="land", reason="两户尚未签约")
    assert [row["expected"] for row in item.state.facts["timetable"]] == [None, "2026-04-10", None]
    item.act(SUPPORT, "report", progress="前两项已完成", timetable=done(item, s1="2026-03-03", s2="2026-03-05"))
    assert item.codes(LEAD, "ask_closure", [("photo", PAPER)], result="完工") == [("steps_open", "")]
    item.act(LEAD, "report", progress="已完工", timetable=done(item, s1="2026-03-03", s2="2026-03-05", s3="2026-03-05"))
    item.act(LEAD, "ask_closure", [("photo", PAPER)], result="按设计建成")
    assert item.codes(LEAD, "accept", method="on_site", finding="合格")[0][0] == "not_yours"
    item.act(VERIFIER, "accept", method="on_site", finding="合格")
    item.act(SUPERVISOR, "close")
    assert (item.state.state, item.state.kind) == ("closed", "done")
    assert {"slipping", "new_end"}.isdisjoint(item.state.facts)
    assert item.state == replay(item.entries, PLAYBOOKS)


REFUSED: dict[str, tuple[Callable[[], Item], Hand, str, dict[str, Any], tuple[str, str]]] = {
    "no works without a timetable": (
        lambda: at("project", "preparing"), LEAD, "start", {"started_on": "2026-03-04"}, ("no_timetable", "")),
    "works do not begin tomorrow": (planned, LEAD, "start", {"started_on": "2026-12-01"}, ("in_the_future", "started_on")),
    "what waits for each other": (
        planned, LEAD, "plan", {"begins": "2026-03-02", "timetable": [{**ROWS[0], "after": ["3"]}, *ROWS[1:]]},
        ("cycle", "timetable[0].after")),
    "done tomorrow": (
        planned, LEAD, "plan", {"begins": "2026-03-02", "timetable": [{**ROWS[0], "done_on": "2027-03-02"}]},
        ("in_the_future", "timetable")),
    "a report does not change the plan": (
        planned, LEAD, "report", {"progress": "x", "timetable": ROWS[:2]}, ("not_as_planned", "timetable")),
    "a step that is not there": (
        planned, LEAD, "slip", {"slipping": "9", "new_end": "2026-06-30", "slip_reason": "land", "reason": "x"},
        ("unknown_step", "slipping")),
    "a step that is done": (
        lambda: planned(done_on="2026-03-03"), LEAD, "slip",
        {"slipping": "1", "new_end": "2026-06-30", "slip_reason": "land", "reason": "x"}, ("step_done", "slipping")),
    "a day that has passed": (
        planned, LEAD, "slip", {"slipping": "1", "new_end": "2026-01-30", "slip_reason": "land", "reason": "x"},
        ("in_the_past", "new_end")),
    "said too late": (
        lambda: planned(end="2026-03-03"), LEAD, "slip",
        {"slipping": "1", "new_end": "2026-06-30", "slip_reason": "land", "reason": "x"}, ("step_overdue", "slipping")),
    "the lead plans anew only before the works": (
        lambda: planned("building"), LEAD, "replan", {"timetable": ROWS, "reason": "x"}, ("not_yours", "")),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    make, who, verb, fields, expected = REFUSED[name]
    assert make().codes(who, verb, **fields) == [expected]


def test_where_all_is_done_nothing_slips() -> None:
    item = planned("building", done_on="2026-03-03")
    assert ("all_done", "") in item.codes(LEAD, "slip")


PLAN = Field("t", "plan", Names("时间表", "Timetable"))
ROW = {"key": "1", "words": "招标", "takes": 5}
WHOLE = {**ROW, "after": [], "start": None, "end": None, "expected": None, "done_on": None}
VALUES = [
    ([ROW], [WHOLE]),
    ([{**ROW, "key": "１", "takes": "５"}], [WHOLE]),
    ([{**ROW, "after": ""}], [WHOLE]),
    ([ROW, {**ROW, "key": "土建-2.1", "after": ["１"]}], [WHOLE, {**WHOLE, "key": "土建-2.1", "after": ["1"]}]),
    ([{**ROW, "end": "2026-05-01"}], [{**WHOLE, "end": "2026-05-01"}]),
]


@pytest.mark.parametrize(("raw", "expected"), VALUES)
def test_values(raw: Any, expected: Any) -> None:
    assert value(PLAN, raw) == expected


WRONG = [
    ("a", "bad_field", "t"),
    (["a"], "bad_field", "t[0]"),
    ([{**ROW, "cost": 3}], "unknown_field", "t[0].cost"),
    ([{**ROW, "key": ""}], "missing_field", "t[0].key"),
    ([{**ROW, "key": "1、2"}], "bad_field", "t[0].key"),
    ([{**ROW, "key": "一二三四五六七八九十十一十二"}], "too_long", "t[0].key"),
    ([{**ROW, "words": " "}], "missing_field", "t[0].words"),
    ([{**ROW, "takes": None}], "missing_field", "t[0].takes"),
    *(
        ([{**ROW, "takes": takes}], "bad_field", "t[0].takes")
        for takes in (0, -1, 1001, 2.5, True, "五", "1e3", "99999")
    ),
    ([{**ROW, "after": "1"}], "bad_field", "t[0].after"),
    ([{**ROW, "after": ["2"]}], "unknown_step", "t[0].after"),
    ([{**ROW, "after": ["1"]}], "cycle", "t[0].after"),
    ([ROW, ROW], "twice", "t[1].key"),
    ([{**ROW, "start": "2026-05-02", "end": "2026-05-01"}], "ends_before_start", "t[0].end"),
    ([{**ROW, "start": "5月1日"}], "bad_field", "t[0].start"),
    (
        [{**ROW, "key": str(n), "takes": 1000, "after": [str(n - 1)] if n else []} for n in range(6)],
        "long_chain",
        "t[5].takes",
    ),
    ([{**ROW, "key": str(n)} for n in range(61)], "too_many", "t"),
]


@pytest.mark.parametrize(("raw", "code", "field"), WRONG)
def test_wrong_values(raw: Any, code: str, field: str) -> None:
    with pytest.raises(BadValue) as wrong:
        value(PLAN, raw)
    assert (wrong.value.fault.code, wrong.value.fault.field) == (code, field)
