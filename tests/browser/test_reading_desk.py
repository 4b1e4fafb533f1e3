"""A report dropped in and its drafts decided as somebody does it: with keys, without JavaScript, on a phone, in the dark."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from luoshi.documents.models import Report
from luoshi.intake.models import Draft
from luoshi.places.models import Origin, Unit
from tests.desk.reports_made import brought, drafts, long_meeting
from tests.intake.made import MEETING
from tests.ledger.office import Office, office
from tests.people.test_signing import PASSWORD

from .conftest import Open, screen
from .looking import barred
from .test_signing_in import DARK, PHONE, fits, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def there(settings: Any, tmp_path: Path) -> Office:
    """The office; its supervisor of the city signs in."""
    settings.MEDIA_ROOT = tmp_path
    made = office()
    for unit in Unit.objects.filter(place__key__in=("A1", "A1a")).select_related("place"):
        Unit.objects.filter(pk=unit.pk).update(origin=Origin.HAND, aliases=[unit.name[len(unit.place.name) - 1 :]])
    made["city"].set_password(PASSWORD)
    made["city"].save()
    return made


def at(open_page: Open, path: str, **settings: Any) -> Page:
    page = open_page(path, **settings)
    sign_in(page, "city")
    page.wait_for_url(f"**{path}")
    return page


def state(draft: Draft) -> str:
    return Draft.unguarded.get(pk=draft.pk).state


def test_a_report_is_dropped_in_and_decided_with_the_keyboard(there: Office, open_page: Open, tmp_path: Path) -> None:
    page = at(open_page, "/reports/")
    # The first report of a process waits for the directory of the country's units.
    page.set_default_timeout(60_000)
    expect(page.locator(".empty")).to_contain_text("还没有文稿")
    file = tmp_path / "会议.txt"
    file.write_text(MEETING, "utf-8")
    page.locator("#id_files").set_input_files(file)
    page.get_by_role("button", name="读入并列出任务").click()
    page.wait_for_url("**/desk/")
    first, second, third, *_ = rows = drafts(Report.unguarded.get())
    expect(page.locator(".card")).to_have_count(len(rows))

    page.keyboard.press("j")
    expect(page.locator(f"#e{first.pk}")).to_have_class("ev is-waiting lit")
    page.keyboard.press("Enter")
    expect(page.locator(f"#t{first.pk}")).to_contain_text("已立项")
    expect(page.locator("#sums")).to_contain_text("已立项 1")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.get_by_label("已经完成").check()
    page.locator("form.ask button[type=submit]").click()
    expect(page.locator(f"#t{second.pk}")).to_have_class(re.compile("is-refused"))
    page.keyboard.press("u")
    expect(page.locator(f"#t{second.pk}")).to_contain_text("确认立项")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.locator("#id_lead").fill("临川市水利局")
    page.locator("#id_due").fill("2026-12-31")
    page.locator("form.ask button[type=submit]").click()
    expect(page.locator(f"#t{third.pk} dl")).to_contain_text("临川市水利局")
    page.keyboard.press("Enter")
    expect(page.locator(f"#t{third.pk}")).to_contain_text("已立项")
    assert (state(first), state(second), state(third)) == ("confirmed", "waiting", "confirmed")


def test_the_whole_directive_is_confirmed_and_what_is_ticked_is_counted(there: Office, open_page: Open) -> None:
    report = brought(there)
    first, second, third, *_ = drafts(report)
    page = at(open_page, f"/reports/{report.pk}/desk/")
    screen(page, "reading-desk")
    page.locator(f"#t{third.pk} input[type=checkbox]").check()
    expect(page.locator("#bulk")).to_contain_text("确认并交办 1 条")
    page.locator(f"#t{first.pk} a.n").click()
    page.keyboard.press("Shift+Enter")
    expect(page.locator(".note")).to_contain_text("已立项 2 条")
    assert (state(first), state(second), state(third)) == ("confirmed", "confirmed", "waiting")


def test_either_side_lights_the_other(there: Office, open_page: Open) -> None:
    report = brought(there)
    row = drafts(report)[2]
    page = at(open_page, f"/reports/{report.pk}/desk/")
    page.locator(f"#e{row.pk}").click()
    expect(page.locator(f"#t{row.pk}")).to_have_class("card is-waiting chosen lit")
    page.locator(f"#t{drafts(report)[0].pk}").hover()
    expect(page.locator(f"#e{drafts(report)[0].pk}")).to_have_class("ev is-waiting lit")


def test_without_javascript_everything_is_a_page(there: Office, open_page: Open) -> None:
    report = brought(there)
    first, second, *_ = drafts(report)
    page = at(open_page, f"/reports/{report.pk}/desk/", java_script_enabled=False)
    page.locator(f"#t{first.pk}").get_by_role("button", name="确认立项").click()
    page.wait_for_url(f"**/desk/#t{first.pk}")
    page.locator(f"#t{second.pk}").get_by_role("link", name="不立项").click()
    page.locator("form.ask button").click()
    expect(page.locator(".errors")).to_contain_text("请选择不立项的原因")
    page.get_by_label("识别有误").check()
    page.locator("form.ask button").click()
    page.wait_for_url(f"**/desk/#t{second.pk}")
    page.locator(f"#t{second.pk}").get_by_role("button", name="撤销").click()
    assert (state(first), state(second)) == ("confirmed", "waiting")


def test_two_hundred_drafts_come_as_one_scrolls(there: Office, open_page: Open) -> None:
    report = brought(there, long_meeting())
    page = at(open_page, f"/reports/{report.pk}/desk/")
    assert page.locator(".card").count() < 200
    page.locator(".cards .rest").scroll_into_view_if_needed()
    expect(page.locator(".card")).to_have_count(200)


# The dark one and the narrow one are also the last one.
EACH_LOOK = [
    pytest.param({}, id="light"),
    pytest.param(DARK, id="dark", marks=pytest.mark.long),
    pytest.param(PHONE, id="phone", marks=pytest.mark.long),
    pytest.param({**PHONE, **DARK, "locale": "en"}, id="en"),
]


@pytest.mark.parametrize("look", EACH_LOOK)
def test_everybody_can_read_and_use_it(there: Office, open_page: Open, look: dict[str, Any]) -> None:
    report = brought(there)
    first = drafts(report)[0]
    page = at(open_page, "/reports/", **look)
    for path in ("", f"{report.pk}/", f"{report.pk}/desk/", f"../drafts/{first.pk}/", f"../drafts/{first.pk}/refuse/"):
        page.goto(f"/reports/{path}")
        assert fits(page), path
        assert barred(page) == [], path
    page.goto(f"/reports/{report.pk}/desk/")
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.locator("#id_words")).to_be_focused()
    assert barred(page) == []
