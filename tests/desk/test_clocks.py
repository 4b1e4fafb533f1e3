"""Clocks on the page of an item: how its deadline is counted, what a pause moved, how many extensions are left."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from luoshi.ledger.playbook.vocabulary import STEP
from tests.ledger.office import Office, in_hand, opened

from .conftest import As
from .pages import text

pytestmark = pytest.mark.django_db


def page(browsing: As, name: str, desk: Any, more: str = "") -> str:
    return text(browsing(name).get(f"/items/{desk.item}/{more}"))


def test_it_works(there: Office, browsing: As) -> None:
    """On Sunday, 22 November 2026: three working days to sign for it."""
    desk = opened(there)
    assert "期限怎样计算" not in page(browsing, "city", desk)
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    said = page(browsing, "city", desk)
    assert "签收时限" in said and "3 个工作日" in said and "11月25日 周三" in said
    assert "办理时限" in said and "至完成期限止" in said and "工作日历 1.11.0+0" in said


def test_what_was_not_counted_is_said(there: Office, browsing: As) -> None:
    desk = in_hand(there)
    desk.act("city", "pause", pause_reason="season", reason="冰冻")
    assert "现暂停计时" in page(browsing, "water", desk)
    desk.hours += 24 * 3
    desk.act("city", "resume")
    said = page(browsing, "water", desk)
    assert "因暂停顺延 3 天" in said and "暂停 11月22日 周日 13:00 – 11月25日 周三 14:00" in said
    assert "2027年1月3日" in said


def test_a_count_over_a_holiday_names_it(there: Office, browsing: As) -> None:
    desk = in_hand(there)
    desk.hours += 24 * 38
    desk.act("water", "ask_extension", asked_due="2027-02-01", reason="汛期", progress="过半")
    said = page(browsing, "city", desk)
    assert "延期审批时限" in said and "元旦" in said and "推定" in said


def test_an_extension_says_how_many_are_left(there: Office, browsing: As) -> None:
    desk = in_hand(there)
    assert "还可延期 1 次（共 1 次）。最迟可延至 2027年6月30日" in page(browsing, "water", desk, "moves/ask_extension/")


def test_nobody_is_asked_which_step_they_make(there: Office, browsing: As) -> None:
    desk = in_hand(there)
    answer = browsing("city").get(f"/items/{desk.item}/moves/remind/")
    assert answer.status_code == 200 and 'name="note"' in answer.content.decode()
    assert all(f'name="{key}"' not in answer.content.decode() for key in STEP)


def test_in_english(there: Office, browsing: As) -> None:
    desk = in_hand(there)
    client = browsing("water")
    client.cookies["django_language"] = "en"
    with translation.override("zh-hans"):
        said = text(client.get(f"/items/{desk.item}/"))
    assert "How the deadline is counted" in said and "until Deadline" in said
