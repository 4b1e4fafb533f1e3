"""The pages of places and units in a browser: an outline with its source, a life that is corrected, units confirmed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from luoshi.people.models import User
from luoshi.places.lines import load_lines
from luoshi.places.loading import load_line_rows, load_units
from luoshi.places.models import Place, Unit
from tests.people.test_signing import PASSWORD
from tests.places.made import TODAY, plant

from .conftest import Open, screen
from .test_signing_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# The server's time zone, as in an office: Django remarks on any other.
DESK = {"viewport": {"width": 1440, "height": 900}, "timezone_id": "Asia/Shanghai"}


@pytest.fixture
def owner(open_page: Open) -> Page:
    """The owner of the installation, at the page of a county."""
    plant()
    lines = load_lines()
    load_line_rows(lines)
    load_units(lines, TODAY)
    User.unguarded.create_superuser("owner", PASSWORD)
    page = open_page(f"/admin/places/place/{Place.objects.get(key='330114').pk}/change/", **DESK)
    sign_in(page, "owner")
    return page


def test_it_works(owner: Page) -> None:
    """The county is drawn with its source; its name is put right and stays so."""
    expect(owner.locator("svg[role=img]")).to_be_visible()
    expect(owner.locator("body")).to_contain_text("审图号")
    screen(owner, "admin-place")
    owner.locator("[name=states-0-name]").fill("钱塘新城区")
    owner.locator("[name=_save]").click()
    expect(owner.locator(".messagelist .success")).to_be_visible()
    assert Place.objects.get(key="330114").name == "钱塘新城区"


def test_a_change_that_breaks_the_tree_is_said_and_nothing_typed_is_lost(owner: Page) -> None:
    owner.locator("[name=states-0-until]").fill("2023-01-01")
    owner.locator("[name=_save]").click()
    expect(owner.locator("body")).to_contain_text("失去上级")
    expect(owner.locator("[name=states-0-until]")).to_have_value("2023-01-01")


def test_units_are_found_and_confirmed(owner: Page) -> None:
    owner.goto("/admin/places/unit/?q=钱塘区发展")
    owner.locator("#result_list tbody .action-select").first.check()
    owner.locator("[name=action]").select_option("confirm")
    owner.get_by_role("button", name="执行").click()
    expect(owner.locator(".messagelist .success")).to_contain_text("1")
    assert Unit.objects.get(status="confirmed").name == "钱塘区发展和改革局"


def test_no_page_is_wider_than_its_screen(owner: Page) -> None:
    county, unit = Place.objects.get(key="330114"), Unit.objects.get(key="330114/development_reform")
    for path in (f"place/{county.pk}/change/", f"unit/{unit.pk}/change/", "unit/", "line/"):
        owner.goto(f"/admin/places/{path}")
        wide = owner.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path
