"""Every page of the desk in a browser: readable by everybody and as wide as its window, in every look; and on paper."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from luoshi.intake.models import Draft
from tests.desk.every_page import Made, addresses, made
from tests.people.test_signing import PASSWORD

from .conftest import Open
from .looking import EACH_LOOK, LOOKS, faults, picture
from .test_signing_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# What is a page to nobody: files, and a part of a page that htmx asks for.
NO_PAGES = {"evidence", "original", "list_excel", "draft_earlier", "item_letter"}


@pytest.fixture
def there(settings: Any, tmp_path: Path) -> Made:
    """Rows of each kind; a supervisor and a clerk sign in."""
    settings.MEDIA_ROOT = tmp_path / "files"
    there = made()
    for name in ("city", "water"):
        there.office[name].set_password(PASSWORD)
        there.office[name].save()
    return there


def pages(there: Made, name: str) -> Iterator[tuple[str, str]]:
    """The pages that somebody may open, each by its address and with the name of what answers."""
    client = Client()
    client.force_login(there.office[name])
    for url, called, _ in addresses(there):
        if called not in NO_PAGES and client.get(url).status_code == 200:
            yield url, called


def at(open_page: Open, name: str, **settings: Any) -> Page:
    page = open_page("/me/", timezone_id="Asia/Shanghai", **settings)
    page.set_default_timeout(30_000)
    sign_in(page, name)
    expect(page.locator("header.bar .who")).to_be_visible()
    return page


# A clerk's pages are built of the same parts as a supervisor's: two looks show what is theirs alone.
OF_A_CLERK = ("phone, dark", "wide, dark, in English")


@pytest.mark.parametrize("look", EACH_LOOK)
def test_everybody_can_use_every_page(look: str, there: Made, open_page: Open) -> None:
    found = {}
    for name in ("city", "water") if look in OF_A_CLERK else ("city",):
        page = at(open_page, name, **LOOKS[look])
        for url, called in pages(there, name):
            page.goto(url)
            picture(page, f"{look}-{name}-{called}-{url.strip('/').split('/')[-1][:12]}")
            found[f"{name} {url}"] = faults(page)
    assert len(found) > 15
    assert {url: told for url, told in found.items() if told} == {}


def printed(page: Page) -> str:
    """The words of the page on paper."""
    paper = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4")))
    return "".join("".join(sheet.get_textpage().get_text_range().split()) for sheet in paper)


# What each page says on paper: words of its own, and no word of what one would press.
ON_PAPER = {
    "/items/{item}/": ("修好青溪县三座病险水库", "办理经过"),
    "/lists/all/": ("修好青溪县三座病险水库", "牵头单位"),
    "/reports/{report}/": ("青溪县召开防汛备汛工作会议", "未跟进"),
    "/reports/{report}/desk/": ("加密巡堤查险", "青溪县召开防汛备汛工作会议"),
}
PRESSED = ("退出", "检索", "筛选", "申请办结", "确认立项", "打开阅读台", "导出Excel", "不立项", "English")


def test_on_paper_there_are_words_and_nothing_to_press(there: Made, open_page: Open) -> None:
    page = at(open_page, "city")
    for path, words in ON_PAPER.items():
        page.goto(path.format(item=there.item, report=there.report.pk))
        told = printed(page)
        assert [word for word in words if word not in told] == [], path
        assert [word for word in PRESSED if word in told.replace("不立项0", "")] == [], path


def test_the_reading_desk_by_keys_alone(there: Made, open_page: Open) -> None:
    """From signing in to the last draft without a pointer; the focus is always somewhere."""
    page = at(open_page, "city")
    page.goto(f"/reports/{there.report.pk}/desk/")
    page.locator("body").focus()
    first, second, third, *_ = drafts = list(Draft.unguarded.filter(report=there.report).order_by("rank", "pk"))

    def press(*keys: str, shows: tuple[Draft, str]) -> None:
        for key in keys:
            page.keyboard.press(key)
        draft, words = shows
        expect(page.locator(f"#t{draft.pk}")).to_contain_text(words)
        expect(page.locator(f"#t{draft.pk} :focus, .note:focus, main :focus").first).to_be_attached()

    press("j", shows=(first, "确认立项"))
    press("e", shows=(first, "保存"))
    expect(page.locator("#id_words")).to_be_focused()
    for key in ("Tab", *"水利"):
        page.keyboard.press(key) if key == "Tab" else page.keyboard.insert_text(key)
    press("Escape", shows=(first, "确认立项"))
    press("Enter", shows=(first, "已立项"))
    press("j", "x", shows=(second, "为什么不立项"))
    expect(page.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("Space")
    press("Enter", shows=(second, "撤销"))
    press("u", shows=(second, "确认立项"))
    press("j", shows=(third, "确认立项"))
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".note")).to_contain_text("已立项")
    assert len(drafts) > 3
