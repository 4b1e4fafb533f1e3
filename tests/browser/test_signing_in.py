"""Signing in as somebody does it: pages in a browser, wide and on a phone, light and dark, in Chinese and English."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from luoshi.people.models import Role, User
from tests.people.made import World, post, user, world
from tests.people.test_signing import PASSWORD, code_of

from .conftest import Open, screen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 800}}
DARK = {"color_scheme": "dark"}


@pytest.fixture
def made() -> World:
    return world()


@pytest.fixture
def clerk(made: World) -> User:
    me = user("zhouyu", PASSWORD, name="周雨")
    post(me, Role.SUPERVISOR, made.units["A1:gov"])
    post(me, Role.CLERK, made.units["A1a:civil"])
    return me


def sign_in(page: Page, username: str = "zhouyu", password: str = PASSWORD) -> None:
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(password)
    page.locator("main button[type=submit]").first.click()


def fits(page: Page) -> bool:
    """Nothing sticks out to the right."""
    wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return bool(wide[0] <= wide[1])


def test_it_works(clerk: User, open_page: Open) -> None:
    page = open_page("/me/")
    expect(page).to_have_title("登录 · 落实")
    screen(page, "login")
    sign_in(page)
    expect(page.locator("h1")).to_contain_text("周雨")
    expect(page.locator("table")).to_contain_text("临川市人民政府 督查员")
    screen(page, "home")
    page.get_by_role("button", name="退出").click()
    expect(page).to_have_title("登录 · 落实")


def test_a_wrong_password_is_told_where_one_looks(clerk: User, open_page: Open) -> None:
    page = open_page("/accounts/login/")
    sign_in(page, password="something else")
    expect(page.get_by_role("alert")).to_contain_text("用户名或密码不正确")
    expect(page.locator("[name=login]")).to_have_value("zhouyu")
    expect(page.locator("[name=password]")).to_have_value("")


def test_a_second_factor_is_set_up_and_asked_for(clerk: User, open_page: Open) -> None:
    page = open_page("/me/")
    sign_in(page)
    page.get_by_role("link", name="两步验证").click()
    page.get_by_role("link", name="开启两步验证").click()
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="继续").click()
    expect(page.locator(".qr")).to_be_visible()
    assert page.locator(".qr").evaluate("image => image.naturalWidth") > 0, "the policy lets the code be seen"
    screen(page, "totp-setup")
    secret = page.locator(".secret code").inner_text()
    page.locator("[name=code]").fill(code_of(secret))
    page.get_by_role("button", name="开启").click()
    expect(page.locator(".codes li")).to_have_count(10)
    code = page.locator(".codes li").first.inner_text()
    page.get_by_role("button", name="退出").click()
    page.goto("/me/")
    sign_in(page)
    expect(page).to_have_title("两步验证 · 落实")
    page.locator("[name=code]").fill("000000")
    page.get_by_role("button", name="登录").click()
    expect(page.locator(".error")).to_contain_text("口令不正确")
    page.locator("[name=code]").fill(code)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("h1")).to_contain_text("周雨")


def test_sessions_are_listed_and_ended(clerk: User, open_page: Open) -> None:
    elsewhere, page = open_page("/me/"), open_page("/me/")
    for window in (elsewhere, page):
        sign_in(window)
    page.get_by_role("link", name="会话").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    screen(page, "sessions")
    page.get_by_role("button", name="结束其他会话").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    elsewhere.goto("/")
    expect(elsewhere).to_have_title("登录 · 落实")
    page.get_by_role("link", name="登录记录").click()
    expect(page.locator("tbody tr")).to_have_count(2)


def test_a_page_that_is_not_ones_own(clerk: User, open_page: Open) -> None:
    page = open_page("/admin/")
    sign_in(page)
    expect(page.locator("h1")).to_have_text("没有权限")


def test_on_a_phone_in_the_dark_nothing_sticks_out(clerk: User, open_page: Open) -> None:
    page = open_page("/accounts/login/", **PHONE, **DARK)
    assert fits(page)
    sign_in(page)
    expect(page.locator("header.bar .who")).to_be_visible()
    for path in ("/", "/accounts/password/", "/accounts/sessions/", "/me/logins/", "/accounts/2fa/"):
        page.goto(path)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (path, fits(page), ground) == (path, True, "rgb(21, 23, 26)")
        if path == "/":
            screen(page, "phone-dark")


def test_english_is_chosen_at_the_foot_of_the_page(clerk: User, open_page: Open) -> None:
    page = open_page("/me/")
    page.get_by_role("button", name="English").click()
    expect(page).to_have_title("Sign in · luoshi")
    sign_in(page)
    expect(page.locator("table")).to_contain_text("Supervisor, 临川市人民政府")
    assert not re.search("[\u4e00-\u9fff]", page.locator("h2").inner_text())
    screen(page, "home-english")


def test_the_keyboard_is_enough(clerk: User, open_page: Open) -> None:
    page = open_page("/me/")
    page.locator("[name=login]").focus()
    page.keyboard.type("zhouyu")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("周雨")
