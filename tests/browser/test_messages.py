"""Messages and notification settings in a browser: with and without scripts, for everybody, in every look."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from luoshi.delivery.fanning import fan_out
from luoshi.delivery.models import Channel, Delivery
from luoshi.delivery.sealing import unseal
from tests.ledger.office import Desk, at, in_hand, office
from tests.people.test_signing import PASSWORD

from .conftest import Open
from .looking import EACH_LOOK, LOOKS, faults, picture
from .test_signing_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOOK = "https://hooks.example.gov.cn/a"


@pytest.fixture
def desk(settings: Any, tmp_path: Path) -> Desk:
    """An item of the water bureau, its clerk told of it; the clerk and an administrator sign in."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.LUOSHI_CHANNELS = ("mail", "webhook", "dingtalk", "wecom", "feishu")
    settings.LUOSHI_WEBHOOK_HOSTS = ("hooks.example.gov.cn",)
    desk = in_hand(office())
    desk.act("city", "remind", note="请抓紧")
    fan_out(at(5))
    for name in ("water", "admin"):
        desk.office[name].set_password(PASSWORD)
        desk.office[name].save()
    return desk


def at_desk(open_page: Open, name: str, **settings: Any) -> Page:
    page = open_page("/me/", timezone_id="Asia/Shanghai", **settings)
    page.set_default_timeout(30_000)
    sign_in(page, name)
    expect(page.locator("header.bar .who")).to_be_visible()
    return page


def test_it_works(desk: Desk, open_page: Open) -> None:
    """Without a script: told, read, chosen where else to be told."""
    page = at_desk(open_page, "water", java_script_enabled=False)
    page.get_by_role("link", name="消息 2").click()
    expect(page.locator("table.rows")).to_contain_text("催办")
    page.get_by_role("button", name=desk.row.words).first.click()
    expect(page.locator("h1")).to_have_text(desk.row.words)
    page.get_by_role("link", name="消息 1").click()
    page.get_by_role("button", name="全部标为已读").click()
    expect(page.get_by_role("link", name="消息", exact=True).first).to_be_visible()
    page.get_by_role("link", name="接收设置").click()
    hook = page.get_by_role("region", name="网络回调（webhook）")
    hook.get_by_label("回调网址").fill("http://127.0.0.1/")
    hook.get_by_label("启用").check()
    hook.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("只能以 https:// 开头")
    hook.get_by_label("回调网址").fill(HOOK)
    hook.get_by_role("button", name="保存").click()
    secret = page.locator(".secret code").inner_text()
    assert unseal(Channel.unguarded.get().sealed) == (HOOK, secret)


@pytest.mark.parametrize("look", EACH_LOOK)
def test_everybody_can_use_the_pages(look: str, desk: Desk, open_page: Open) -> None:
    page, found = at_desk(open_page, "water", **LOOKS[look]), {}
    for address in ("/messages/", "/messages/?unread=1", "/receiving/"):
        page.goto(address)
        picture(page, f"{look}-{address.strip('/?=1')}")
        found[address] = faults(page)
    page.locator("#id_webhook-target").fill("nowhere")
    page.locator("section:has(#id_webhook-target) button[type=submit]").first.click()
    found["wrong"] = faults(page)
    page.locator("#id_webhook-target").fill(HOOK)
    page.locator("#id_webhook-on").check()
    page.locator("section:has(#id_webhook-target) button[type=submit]").first.click()
    expect(page.locator(".secret code")).to_be_visible()
    found["chosen"] = faults(page)
    picture(page, f"{look}-chosen")
    desk.act("city", "remind", note="请抓紧")
    fan_out(at(6))
    Delivery.unguarded.update(state="dead", error="timeout", attempts=9, ended_at=at(6))
    admin = at_desk(open_page, "admin", **LOOKS[look])
    admin.goto("/undelivered/")
    expect(admin.locator("table.rows tbody tr")).to_have_count(1)
    picture(admin, f"{look}-undelivered")
    found["undelivered"] = faults(admin)
    assert {name: told for name, told in found.items() if told} == {}
