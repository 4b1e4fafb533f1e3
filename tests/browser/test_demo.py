"""The demonstration as somebody meets it who tries luoshi; the pictures of the documents are taken here."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from luoshi.cli.demo.cast import make
from luoshi.cli.demo.ground import prepare
from luoshi.cli.demo.story import Story
from luoshi.documents.models import Report
from luoshi.ledger.models import Item
from luoshi.people.models import User
from tests.people.test_signing import PASSWORD

from .conftest import Open, screen
from .test_signing_in import DARK, PHONE, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE = {"viewport": {"width": 1360, "height": 820}}


@pytest.fixture
def demo(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    today = datetime.date.today()
    stage = prepare("浙江省", today, lambda _: None)
    make(stage.places, datetime.date(today.year - 1, 1, 1))
    Story(stage.places, today, lambda _: None).tell()
    for user in User.unguarded.filter(username__in=("sheng.ducha", "shi.ducha", "qu.minzheng")):
        user.set_password(PASSWORD)
        user.save()


def at(open_page: Open, name: str, path: str, **settings: Any) -> Page:
    page = open_page(path, **settings)
    sign_in(page, name)
    page.wait_for_url(f"**{path}")
    return page


def test_it_works(demo: None, open_page: Open) -> None:
    """The demonstration takes longest to make: so it is made once."""
    for looks in (a_noisy_report_is_open_on_the_desk, somebody_tries_it, a_county_clerk_looks_on_a_phone):
        looks(open_page)


def a_noisy_report_is_open_on_the_desk(open_page: Open) -> None:
    report = Report.unguarded.get(name="business.txt")
    page = at(open_page, "sheng.ducha", f"/reports/{report.pk}/desk/", **WIDE)
    page.set_default_timeout(60_000)
    expect(page.locator(".card").first).to_be_visible()
    # Past what is decided, to what prints an owner.
    for _ in range(4):
        page.keyboard.press("j")
    screen(page, "reading-desk", full=False)


def somebody_tries_it(open_page: Open) -> None:
    report = Report.unguarded.get(name="water.txt")
    page = at(open_page, "shi.ducha", "/inbox/", **WIDE)
    page.set_default_timeout(60_000)
    expect(page.locator("main")).to_contain_text("食品安全检查")
    screen(page, "inbox")
    page.goto("/lists/all/")
    expect(page.locator("main")).to_contain_text("补齐山洪易发村预警喇叭")
    screen(page, "list")
    page.goto(f"/reports/{report.pk}/")
    expect(page.locator("main")).to_contain_text("病险水库除险加固")
    screen(page, "report")
    whole = Item.unguarded.get(words__contains="6座病险水库")
    page.goto(f"/items/{whole.pk}/")
    expect(page.locator("main")).to_contain_text("完成南岙、白石两座水库除险加固")
    screen(page, "item")


def a_county_clerk_looks_on_a_phone(open_page: Open) -> None:
    page = at(open_page, "qu.minzheng", "/inbox/", **PHONE, **DARK)
    expect(page.locator("main")).to_contain_text("上门讲清用火用电")
    screen(page, "inbox-phone-dark")
