"""The page of a list in a browser: by keyboard, on a phone, without a script; readable by everybody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.ledger.office import Office, office, open_task
from tests.people.test_signing import PASSWORD

from .conftest import Open
from .looking import barred
from .test_signing_in import fits, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def there(settings: Any, tmp_path: Path) -> Office:
    """An office with two tasks, whose supervisor has a password."""
    settings.MEDIA_ROOT = tmp_path
    made = office()
    made["city"].set_password(PASSWORD)
    made["city"].save()
    open_task(made["city"])
    open_task(made["city"], words="核查低保对象")
    return made


def at_the_list(open_page: Open, **settings: Any) -> Page:
    page = open_page("/lists/tasks/", timezone_id="Asia/Shanghai", **settings)
    sign_in(page, "city")
    page.goto("/lists/tasks/")
    return page


def test_it_works(there: Office, open_page: Open) -> None:
    page = at_the_list(open_page)
    page.keyboard.press("/")
    page.keyboard.type("低保")
    page.keyboard.press("Enter")
    expect(page.locator("table.items tbody tr")).to_have_count(1)
    page.locator("a.chip", has_text="低保").click()
    expect(page.locator("table.items tbody tr")).to_have_count(2)
    assert barred(page) == []


def test_without_a_script(there: Office, open_page: Open) -> None:
    page = at_the_list(open_page, java_script_enabled=False)
    page.locator("form.seek input").fill("水库")
    page.locator("form.seek button").click()
    expect(page.locator("table.items tbody tr")).to_have_count(1)
    page.locator("#f-place").select_option(label="青溪县")
    page.locator("form.narrow button").click()
    expect(page.locator(".empty")).to_be_visible()


def test_on_a_phone_in_the_dark_nothing_sticks_out(there: Office, open_page: Open) -> None:
    page = at_the_list(open_page, viewport={"width": 390, "height": 800}, color_scheme="dark")
    assert fits(page)
    expect(page.locator("form.narrow")).to_be_hidden()
    assert barred(page) == []
