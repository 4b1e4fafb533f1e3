"""From a noisy report to a closed item by five people, each in a browser: with scripts and without, wide and on a phone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from luoshi.documents.models import Report
from luoshi.ledger.models import Event, Item
from luoshi.ledger.proving.verify import verify
from luoshi.people.models import Role
from luoshi.places.models import Origin, Unit
from tests.ledger.office import Office, office
from tests.people.made import post, user
from tests.people.test_signing import PASSWORD

from .conftest import Open
from .looking import PHONE, WIDE, picture
from .test_signing_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# As it comes from a page: its frame, spaces within words, characters of the other script, commas of another width.
REPORT = """首页 | 新闻 | 政务公开 | 互动交流
当前位置: 首页 > 临川要闻
临川市召开水库除险加固推進会议
发布时间:2026-11-20 来源:临川日报 字号:[大 中 小]
  11月19日,临川市召开水库除险加固推进会议。市长穆清扬出席会议并讲话。
  穆清扬强調,要压实巡查责任,加密巡堤查险。要确保石 桥镇、白 塔区12座小型水库除险加固全部完工。青溪县要抓紧修好三座病险水库。
  会议要求,各乡镇要备足抢险物资;严禁迟报瞒报汛情。
(责任编辑:林小满)
联系我们 | 网站地图 | 打印本页
"""
WORDS, PART = "修好三座病险水库", "加固石桥水库大坝"
DUE, EARLIER = ((date.today() + timedelta(days)).isoformat() for days in (60, 45))
PEOPLE = {
    "city": "吴江",
    "county": "周雨",
    "town": "何小川",
    "checker": "郑远",
    "mayor": "穆清扬",
}


@pytest.fixture
def there(settings: Any, tmp_path: Path) -> Office:
    """The office, with a clerk in a town; everybody of the story has a name and a password."""
    settings.MEDIA_ROOT = tmp_path / "files"
    made = office()
    for unit in Unit.objects.filter(place__key__in=("A1", "A1a")).select_related("place"):
        Unit.objects.filter(pk=unit.pk).update(origin=Origin.HAND, aliases=[unit.name[len(unit.place.name) - 1 :]])
    made.people["town"] = user("town")
    made.posts["town"] = post(made["town"], Role.CLERK, made.world.units["A1a1:water"])
    for name, called in PEOPLE.items():
        made[name].set_password(PASSWORD)
        made[name].name = called
        made[name].save()
    return made


@dataclass
class Somebody:
    """A window of somebody who has signed in, and what they do in it."""

    page: Page
    run: str

    def look(self, name: str) -> None:
        picture(self.page, f"{self.run}-{name}")

    def open(self, words: str) -> None:
        """From what waits for them to an item."""
        self.page.goto("/inbox/")
        self.look(f"inbox-{words}")
        self.page.locator("main table").get_by_role("link", name=words).first.click()
        expect(self.page.locator("h1")).to_have_text(words)

    def find(self, words: str) -> None:
        """To an item below one's own place: by searching."""
        bar = self.page.locator("header.bar form.seek")
        bar.locator("input").fill(words)
        bar.get_by_role("button").click()
        self.page.locator("main table").get_by_role("link", name=words).click()
        expect(self.page.locator("h1")).to_have_text(words)

    def sign(self, words: str) -> None:
        """Sign for an item where it is listed."""
        self.page.goto("/inbox/")
        self.look(f"inbox-{words}-sign")
        row = self.page.locator("main table tr", has_text=words)
        row.get_by_role("button", name="签收").click()
        expect(self.page.get_by_role("status")).to_contain_text("已办理")

    def move(self, name: str, fields: dict[str, str], *files: Path, choose: tuple[str, ...] = ()) -> None:
        """Make a move on the item that is open, in the form that is there or one click away."""
        form = self.page.locator("form.move")
        if not form.get_by_role("button", name=name, exact=True).count():
            self.page.locator("main nav.others").get_by_role("link", name=name, exact=True).click()
        for label in choose:
            _choose(form, label)
        for key, value in fields.items():
            form.locator(f"[name='{key}']").fill(value)
        if files:
            if not form.locator("[name=evidence-photo]").is_visible():
                form.locator("#f-evidence summary").click()
            form.locator("[name=evidence-document]").set_input_files(list(files))
        self.look(f"move-{name}")
        form.get_by_role("button", name=name, exact=True).click()
        expect(self.page.get_by_role("status")).to_contain_text(name)
        self.look(f"item-after-{name}")


def _choose(form: Locator, label: str) -> None:
    """A choice is a list to choose from; its label is that of the option."""
    form.locator("select").filter(has=form.page.locator("option", has_text=label)).select_option(label=label)


class Cast:
    """Everybody of the story, each in a window of their own, signed in when they first come on."""

    def __init__(self, open_page: Open, run: str, settings: dict[str, Any]) -> None:
        self.open_page, self.run, self.settings = open_page, run, settings
        self.known: dict[str, Somebody] = {}

    def __getitem__(self, name: str) -> Somebody:
        if name not in self.known:
            page = self.open_page("/", timezone_id="Asia/Shanghai", **self.settings)
            # The first report of a process waits for the directory of the country's units.
            page.set_default_timeout(60_000)
            sign_in(page, name)
            expect(page.locator("header.bar .who")).to_have_text(PEOPLE[name])
            self.known[name] = Somebody(page, f"{self.run}-{name}")
        return self.known[name]


def dispatched(city: Somebody, tmp_path: Path) -> None:
    """The supervisor drops the report in, corrects the draft that names a county, and gives it to the county's bureau."""
    page, file = city.page, tmp_path / "推进会.txt"
    file.write_text(REPORT, "utf-8")
    page.goto("/reports/")
    city.look("reports-empty")
    page.locator("#id_files").set_input_files(file)
    page.get_by_role("button", name="读入并列出任务").click()
    page.wait_for_url("**/desk/")
    city.look("desk")
    card = page.locator(".card", has_text=WORDS)
    card.get_by_role("link", name="修改").click()
    page.locator("#id_words").fill(WORDS)
    page.locator("#id_lead").fill("青溪县水利局")
    page.locator("#id_due").fill(DUE)
    page.locator("#id_measure").fill("三座水库验收合格")
    city.look("draft")
    page.locator("form.ask button[type=submit]").click()
    expect(card).to_contain_text("青溪县水利局")
    card.get_by_role("button", name="确认并交办").click()
    expect(card).to_contain_text("已立项")
    other = page.locator(".card", has_text="加密巡堤查险")
    other.get_by_role("link", name="不立项").click()
    page.get_by_label("已经完成").check()
    city.look("refusing")
    page.locator("form.ask button[type=submit]").click()
    expect(other).to_have_class(re.compile("is-refused"))
    city.look("desk-decided")


def split(county: Somebody) -> None:
    """The county's clerk signs and gives a part to the town."""
    county.sign(WORDS)
    county.open(WORDS)
    part = {"parts-0-words": PART, "parts-0-lead": "石桥镇水利局", "parts-0-due": EARLIER}
    county.move("分解", part)


LOG = ["open", "dispatch", "sign", "split", "report", "ask_closure", "refuse", "ask_closure", "verify", "close"]
RUNS: dict[str, dict[str, Any]] = {
    "with scripts, wide": {**WIDE},
    "with scripts, phone": {**PHONE},
    "without, wide": {**WIDE, "java_script_enabled": False},
    "without, phone": {**PHONE, "java_script_enabled": False},
}


# The other two are of the same widths and manners, put together otherwise.
SHORT = ("with scripts, wide", "without, phone")
EACH_RUN = [pytest.param(run, marks=() if run in SHORT else pytest.mark.long) for run in RUNS]


@pytest.mark.parametrize("run", EACH_RUN)
def test_a_report_comes_in_and_the_work_is_closed(run: str, there: Office, open_page: Open, tmp_path: Path) -> None:
    cast = Cast(open_page, run, RUNS[run])
    papers = [tmp_path / name for name in ("施工日志.txt", "验收意见.txt", "补充检测报告.txt")]
    for paper in papers:
        paper.write_text(f"{paper.stem}：大坝加固情况属实。", "utf-8")
    log, opinion, measured = papers
    dispatched(cast["city"], tmp_path)
    split(cast["county"])

    cast["town"].sign(PART)
    cast["town"].open(PART)
    cast["town"].move("申请办结", {"result": "石桥水库大坝已加固"}, opinion)
    cast["checker"].find(PART)
    cast["checker"].move("核查属实", {"finding": "现场查看属实"}, choose=("实地查看",))
    cast["city"].find(PART)
    cast["city"].move("销号", {})

    county, checker = cast["county"], cast["checker"]
    county.open(WORDS)
    county.move("反馈", {"progress": "三座水库均已完工，正在检测。"}, log)
    county.move("申请办结", {"result": "三座水库均已修好"}, opinion)
    checker.open(WORDS)
    checker.move("核查不通过", {"finding": "缺两座水库的检测报告"}, choose=("证据不足", "调阅资料"))
    county.open(WORDS)
    county.move("申请办结", {"result": "三座水库均已修好，附检测报告"}, measured)
    checker.open(WORDS)
    checker.move("核查属实", {"finding": "三份检测报告齐全"}, choose=("调阅资料",))
    cast["city"].open(WORDS)
    cast["city"].move("销号", {})

    mayor = cast["mayor"]
    mayor.page.goto("/lists/all/")
    mayor.look("list")
    mayor.page.goto(f"/reports/{Report.unguarded.get().pk}/")
    mayor.look("report")
    for words, fate in ((WORDS, "已销号"), ("加密巡堤查险", "已经完成"), ("备足抢险物资", "未跟进")):
        told = mayor.page.locator("table.fates tr", has=mayor.page.locator("td.title", has_text=words))
        expect(told).to_contain_text(fate)
    mayor.page.goto(f"/items/{Item.unguarded.get(parent=None).pk}/")
    mayor.look("item-closed")
    expect(mayor.page.locator(".seal")).to_have_text("链完整 ✓")

    _proved()


def _proved() -> None:
    """The whole and its parts are closed, every step is in the log with what was brought, and the chain holds."""
    whole = Item.unguarded.get(parent=None)
    assert set(Item.unguarded.values_list("state", flat=True)) == {"closed"}
    log = list(Event.unguarded.filter(item=whole).order_by("sequence").values_list("verb", "payload"))
    assert [verb for verb, _ in log] == LOG
    assert [verb for verb, payload in log if payload.get("evidence")] == ["report", "ask_closure", "ask_closure"]
    assert verify(timezone.now(), bytes_too=True).green
