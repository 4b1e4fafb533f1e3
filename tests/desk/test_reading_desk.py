"""A report beside its drafts: every word bound to its draft, every decision made without JavaScript and with it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.intake.models import Draft
from luoshi.ledger.models import Item
from tests.intake.conftest import there
from tests.ledger.office import Office

from .reports_made import HTMX, brought, client, drafts, long_meeting

pytestmark = pytest.mark.django_db
__all__ = ["there"]


def desk(office: Office, report: Any, name: str = "city", query: str = "") -> str:
    answer = client(office, name).get(f"/reports/{report.pk}/desk/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def post(office: Office, draft: Draft, verb: str = "", htmx: bool = False, name: str = "city", **fields: Any) -> Any:
    """What is answered to a decision, on the version that the draft has now."""
    given = {"expected": Draft.unguarded.get(pk=draft.pk).version, **fields}
    address = f"/drafts/{draft.pk}/{verb}{'/' if verb else ''}"
    return client(office, name).post(address, given, headers=HTMX if htmx else {})


def now(draft: Draft) -> Draft:
    return Draft.unguarded.select_related("lead", "item").get(pk=draft.pk)


def test_it_works(there: Office) -> None:
    report = brought(there)
    shown = desk(there, report)
    rows = drafts(report)
    assert len(rows) > 3
    for row in rows:
        assert f'id="t{row.pk}"' in shown and f'id="e{row.pk}"' in shown
        assert f'href="#t{row.pk}"' in shown and f'href="#e{row.pk}"' in shown
    assert "缺责任单位" in shown and "建议" in shown


def test_the_words_of_a_draft_are_marked_in_the_text(there: Office) -> None:
    report = brought(there)
    shown = desk(there, report)
    for row in drafts(report):
        marked = re.search(rf'<a class="ev[^>]*id="e{row.pk}"[^>]*>(.*?)</a>', shown)
        assert marked and row.quotation and marked[1] == row.quotation["exact"]


def test_a_report_cannot_run_anything(there: Office) -> None:
    text = "临川市召开会议<script>alert(1)</script>\n\n会议强调，要修订<img src=x onerror=alert(1)>应急预案。\n"
    shown = desk(there, brought(there, text))
    assert "<script>alert" not in shown and "<img" not in shown and "&lt;script&gt;" in shown


def test_two_hundred_drafts_are_one_light_page(there: Office) -> None:
    report = brought(there, long_meeting())
    assert len(drafts(report)) == 200
    browser = client(there)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(f"/reports/{report.pk}/desk/")
    assert len(answer.content) <= 250_000
    assert len(asked) <= 15
    first, whole = (
        set(re.findall(r' id="t(\d+)"', page))
        for page in (answer.content.decode(), desk(there, report, query="?all=1"))
    )
    rest = set(
        re.findall(r' id="t(\d+)"', browser.get(f"/reports/{report.pk}/desk/?rest=1", headers=HTMX).content.decode())
    )
    assert len(whole) == 200 and first | rest == whole and not first & rest


def test_what_is_lacking_is_a_filter(there: Office) -> None:
    report = brought(there)
    lacking = {str(row.pk) for row in drafts(report) if "owner" in row.gaps}
    shown = set(re.findall(r' id="t(\d+)"', desk(there, report, query="?only=owner")))
    assert shown == lacking and lacking != {str(row.pk) for row in drafts(report)}


def test_a_fact_is_filled_in_and_taken_back(there: Office) -> None:
    row = drafts(brought(there))[0]
    answer = post(
        there,
        row,
        words="压实防汛责任",
        lead="临川市水利局",
        supports="临川市民政局",
        due="2026-12-31",
        measure="",
        basis="纪要",
    )
    assert answer.status_code == 303 and answer["Location"].endswith(f"/desk/#t{row.pk}")
    assert now(row).lead_id == there.world.units["A1:water"].pk and now(row).supports == ["A1:civil"]
    assert str(now(row).due) == "2026-12-31"
    assert post(there, row, "take-back").status_code == 303
    assert now(row).lead is None and now(row).due is None


def test_what_was_typed_wrong_is_told_at_its_field_and_kept(there: Office) -> None:
    row = drafts(brought(there))[0]
    typed = {
        "words": "压实责任",
        "lead": "临川市没有局",
        "supports": "也没有局",
        "due": "年底",
        "measure": "全部",
        "basis": "纪要",
    }
    answer = client(there).post(f"/drafts/{row.pk}/", {"expected": row.version, **typed})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert all(value in shown for value in typed.values())
    assert shown.count("没有找到") == 4 and "2026-11-21" in shown  # once in the summary, once at the field
    assert now(row).version == row.version


def test_units_of_one_name_are_to_choose_from(there: Office) -> None:
    row = drafts(brought(there))[0]
    for key in ("A1:water", "A1a:water"):
        there.world.units[key].short = "水利局"
        there.world.units[key].save()
    fields: dict[str, Any] = {"words": row.words, "basis": row.basis}
    shown = post(there, row, lead="水利局", **fields).content.decode()
    assert 'name="lead_key" value="A1:water"' in shown and 'value="A1a:water"' in shown
    assert post(there, row, lead="水利局", lead_key="A1a:water", **fields).status_code == 303
    assert now(row).lead_id == there.world.units["A1a:water"].pk


def test_confirmed_in_place_by_htmx(there: Office) -> None:
    row = drafts(brought(there))[0]
    answer = post(there, row, "confirm", htmx=True)
    shown = answer.content.decode()
    assert answer.status_code == 200 and shown.count("<article") == 1 and 'hx-swap-oob="true"' in shown
    item = now(row).item
    assert "已立项" in shown and item is not None and item.number in shown


def test_confirmed_in_bulk_and_dispatched(there: Office) -> None:
    report = brought(there)
    first, second, third, *_ = drafts(report)
    post(there, first, words=first.words, lead="临川市水利局", due="2026-12-31", basis="纪要")
    chosen = [f"{row.pk}:{now(row).version}" for row in (first, second)] + [f"{third.pk}:99", "x:y"]
    answer = client(there).post("/drafts/confirm/", {"drafts": chosen, "report": report.pk}, follow=True)
    assert "已立项 2 条，其中交办 1 条" in answer.content.decode()
    assert Item.unguarded.count() == 2 and now(third).state == "waiting"


def test_merged_split_refused_and_undone(there: Office) -> None:
    first, second, third, fourth, *_ = drafts(brought(there))
    shown = post(there, first, "merge", htmx=True, drafts=f"{second.pk}:{second.version}").content.decode()
    assert set(re.findall(r'<article[^>]* id="t(\d+)"', shown)) == {str(first.pk), str(second.pk)}
    assert now(second).state == "merged" and now(second).into_id == first.pk
    assert post(there, first, "take-back").status_code == 303 and now(second).state == "waiting"

    shown = post(there, third, "split", htmx=True, words="完成六座\n再完成六座\n").content.decode()
    parts = list(Draft.unguarded.filter(whole=third))
    assert len(parts) == 2 and all(f'id="t{part.pk}" data-of="{third.pk}"' in shown for part in parts)
    assert post(there, third, "split", words="只有一件").status_code == 422

    assert post(there, fourth, "refuse", reason="other").status_code == 422
    assert post(there, fourth, "refuse", reason="done", note="上月已办").status_code == 303
    assert now(fourth).state == "refused" and "上月已办" in desk(there, fourth.report)


def test_linked_to_an_item_that_is_there(there: Office) -> None:
    first, second, *_ = drafts(brought(there))
    post(there, first, "confirm")
    assert post(there, second, "link", item="不存在的编号").status_code == 422
    item = now(first).item
    assert item is not None
    number = item.number
    assert post(there, second, "link", item=number).status_code == 303
    assert now(second).state == "linked" and now(second).item_id == now(first).item_id


def test_a_suggestion_is_taken_with_one_button(there: Office) -> None:
    row = drafts(brought(there))[0]
    choice = {
        "unit": "A1:water",
        "name": "临川市水利局",
        "score": 0.8,
        "reason": "本级部门",
        "ready": True,
        "instead": "",
    }
    kept = {"printed": "水利局", "lead": True, "support": False, "choices": [choice], "unsure": "rivals"}
    Draft.unguarded.filter(pk=row.pk).update(
        owners=[kept], lead=None, due=None, deadline={"text": "年底前", "by": "2026-12-31"}
    )
    shown = desk(there, row.report)
    offered = re.findall(r'name="take" value="([^"]+)"', shown)
    assert {f"{row.version}:lead:A1:water", f"{row.version}:due:2026-12-31"} <= set(offered)
    for version, value in ((row.version, "lead:A1:water"), (row.version + 1, "due:2026-12-31")):
        assert client(there).post(f"/drafts/{row.pk}/", {"take": f"{version}:{value}"}).status_code == 303
    assert now(row).lead_id == there.world.units["A1:water"].pk and str(now(row).due) == "2026-12-31"


def test_a_stale_form_says_what_happened_and_keeps_what_was_typed(there: Office) -> None:
    row = drafts(brought(there))[0]
    post(there, row, words=row.words, due="2026-12-01", basis="纪要")
    answer = post(there, row, words="另外的话", expected=row.version, basis="纪要")
    shown = answer.content.decode()
    assert answer.status_code == 422 and "您打开页面后" in shown and "另外的话" in shown
    assert str(now(row).due) == "2026-12-01"


@pytest.mark.parametrize("verb", ["", "merge/", "split/", "refuse/", "link/"])
def test_every_form_is_a_page_and_a_part_of_one(there: Office, verb: str) -> None:
    row = drafts(brought(there))[0]
    page = client(there).get(f"/drafts/{row.pk}/{verb}")
    part = client(there).get(f"/drafts/{row.pk}/{verb}", headers=HTMX)
    assert page.status_code == part.status_code == 200
    assert b"<html" in page.content and b"<html" not in part.content and b"<form" in part.content
    assert row.quotation and row.quotation["exact"] in page.content.decode()


def test_who_may_not_decide_reads_without_buttons(there: Office) -> None:
    report = brought(there)
    shown = desk(there, report, "observer")
    assert "确认立项" not in shown and 'name="drafts"' not in shown
    row = drafts(report)[0]
    assert post(there, row, "confirm", name="observer").status_code == 422 and now(row).state == "waiting"


@pytest.mark.parametrize("verb", ["", "merge/", "split/", "refuse/", "link/", "take-back/", "confirm/"])
def test_out_of_sight_is_not_found(there: Office, verb: str) -> None:
    report = brought(there)
    row = drafts(report)[0]
    elsewhere = client(there, "elsewhere")
    assert elsewhere.post(f"/drafts/{row.pk}/{verb}", {"expected": 1}).status_code == 404
    if verb not in ("take-back/", "confirm/"):
        assert elsewhere.get(f"/drafts/{row.pk}/{verb}").status_code == 404
    assert elsewhere.get(f"/reports/{report.pk}/desk/").status_code == 404


def test_what_was_said_before_is_told_with_its_item(there: Office) -> None:
    first = drafts(brought(there, "临川市部署\n\n会议强调，要修订城区内涝应急预案，排查老旧小区燃气管道隐患。\n"))[0]
    post(there, first, "confirm")
    item = now(first).item
    assert item is not None
    again = brought(there, "临川市再部署\n\n会议要求，要抓紧修订城区内涝应急预案。\n")
    row = drafts(again)[0]
    shown = client(there).get(f"/drafts/{row.pk}/earlier/", headers=HTMX).content.decode()
    assert f'href="/items/{item.pk}/"' in shown and "已在办" in shown
    form = client(there).get(f"/drafts/{row.pk}/link/", {"item": item.number}, headers=HTMX).content.decode()
    assert f'value="{item.number}"' in form
