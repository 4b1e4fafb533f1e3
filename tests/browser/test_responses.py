"""A response in a browser: chosen, previewed, activated, looked at, stood down; a calendar's address; axe finds no fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from luoshi.ledger.models import Item
from tests.intake.responses import parts, ready
from tests.ledger.office import Office, office
from tests.people.test_signing import PASSWORD

from .conftest import Open, screen
from .looking import EACH_LOOK, LOOKS, PHONE, WIDE, faults, picture
from .test_signing_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def there(settings: Any, tmp_path: Path) -> Office:
    settings.MEDIA_ROOT = tmp_path
    made = ready(office())
    made["city"].set_password(PASSWORD)
    made["city"].save()
    return made


def at(open_page: Open, path: str, **settings: Any) -> Page:
    page = open_page(path, timezone_id="Asia/Shanghai", **settings)
    page.set_default_timeout(30_000)
    sign_in(page, "city")
    page.goto(path)
    return page


def looked_at(page: Page, name: str) -> None:
    picture(page, name)
    assert faults(page) == [], name


def chosen(page: Page) -> None:
    page.locator("[name=set]").select_option("flood")
    page.locator("[name=level]").select_option("iii")
    page.get_by_label("青溪县").check()
    page.get_by_label("白塔区").check()
    page.locator("button[name=preview]").click()


def activated(page: Page) -> Item:
    page.goto("/responses/new/")
    chosen(page)
    page.locator("button[name=activate]").click()
    expect(page.locator("table.grid")).to_be_visible()
    return Item.unguarded.get(playbook="response", parent=None)


def test_it_works(there: Office, open_page: Open) -> None:
    page = at(open_page, "/responses/new/", **WIDE)
    looked_at(page, "new")
    chosen(page)
    expect(page.locator(".preview")).to_contain_text("11 件")
    looked_at(page, "preview")
    page.locator("button[name=activate]").click()
    expect(page.locator("table.grid tbody tr")).to_have_count(2)
    looked_at(page, "grid")
    screen(page, "response")
    page.get_by_role("link", name="调整级别、地区").click()
    page.locator("[name=level]").select_option("ii")
    page.locator("button[name=preview]").click()
    looked_at(page, "level")
    page.locator("button[name=set]").click()
    expect(page.locator(".note").first).to_contain_text("已下达 8 件")
    page.get_by_role("link", name="终止响应").click()
    looked_at(page, "stand-down")
    page.locator("[name=words]").fill("雨停水退")
    page.locator("main form button").click()
    expect(page.locator(".note").first).to_contain_text("响应已结束")
    page.goto("/responses/")
    looked_at(page, "all")


def test_without_javascript_on_a_phone_nothing_typed_is_lost(there: Office, open_page: Open) -> None:
    page = at(open_page, "/responses/new/", java_script_enabled=False, **PHONE)
    page.locator("[name=basis]").fill("市防指〔2026〕3号令")
    page.locator("[name=more]").fill("无此县")
    page.get_by_label("青溪县").check()
    page.locator("[name=set]").select_option("flood")
    page.locator("[name=level]").select_option("iii")
    page.locator("button[name=preview]").click()
    expect(page.locator(".errors")).to_contain_text("无此县")
    expect(page.locator("[name=basis]")).to_have_value("市防指〔2026〕3号令")
    expect(page.get_by_label("青溪县")).to_be_checked()
    page.locator("[name=more]").fill("白塔区")
    page.locator("button[name=preview]").click()
    page.locator("button[name=activate]").click()
    expect(page.locator("table.grid tbody tr")).to_have_count(2)
    assert len(parts(Item.unguarded.get(playbook="response", parent=None).pk)) == 11


@pytest.mark.parametrize("look", EACH_LOOK)
def test_every_look(look: str, there: Office, open_page: Open) -> None:
    page = at(open_page, "/me/calendar/", **LOOKS[look])
    page.locator("button[name=make]").click()
    expect(page.locator("#address")).to_be_visible()
    looked_at(page, f"calendar-{look}")
    page.goto("/responses/new/")
    page.locator("button[name=preview]").click()
    looked_at(page, f"wrong-{look}")
    made = activated(page)
    for name, path in (("grid", ""), ("level", "level/"), ("down", "stand-down/")):
        page.goto(f"/responses/{made.pk}/{path}")
        looked_at(page, f"{name}-{look}")
