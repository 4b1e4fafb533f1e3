"""A ledger, a task and a meeting in a browser: with htmx, without JavaScript, on a phone; axe finds no fault."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from luoshi.documents.models import Meeting
from luoshi.intake.models import Draft
from tests.intake.books import book
from tests.ledger.office import Office, office
from tests.people.test_signing import PASSWORD

from .conftest import Open
from .looking import barred
from .test_signing_in import DARK, PHONE, fits, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHINA = {"timezone_id": "Asia/Shanghai"}
LEDGER = (
    ("临川市2026年防汛备汛重点任务台账", None, None, None, None, None, None),
    ("序号", "工作任务", "责任分工", None, "完成时限", "目标成效", "备注"),
    (None, None, "牵头单位", "配合单位", None, None, None),
    ("一、水库山塘",),
    (1, "修好青溪县三座病险水库", "临川市水利局", "临川市民政局", "2026年12月31日前", "三座水库通过验收", "每月报送"),
    (
        2,
        "清查全市山塘隐患，对发现的问题逐个登记，能立即改的当场改，一时改不了的定人定时限",
        "市防办",
        None,
        "汛期前",
        None,
        None,
    ),
    ("二、物资队伍",),
    (3, "备足乡镇抢险物资", "各县区政府", None, "6月底前", "每个乡镇一个仓库", None),
    ("合计", 3),
)
MERGED = "A1:G1 C2:D2 A2:A3 B2:B3 E2:E3 F2:F3 G2:G3 A4:G4 A7:G7"


@pytest.fixture(autouse=True)
def made(settings: Settings, tmp_path: Path) -> Office:
    settings.MEDIA_ROOT = tmp_path / "files"
    there = office()
    there["city"].set_password(PASSWORD)
    there["city"].save()
    return there


def ledger(tmp_path: Path, *more: tuple[Any, ...]) -> Path:
    path = tmp_path / "防汛备汛重点任务台账.xlsx"
    path.write_bytes(book(*LEDGER, *more, merged=MERGED))
    return path


def opened(open_page: Open, path: str, **settings: Any) -> Page:
    page = open_page(path, **CHINA, **settings)
    # The first ledger of a process builds the directory of names.
    page.set_default_timeout(60_000)
    sign_in(page, "city")
    return page


def looked_at(page: Page, name: str) -> None:
    """Nothing sticks out, axe finds no fault; a picture to look at, where PICTURES says so."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
    assert fits(page), name
    assert barred(page) == []


def test_it_works(open_page: Open, tmp_path: Path) -> None:
    """Uploaded, a column chosen anew without a click more, imported."""
    page = opened(open_page, "/ledgers/new/")
    page.locator("[name=file]").set_input_files(ledger(tmp_path))
    page.get_by_role("button", name="上传并预览").click()
    expect(page.locator("h1")).to_contain_text("防汛备汛重点任务台账.xlsx")
    page.locator("select[name='c0-6']").select_option("goal")
    expect(page).to_have_url(re.compile("c0-6=goal"))
    page.get_by_role("button", name="导入 3 条").click()
    expect(page.locator("body")).to_contain_text("已导入 3 条")
    assert Draft.unguarded.filter(measure__contains="每月报送").count() == 1


def test_without_javascript_on_a_phone(open_page: Open, tmp_path: Path) -> None:
    page = opened(open_page, "/ledgers/new/", java_script_enabled=False, **PHONE)
    page.locator("[name=file]").set_input_files(ledger(tmp_path, (4, None, "临川市水利局")))
    page.get_by_role("button", name="上传并预览").click()
    expect(page.locator("main")).to_contain_text("第 10 行 B 列")
    page.locator("select[name='c0-6']").select_option("pass")
    page.get_by_role("button", name="按此重新预览").click()
    expect(page.locator("select[name='c0-6']")).to_have_value("pass")
    expect(page.get_by_role("button", name="导入")).to_have_count(0)


def test_by_hand_and_nothing_typed_is_lost(open_page: Open) -> None:
    page = opened(open_page, "/drafts/new/", **DARK)
    page.locator("[name=words]").fill("清淤河道三公里")
    page.locator("[name=basis]").fill("市政府专题会议纪要〔2026〕8号")
    page.locator("[name=lead]").fill("开心局")
    page.get_by_role("button", name="录入，待确认").click()
    expect(page.locator("[name=lead]")).to_be_focused()
    expect(page.locator("[name=words]")).to_have_value("清淤河道三公里")
    looked_at(page, "task-wrong-dark")
    page.locator("[name=lead]").fill("临川市水利局")
    page.get_by_role("button", name="录入，待确认").click()
    expect(page.locator("main")).to_contain_text("清淤河道三公里")
    assert str(Draft.unguarded.select_related("lead").get().lead) == "临川市水利局"


def test_a_meeting_is_entered_and_corrected(open_page: Open) -> None:
    page = opened(open_page, "/meetings/")
    looked_at(page, "meetings-empty")
    page.locator(".actions").get_by_role("link", name="录入会议").click()
    page.locator("[name=name]").fill("全市三季度重点工作推进会")
    page.locator("[name=date]").fill("2026-10-09")
    page.locator("[name=branch_venues]").fill("石桥镇 18\n白塔区 25")
    looked_at(page, "meeting-new")
    page.locator("main form").get_by_role("button", name="录入会议").click()
    page.locator("[name=attendance]").fill("260")
    page.get_by_role("button", name="保存更正").click()
    expect(page.locator(".log")).to_contain_text("260")
    looked_at(page, "meeting")
    page.set_viewport_size({"width": 390, "height": 800})
    looked_at(page, "meeting-phone")
    assert Meeting.unguarded.get().attendance == 260


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("dark", [False, True])
def test_pages_fit_and_axe_finds_no_fault(open_page: Open, tmp_path: Path, width: int, dark: bool) -> None:
    settings = {"viewport": {"width": width, "height": 900}, **(DARK if dark else {})}
    name = f"{width}{'-dark' if dark else ''}"
    page = opened(open_page, "/instructions/new/", locale="en-US" if dark else "zh-CN", **settings)
    looked_at(page, f"instruction-{name}")
    page.goto("/ledgers/new/")
    page.locator("[name=file]").set_input_files(ledger(tmp_path, *((n, None, "临川市水利局") for n in range(4, 7))))
    page.locator("main button[type=submit]").click()
    looked_at(page, f"preview-{name}")
    page.goto("/ledgers/new/")
    page.locator("[name=file]").set_input_files(ledger(tmp_path))
    page.locator("main button[type=submit]").click()
    looked_at(page, f"preview-sound-{name}")
