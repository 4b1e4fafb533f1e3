"""Items in a browser: without scripts and with, wide and on a phone; what is uploaded never runs; nothing bars anybody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from luoshi.ledger.models import Evidence
from tests.ledger.office import Desk, Office, in_hand, office, opened
from tests.people.test_signing import PASSWORD

from .conftest import Open, screen
from .looking import barred
from .test_signing_in import DARK, PHONE, fits, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def there(settings: Any, tmp_path: Path) -> Office:
    settings.MEDIA_ROOT = tmp_path
    made = office()
    for name, called in {"city": "吴江", "water": "周雨", "checker": "郑远"}.items():
        made[name].set_password(PASSWORD)
        made[name].name = called
        made[name].save()
    return made


def as_(open_page: Open, name: str, path: str, **settings: Any) -> Page:
    page = open_page("/accounts/login/", **settings)
    sign_in(page, name)
    expect(page.locator("header.bar .who")).to_be_visible()
    page.goto(path)
    return page


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_it_works(scripts: bool, there: Office, open_page: Open, tmp_path: Path) -> None:
    """A unit is written by hand or chosen from those offered; a file that is refused takes nothing with it."""
    desk = opened(there)
    city = as_(open_page, "city", "/inbox/", java_script_enabled=scripts)
    city.get_by_role("link", name="交办").click()
    city.get_by_label("牵头单位").press_sequentially("临川市水")
    if scripts:
        expect(city.locator("#l-lead option")).to_have_attribute("value", "临川市水利局")
    city.get_by_label("牵头单位").fill("临川市水利局")
    city.get_by_label("完成期限").fill("2099-12-31")
    city.get_by_role("button", name="交办").click()
    expect(city.get_by_role("status")).to_contain_text("“交办”已记录")
    water = as_(open_page, "water", "/inbox/", java_script_enabled=scripts)
    water.get_by_role("button", name="签收").first.click()
    expect(water.get_by_role("status")).to_contain_text("已办理")
    water.goto(f"/items/{desk.item}/moves/ask_closure/")
    page, proof = tmp_path / "页面.txt", tmp_path / "验收.txt"
    page.write_text("<html><script>document.title='run'</script>", "utf-8")
    proof.write_text("验收合格", "utf-8")
    water.get_by_label("完成情况").fill("三座水库均已修好")
    water.locator("[name=evidence-photo]").set_input_files(page)
    water.locator("[name=evidence-document]").set_input_files(proof)
    water.get_by_role("button", name="申请办结").click()
    expect(water.locator(".errors")).to_contain_text("页面.txt")
    expect(water.locator(".errors")).to_be_focused()
    expect(water.get_by_label("完成情况")).to_have_value("三座水库均已修好")
    expect(water.locator(".kept")).to_contain_text("验收.txt")
    water.get_by_role("button", name="申请办结").click()
    expect(water.locator(".steps [aria-current=step]")).to_have_text("待核查")


PAGES = (
    "/inbox/",
    "/inbox/?tab=all",
    "/items/{}/",
    "/items/{}/moves/split/",
    "/items/{}/moves/ask_closure/",
    "/units/?q=水",
)
LOOKS: dict[str, dict[str, Any]] = {
    "wide": {**WIDE, "locale": "zh-CN"},
    "dark, in English": {**DARK, "locale": "en-GB"},
    "phone": PHONE,
}


# Wide, in the light and in Chinese are the other tests of this page, and the other two by turns.
EACH_LOOK = [pytest.param(look, marks=pytest.mark.long if look == "wide" else ()) for look in LOOKS]


@pytest.mark.parametrize("look", EACH_LOOK)
def test_nothing_bars_anybody_and_nothing_sticks_out(look: str, there: Office, open_page: Open) -> None:
    desk = told(there)
    page = as_(open_page, "water", "/inbox/", **LOOKS[look])
    for path in PAGES:
        page.goto(path.format(desk.item))
        assert (path, barred(page), fits(page)) == (path, [], True)
        # Each that is opened is not among the folded ones any more.
        folded = page.locator("details:not([open]) > summary")
        for _ in range(folded.count()):
            folded.first.click()
        assert (path, barred(page), fits(page)) == (path, [], True)
    page.goto(f"/items/{desk.item}/moves/split/")
    page.get_by_role("button", name="分解" if look != "dark, in English" else "Split").click()
    expect(page.locator(".errors")).to_be_visible()
    assert barred(page) == []


def told(there: Office) -> Desk:
    """An item with something of everything, and another in the inbox."""
    desk = in_hand(there, supports=["A1:civil"])
    plan = [{"words": "完成勘察设计", "due": "2026-11-30"}, {"words": "主体完工", "due": "2099-03-31"}]
    desk.act("city", "fill_in", measure="三座水库验收合格，蓄水正常", urgency="urgent", milestones=plan)
    parts = [{"words": "石桥水库加固", "lead": "A1a:water", "due": "2026-12-20", "place": "A1a"}]
    desk.act("water", "split", parts=parts)
    desk.act("water", "report", progress="勘察设计已完成，三座水库均已进场。\n第二周开始清淤。")
    for words in ("修路", "推进城乡供水一体化改造，完成农村供水管网更新一百二十公里，惠及石桥镇等八个乡镇三万余名群众"):
        opened(there, words=words).act("city", "dispatch", lead="A1:water", due="2026-12-05")
    return desk


def test_pictures(there: Office, open_page: Open) -> None:
    desk = told(there)
    page = as_(open_page, "water", "/inbox/", **WIDE)
    expect(page.locator("table.rows tbody tr")).to_have_count(3)
    screen(page, "inbox")
    page.goto(f"/items/{desk.item}/")
    expect(page.locator(".seal")).to_have_text("链完整 ✓")
    screen(page, "item")


@pytest.mark.parametrize(
    "content", ["<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "<html><script>alert(1)</script>"]
)
@pytest.mark.parametrize("media_type", ["text/plain", "application/pdf"])
def test_what_got_in_after_all_never_runs(
    content: str, media_type: str, there: Office, open_page: Open, settings: Any
) -> None:
    """Bytes that the door would refuse, put there past it: the browser saves them, and shows nothing."""
    desk = in_hand(there)
    sha256 = "ab" * 32
    place = Path(settings.MEDIA_ROOT, "evidence", "ab", sha256)
    place.parent.mkdir(parents=True)
    place.write_text(content)
    made = {
        "media_type": media_type,
        "size": 1,
        "name": "图.html",
        "subject": "post:1",
        "brought_at": "2026-11-22T00:00Z",
    }
    Evidence.unguarded.create(item_id=desk.item, sha256=sha256, **made)
    page = as_(open_page, "water", f"/items/{desk.item}/")
    page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    with page.expect_download() as saved:
        page.evaluate("path => { location.href = path }", f"/items/{desk.item}/evidence/{sha256}/")
    assert saved.value.suggested_filename.endswith((".txt", ".pdf"))
    assert page.url.endswith(f"/items/{desk.item}/")
    answer = page.request.get(f"/items/{desk.item}/evidence/{sha256}/")
    assert (
        answer.headers["x-content-type-options"] == "nosniff" and "sandbox" in answer.headers["content-security-policy"]
    )
