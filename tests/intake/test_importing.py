"""A ledger and who brings it in; a report and a draft for each line out, all or none, once."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from pytest_django import Settings

from luoshi.documents.models import Report
from luoshi.documents.reader import text_of
from luoshi.intake.models import Draft
from luoshi.intake.tables.importing import Imported, Spoiled, import_table
from tests.ledger.office import NOW, Office, office

from .books import PLAIN, book

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _originals(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def made() -> Iterator[Office]:
    yield office()


def imported(made: Office, data: bytes, **more: Any) -> Imported:
    asked: dict[str, Any] = {"post": made.posts["city"], "place": made.world.places["A1"], "now": NOW, **more}
    return import_table(data, "台账.xlsx", **asked)


def drafts() -> list[Draft]:
    return list(Draft.unguarded.select_related("lead").order_by("rank"))


def test_it_works(made: Office) -> None:
    report, count = imported(made, book(("临川市2026年重点工作任务台账",), *PLAIN, merged="A1:F1"))
    first, second, third = drafts()
    assert (count, first.report, first.origin, first.state) == (3, report, "table", "waiting")
    assert first.place == made.world.places["A1"]
    assert (first.words, str(first.lead), first.supports) == ("修好青溪县三座病险水库", "临川市水利局", ["A1:civil"])
    assert (first.due, first.measure) == (datetime.date(2026, 12, 31), "三座水库通过验收")
    assert (first.basis, first.basis_kind, first.list) == ("临川市2026年重点工作任务台账", "document", "tasks")
    assert (second.gaps, third.gaps) == (("measure",), ("owner", "deadline", "measure"))
    assert third.deadline["text"] == "汛期前" and third.owners[0]["printed"] == "临川市物资局"
    assert first.made_by == made.posts["city"]


def test_a_quotation_stands_where_it_says(made: Office) -> None:
    report, _ = imported(made, book(*PLAIN))
    text = text_of(report)
    for draft in drafts():
        quoted: Any = draft.quotation
        assert text[quoted["start"] : quoted["end"]] == quoted["exact"] == draft.words
        assert quoted["source"] == report.original.sha256


def test_twice_is_once(made: Office) -> None:
    first = imported(made, book(*PLAIN))
    data = book(*PLAIN)
    again = imported(made, data), imported(made, data)
    assert {each.report for each in again} - {first.report} or again[0].made == 0
    assert again[1] == (again[0].report, 0)


def test_with_a_fault_nothing_is_made(made: Office) -> None:
    with pytest.raises(Spoiled) as spoiled:
        imported(made, book(*PLAIN, (4, None, "临川市水利局")))
    assert [fault.line for fault in spoiled.value.faults] == [5]
    assert not Draft.unguarded.exists() and not Report.unguarded.exists()


def test_where_the_database_fails_nothing_is_made(made: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr("luoshi.intake.tables.importing._actions", fails)
    with pytest.raises(DatabaseError):
        imported(made, book(*PLAIN))
    assert not Report.unguarded.exists()


def test_a_unit_that_is_not_confirmed_or_not_sure_is_no_lead(made: Office) -> None:
    rows = (
        ("工作任务", "责任单位"),
        ("清淤河道三公里", "临川市水利局、临川市民政局"),
        ("改造养老院两所", "石桥镇民政局"),
        ("改造泵站两座", "临川市水利局（牵头）、临川市民政局"),
        ("修好村道五条", "周远"),
    )
    imported(made, book(*rows))
    found = drafts()
    assert [str(draft.lead) if draft.lead else "" for draft in found] == ["", "", "临川市水利局", ""]
    assert [[owner["lead"] for owner in draft.owners] for draft in found] == [
        [True, True],
        [True],
        [True, False],
        [True],
    ]
    assert found[2].supports == ["A1:civil"]


def test_what_has_no_place_of_its_own_is_noted(made: Office) -> None:
    rows = (
        ("序号", "存在问题", "整改措施", "整改单位", "来源", "进展情况", "是否完成", "备注"),
        (1, "泵站失修", "十月底前修好", "临川市水利局", "省督查组", "已开工", "否", "每月报送"),
    )
    imported(made, book(*rows))
    (draft,) = drafts()
    assert (draft.words, draft.basis) == ("十月底前修好", "省督查组")
    assert draft.note == "问题：泵站失修；进展：已开工；状态：否；备注：每月报送"


def test_who_sees_them(made: Office) -> None:
    imported(made, book(*PLAIN))
    seen = {name: Draft.seen.by(made[name], NOW.date()).count() for name in ("city", "province", "elsewhere", "water")}
    assert seen == {"city": 3, "province": 3, "elsewhere": 0, "water": 0}


def test_a_line_is_that_of_its_drafts(made: Office) -> None:
    imported(made, book(*PLAIN), line=made.world.lines["water"])
    assert {draft.line.key for draft in Draft.unguarded.all() if draft.line} == {"water"}
    assert Draft.seen.by(made["water"], NOW.date()).count() == 3
