"""The administration site in a browser: lists, forms and choices, with what Django's own pages need of the policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from luoshi.people.models import Role, User
from tests.people.made import World, post, user, world
from tests.people.test_signing import PASSWORD

from .conftest import Open, screen
from .test_signing_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


DESK = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def made() -> World:
    return world()


@pytest.fixture
def administrator(made: World) -> User:
    me = user("guanli", PASSWORD, name="管理")
    post(me, Role.ADMINISTRATOR, made.units["A1:gov"])
    for key in ("A1a:civil", "A1a:water", "A1b:gov", "A1a1:gov"):
        post(user(f"u{key}".replace(":", ""), name="钱山"), Role.CLERK, made.units[key])
    return me


def test_it_works(administrator: User, open_page: Open) -> None:
    """Somebody new, from the form to their own password."""
    page = open_page("/admin/people/user/add/", **DESK)
    sign_in(page, "guanli")
    page.locator("[name=username]").fill("wujiang")
    page.locator("[name=name]").fill("吴江")
    page.locator("[name=posts-0-role]").select_option(label="承办人")
    page.locator("#posts-0 .select2-selection").click()
    page.locator(".select2-search__field").fill("青溪县民政")
    page.locator(".select2-results__option", has_text="青溪县民政局").click()
    page.locator("[name=posts-0-since]").fill("2026-01-01")
    page.locator("[name=_save]").click()
    once = page.locator(".once").inner_text()
    screen(page, "one-time-password")
    theirs = open_page("/accounts/login/")
    sign_in(theirs, "wujiang", once)
    expect(theirs).to_have_title("修改密码 · 落实")
    theirs.locator("[name=oldpassword]").fill(once)
    for field in ("password1", "password2"):
        theirs.locator(f"[name={field}]").fill("two grey herons at dusk")
    theirs.get_by_role("button", name="修改密码").click()
    theirs.goto("/me/")
    expect(theirs.locator("table")).to_contain_text("青溪县民政局 承办人")


def test_lists_and_forms_open(administrator: User, open_page: Open) -> None:
    page = open_page("/admin/", **DESK)
    sign_in(page, "guanli")
    for path, rows in (("people/post/", 5), ("people/user/", 5), ("people/login/", 1), ("places/unit/", 12)):
        page.goto(f"/admin/{path}")
        expect(page.locator("#result_list tbody tr")).to_have_count(rows)
    page.goto("/admin/people/post/")
    screen(page, "admin-posts")
    page.locator("#result_list tbody th a").first.click()
    expect(page.locator("#id_lines_from")).to_be_visible()
    page.locator("[name=until_0], [name=until]").first.fill("2027-01-01")
    page.locator("[name=_save]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_in_english(administrator: User, open_page: Open) -> None:
    page = open_page("/accounts/login/", locale="en-GB")
    sign_in(page, "guanli")
    page.goto("/admin/people/post/")
    expect(page.locator("#site-name")).to_contain_text("luoshi · administration")
    expect(page.locator("#result_list thead")).to_contain_text("Role")
