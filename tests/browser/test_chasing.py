"""Reminded, an extension refused, then granted, escalated to the leader: by three people, each in a browser of their own."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from luoshi.calendar import base
from luoshi.delivery.fanning import fan_out
from luoshi.ledger.actions import act
from luoshi.ledger.machine.days import CHINA
from luoshi.ledger.models import Event
from luoshi.ledger.proving.verify import verify
from luoshi.ledger.sweep import sweep
from tests.ledger.office import Office, office, open_task
from tests.people.test_signing import PASSWORD

from .conftest import Open
from .looking import PHONE, WIDE, faults, picture
from .test_messages import at_desk
from .test_stories import Somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = timezone.localdate()
# Three working days before the deadline one is reminded: that morning has passed, the day before it is still to come.
DUE = base().add(TODAY, 2).end
NEAR, LATER = base().back(DUE, 3).end, TODAY + timedelta(30)
LATE = base().add(base().add(LATER, 0).end, 4).end
RUNS: dict[str, dict[str, Any]] = {
    "with scripts, wide": WIDE,
    "without, phone": {**PHONE, "java_script_enabled": False},
}


def morning(day: date) -> datetime:
    """An hour after the sweep's own."""
    return datetime.combine(day, time(10), CHINA)


@pytest.fixture
def there(settings: Any, tmp_path: Path) -> Office:
    """A task that was signed for a while ago; everybody of the story has a password."""
    settings.MEDIA_ROOT = tmp_path / "files"
    made, begun = office(), morning(NEAR - timedelta(20))
    item = open_task(made["city"], now=begun).item
    fields = {"lead": "A1:water", "due": DUE.isoformat()}
    act(made["city"], item, "dispatch", fields=fields, expected=1, now=begun)
    act(made["water"], item, "sign", fields={}, expected=2, now=begun + timedelta(hours=1))
    fan_out(begun + timedelta(hours=2))
    for name in ("city", "water", "water_head"):
        made[name].set_password(PASSWORD)
        made[name].save()
    return made


def swept(at: datetime) -> list[str]:
    """What a sweep made, told to those concerned."""
    steps = [step.step for each in sweep(at) for step in each.made]
    fan_out(at)
    return steps


def at_work(open_page: Open, run: str, name: str) -> Somebody:
    """Somebody signed in, in a window of their own."""
    return Somebody(at_desk(open_page, name, **RUNS[run]), f"{run}-chasing-{name}")


def usable(page: Page, run: str, name: str) -> None:
    """Kept to be looked at, and looked into where scripts run: it is the same page without."""
    picture(page, f"{run}-chasing-{name}")
    if RUNS[run].get("java_script_enabled", True):
        assert faults(page) == []


def told(somebody: Somebody, what: str) -> None:
    """Their newest message is of this move; from it they go to the item."""
    page = somebody.page
    page.goto("/messages/")
    somebody.look("messages")
    row = page.locator("table.rows tbody tr").first
    expect(row).to_contain_text(what)
    row.get_by_role("button").first.click()
    expect(page.locator("h1")).to_have_text("修好青溪县三座病险水库")


@pytest.mark.parametrize("run", RUNS)
def test_it_works(run: str, there: Office, open_page: Open) -> None:
    assert swept(morning(NEAR)) and not swept(morning(NEAR))

    water, city = at_work(open_page, run, "water"), at_work(open_page, run, "city")
    told(water, "催办")
    asked = {"asked_due": LATER.isoformat(), "reason": "连续降雨，基坑积水", "progress": "大坝已完成七成"}
    water.move("申请延期", asked)
    fan_out(timezone.now())
    told(city, "申请延期")
    city.move("不同意延期", {"reason": "请增加班组，按期完成"})
    fan_out(timezone.now())
    told(water, "不同意延期")
    water.move("申请延期", {**asked, "reason": "气象部门预报仍有两周降雨"})
    fan_out(timezone.now())
    told(city, "申请延期")
    city.move("同意延期", {"due": LATER.isoformat()})
    fan_out(timezone.now())
    told(water, "同意延期")
    expect(water.page.locator("main nav.others").get_by_role("link", name="申请延期", exact=True)).to_have_count(0)
    usable(water.page, run, "extended")

    assert swept(morning(LATE))
    head = at_work(open_page, run, "water_head")
    told(head, "升级督办")
    expect(head.page.locator("main")).to_contain_text("报请领导协调")
    usable(head.page, run, "escalated")
    verbs = list(Event.unguarded.order_by("sequence").values_list("verb", flat=True))
    granted = ["ask_extension", "refuse_extension", "ask_extension", "grant_extension"]
    assert verbs == ["open", "dispatch", "sign", "remind", *granted, "escalate"]
    assert not verify(morning(LATE)).faults
