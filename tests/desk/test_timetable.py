"""The page of a timetable and the forms that write it: what holds, what slips, what was typed wrongly."""

from __future__ import annotations

import datetime
import re
from typing import Any
from xml.etree import ElementTree

import pytest

from luoshi.desk.views import timetable as view
from luoshi.ledger.models import Event
from tests.ledger.office import Desk, Office, in_hand
from tests.ledger.projects import TODAY, building, project, timetable

from .conftest import As
from .pages import form, text

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _sunday(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day that the stories are told of."""
    monkeypatch.setattr(view, "today", lambda: TODAY)


def page(browsing: As, desk: Desk, query: str = "", name: str = "water") -> Any:
    return browsing(name).get(f"/items/{desk.item}/timetable/{query}")


def chart(answer: Any) -> ElementTree.Element:
    svg = re.search(r"<svg.*?</svg>", answer.content.decode(), re.S)
    assert svg
    return ElementTree.fromstring(svg[0])


def test_it_works(there: Office, browsing: As) -> None:
    desk = building(there)
    answer = page(browsing, desk)
    said = text(answer)
    assert answer.status_code == 200
    assert "期限 2027年4月30日 能守住" in said and "关键路径：8 城区管网接入 → 10 竣工验收 → 11 移交运行。" in said
    assert "2027 年的放假安排尚未公布" in said
    assert re.search(r"7 净水车间施工 ○ 余 \d+ 个工作日", said)
    assert f'href="/items/{desk.item}/timetable/"' in browsing("water").get(f"/items/{desk.item}/").content.decode()


def test_the_chart_says_what_the_table_says(there: Office, browsing: As) -> None:
    """A line for each step with its words; the path that is critical has a shape of its own; a title, a description."""
    answer = page(browsing, building(there))
    tree = chart(answer)
    lines = tree.findall(f"{SVG}g")
    assert [(line.findtext(f"{SVG}title") or "").split(" ")[1] for line in lines] == [str(n) for n in range(1, 12)]
    shapes = {path.get("class"): (path.get("d") or "").count("l") for path in tree.iter(f"{SVG}path")}
    assert shapes["bar critical"] > shapes["bar free"] == shapes["bar done"] == 0
    assert tree.get("role") == "img" and tree.get("aria-labelledby") == "chart-t chart-d"
    assert "能守住" in (tree.findtext(f"{SVG}desc") or "")
    names = [each.text for each in tree.iter(f"{SVG}text") if each.get("class") == "name"]
    assert "国庆节" in names and "春节" in names
    x = {each.text: float(each.get("x") or 0) for each in tree.iter(f"{SVG}text")}
    assert x["今天"] < x["期限"]


def test_what_slips_when_one_does(there: Office, browsing: As) -> None:
    """The waterworks has room; four weeks more of its largest building are too many."""
    desk = building(there)
    room = page(browsing, desk, "?slip=7&days=3")
    assert "如果“7 净水车间施工”推迟 3 个工作日，另有 1 个节点随之推迟。" in text(room) and "仍能守住" in text(room)
    late = page(browsing, desk, "?slip=7&days=40")
    assert "“10 竣工验收”须在 2027年4月23日 前完成，守不住" in text(late)
    assert "原因在于：7 净水车间施工 → 9 设备安装调试 → 10 竣工验收。" in text(late)
    assert len([path for path in chart(late).iter(f"{SVG}path") if path.get("class") == "case"]) == 4
    assert desk.row.sequence == Event.unguarded.filter(item=desk.item).count(), "asking changes nothing"


ASKED = {
    "no such step": ("?slip=99&days=3", "没有这个节点"),
    "a step that is done": ("?slip=1&days=3", "这个节点已经完成"),
    "no days": ("?slip=7&days=0", "1 到 5000"),
    "words": ("?slip=7&days=三天", "1 到 5000"),
    "below nought": ("?slip=7&days=-3", "1 到 5000"),
    "too many": ("?slip=7&days=99999", "1 到 5000"),
    "nothing typed": ("?slip=7&days=", "1 到 5000"),
    "marks": ("?slip=%22%3E%3Cscript%3E&days=%22%3E", "没有这个节点"),
    "full-width digits": ("?slip=7&days=３", "推迟 3 个工作日"),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked_wrongly_is_told(name: str, there: Office, browsing: As) -> None:
    query, said = ASKED[name]
    answer = page(browsing, building(there), query)
    assert answer.status_code == 200 and said in text(answer) and "<script>" not in answer.content.decode()


def test_a_slip_is_said_beforehand_and_moves_what_follows(there: Office, browsing: As) -> None:
    """The story: one milestone slips, its lead says so and why, the supervisor sees what cannot be kept."""
    desk, client = building(there), browsing("water")
    address = f"/items/{desk.item}/moves/slip/"
    sent = form(client.get(address), address)
    words = {"slipping": "7", "new_end": "2027-04-02", "slip_reason": "weather", "reason": "连续降雨，基坑停工"}
    refused = client.post(address, {**sent, **words, "slipping": "3"})
    assert refused.status_code == 422 and "已经完成" in text(refused) and "连续降雨" in text(refused)
    assert client.post(address, {**sent, **words}).status_code == 303
    said = text(page(browsing, desk, name="city"))
    assert "“10 竣工验收”须在 2027年4月23日 前完成，守不住" in said and "期限 2027年4月30日 守不住" in said
    log = text(browsing("city").get(f"/items/{desk.item}/"))
    assert "天气汛情影响" in log and "连续降雨" in log


def test_a_timetable_is_written_in_a_form(there: Office, browsing: As) -> None:
    """Rows have numbers; what is wrong is said at its row, and nothing typed is lost."""
    desk, client = project(there), browsing("water")
    address = f"/items/{desk.item}/moves/plan/"
    sent = form(client.get(address), address)
    assert [sent[f"timetable-{n}-key"] for n in range(3)] == [["1"], ["2"], ["3"]]
    rows = {
        "begins": "2026-09-01",
        "timetable-0-words": "初步设计",
        "timetable-0-takes": "15",
        "timetable-1-words": "主体施工",
        "timetable-1-takes": "60",
        "timetable-1-after": "1、2",
    }
    circle = client.post(address, {**sent, **rows})
    assert circle.status_code == 422 and "节点互为前置（2 → 2）" in text(circle)
    kept = form(circle, address)
    assert (kept["timetable-1-after"], kept["timetable-1-words"]) == (["1、2"], ["主体施工"])
    assert 'id="f-timetable-1-after" name="timetable-1-after" aria-invalid="true"' in circle.content.decode()
    grown = client.post(address, {**kept, "more": "timetable"})
    assert grown.status_code == 200 and form(grown, address)["timetable-3-key"] == ["4"]
    assert client.post(address, {**kept, "timetable-1-after": "1"}).status_code == 303
    steps = desk.row.facts["timetable"]
    assert [(step["key"], step["takes"], step["after"]) for step in steps] == [("1", 15, []), ("2", 60, ["1"])]
    # Only the day on which all begins is changed.
    again = form(client.get(address), address)
    assert client.post(address, {**again, "begins": "2026-09-07"}).status_code == 303
    assert (desk.row.facts["begins"], desk.row.facts["timetable"]) == ("2026-09-07", steps)


def test_days_of_completion_are_reported_and_nothing_else(there: Office, browsing: As) -> None:
    desk, client = building(there), browsing("water")
    address = f"/items/{desk.item}/moves/report/"
    sent = form(client.get(address), address)
    done = client.post(address, {**sent, "progress": "泵房提前完工", "timetable-5-done_on": "2026-11-20"})
    assert done.status_code == 303
    assert desk.row.facts["timetable"][5]["done_on"] == "2026-11-20"
    later = form(client.get(address), address)
    moved = client.post(address, {**later, "progress": "改期", "timetable-6-takes": "90"})
    assert moved.status_code == 422 and "节点和节点期限须照原计划" in text(moved)
    plain = client.post(address, {**later, "progress": "一切照旧"})
    assert plain.status_code == 303
    assert "timetable" not in Event.unguarded.filter(item=desk.item).order_by("-sequence")[0].payload["fields"]


def test_before_there_is_one_a_report_does_not_ask_for_it(there: Office, browsing: As) -> None:
    desk, client = project(there), browsing("water")
    address = f"/items/{desk.item}/moves/report/"
    sent = form(client.get(address), address)
    assert "timetable-rows" not in sent
    assert client.post(address, {**sent, "progress": "正在选址"}).status_code == 303


def test_a_number_leads_to_the_page(there: Office, browsing: As) -> None:
    desk = building(there)
    client = browsing("water")
    answer = client.get(f"/items/{desk.row.number}/timetable/?slip=7&days=3")
    assert answer.headers["location"] == f"/items/{desk.item}/timetable/?slip=7&days=3"
    assert client.get("/items/某号/timetable/").status_code == 404
    assert browsing("abroad").get(f"/items/{desk.row.number}/timetable/").status_code == 404
    assert browsing("abroad").get(f"/items/{desk.item}/timetable/").status_code == 404
    assert client.get("/items/%00/timetable/").status_code == 404


def test_an_item_without_one_says_so(there: Office, browsing: As) -> None:
    for desk in (in_hand(there), project(there)):
        answer = page(browsing, desk)
        assert answer.status_code == 200 and "还没有时间表" in text(answer)


def test_all_done(there: Office, browsing: As) -> None:
    every = {f"s{n}": {"done_on": (TODAY - datetime.timedelta(days=n)).isoformat()} for n in range(1, 12)}
    answer = page(browsing, building(there, **every))
    assert "各节点均已完成，最后一个完成于 11月21日 周六。" in text(answer) and "如果推迟" not in text(answer)


def test_days_far_off_are_a_table_and_no_chart(there: Office, browsing: As) -> None:
    for day in ("9999-12-30", "2099-01-01"):
        desk = project(there)
        rows = [*timetable()[:2], {"key": "3", "words": "远期", "takes": 9, "start": day}]
        desk.act("water", "plan", begins="2026-09-01", timetable=rows)
        answer = page(browsing, desk)
        assert answer.status_code == 200 and "<svg" not in answer.content.decode() and "画不成图" in text(answer)
