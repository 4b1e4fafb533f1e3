"""The timetable of a project in a browser: told from plan to slip, wide and on a phone, dark, printed, without scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from luoshi.desk.views import timetable as view
from tests.ledger.office import Office, office
from tests.ledger.projects import TODAY, building, project
from tests.people.test_signing import PASSWORD

from .conftest import Open, screen
from .looking import EACH_LOOK, LOOKS, WIDE, faults, picture
from .test_items import as_

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def there(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office, on the day that its stories are told of."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(view, "today", lambda: TODAY)
    made = office()
    for name, called in {"city": "吴江", "water": "周雨"}.items():
        made[name].set_password(PASSWORD)
        made[name].name = called
        made[name].save()
    return made


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_it_works(scripts: bool, there: Office, open_page: Open) -> None:
    """A project whose one milestone slips: it is planned in a form, asked about, said beforehand, and seen from above."""
    desk = project(there)
    water = as_(open_page, "water", f"/items/{desk.item}/", java_script_enabled=scripts)
    water.get_by_role("link", name="编制时间表").click()
    water.get_by_label("计划起始日期").fill("2026-11-23")
    for number, (words, takes, after) in enumerate(
        (("土建施工", "40", ""), ("设备安装", "20", "1"), ("竣工验收", "5", "2"))
    ):
        row = water.locator(f"#f-timetable-{number}")
        row.get_by_label("节点", exact=True).fill(words)
        row.get_by_label("工作日").fill(takes)
        row.get_by_label("前置节点").fill(after)
    # Three rows that wait for each other are told, and stay as they were typed.
    water.locator("#f-timetable-0").get_by_label("前置节点").fill("3")
    water.get_by_role("button", name="编制时间表").click()
    expect(water.locator(".errors")).to_contain_text("节点互为前置")
    expect(water.locator("#f-timetable-1").get_by_label("节点", exact=True)).to_have_value("设备安装")
    water.locator("#f-timetable-0").get_by_label("前置节点").fill("")
    water.get_by_role("button", name="编制时间表").click()
    water.get_by_role("link", name="3 个节点").click()
    expect(water.locator(".standing")).to_contain_text("能守住")
    water.get_by_label("推迟几个工作日").fill("60")
    water.get_by_role("button", name="看看").click()
    expect(water.locator(".what-if .note")).to_contain_text("另有 2 个节点随之推迟")
    expect(water.locator(".chart path.case")).to_have_count(3)
    water.get_by_role("link", name="说明推迟").click()
    water.get_by_label("推迟的节点").select_option("1 土建施工")
    water.get_by_label("预计完成日期").fill("2027-04-28")
    water.get_by_label("推迟原因").select_option("天气汛情影响")
    water.get_by_label("情况说明").fill("连续降雨，基坑停工")
    water.get_by_role("button", name="说明推迟").click()
    city = as_(open_page, "city", f"/items/{desk.item}/timetable/", java_script_enabled=scripts)
    expect(city.locator(".standing")).to_contain_text("守不住")
    expect(city.locator(".standing")).to_contain_text("原因在于：1 土建施工 → 2 设备安装 → 3 竣工验收")


@pytest.mark.parametrize("look", EACH_LOOK)
def test_nothing_bars_anybody_and_nothing_sticks_out(look: str, there: Office, open_page: Open) -> None:
    desk = building(there, s6={"end": "2026-11-20"})
    page = as_(open_page, "water", "/inbox/", **LOOKS[look])
    for name, path in {
        "timetable": "timetable/",
        "timetable-slip": "timetable/?slip=7&days=40",
        "timetable-wrong": "timetable/?slip=7&days=x",
        "timetable-report": "moves/report/",
        "timetable-say": "moves/slip/",
    }.items():
        page.goto(f"/items/{desk.item}/{path}")
        picture(page, f"{name}-{look.replace(' ', '').replace(',', '-')}")
        assert (path, faults(page)) == (path, [])
    early = project(there)
    page.goto(f"/items/{early.item}/moves/plan/")
    picture(page, f"timetable-plan-{look.replace(' ', '').replace(',', '-')}")
    assert faults(page) == []


def test_on_a_phone_the_chart_moves_inside_its_pane(there: Office, open_page: Open) -> None:
    page = as_(open_page, "water", "/inbox/", **LOOKS["phone, dark"])
    page.goto(f"/items/{building(there).item}/timetable/")
    pane = page.locator(".chart .scrolls")
    inner, outer = pane.evaluate("each => [each.scrollWidth, each.clientWidth]")
    assert inner > 2 * outer
    pane.focus()
    page.keyboard.press("ArrowRight")
    expect(pane).not_to_have_js_property("scrollLeft", 0)


def test_on_paper_the_chart_is_as_wide_as_the_sheet(there: Office, open_page: Open) -> None:
    page = as_(open_page, "water", f"/items/{building(there).item}/timetable/", **WIDE)
    page.set_viewport_size({"width": 700, "height": 900})
    page.emulate_media(media="print")
    picture(page, "timetable-print")
    for drawn in (page.locator(".chart svg"), page.locator(".steps-table")):
        box = drawn.bounding_box()
        assert box and box["width"] <= 700
    expect(page.locator(".what-if")).to_be_hidden()


def test_pictures(there: Office, open_page: Open) -> None:
    desk = building(there)
    page = as_(open_page, "water", f"/items/{desk.item}/timetable/?slip=7&days=40", **WIDE)
    expect(page.locator(".what-if .note")).to_contain_text("守不住")
    screen(page, "timetable")
