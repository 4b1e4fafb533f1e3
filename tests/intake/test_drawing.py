"""Reports in, drafts out: what is printed, what is suggested with its reason, what stays a gap."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.documents.actions import correct, reread, take_in
from luoshi.documents.models import Action, Directive, Report
from luoshi.intake.actions import Verb, draw, edit, refuse, take_back
from luoshi.intake.listing import current_directory
from luoshi.intake.models import Decision, Draft
from luoshi.places.models import Place
from tests.documents.made import missing, version, weak_lexicon

from .made import MEETING, NOW, PLAN, Office, at, brought, decided, draft, drafts

Unsure = Draft.Unsure


def owner(row: Draft, printed: str) -> dict[str, object]:
    return next(each for each in row.owners if each["printed"] == printed)


def test_it_works(there: Office) -> None:
    rows = drafts(there)
    assert [(row.rank, row.words) for row in rows] == [
        (0, "压实防汛责任"),
        (1, "加密巡堤查险"),
        (2, "确保12月底前完成12座小型水库除险加固"),
        (3, "抓紧修订应急预案"),
        (4, "备足抢险物资"),
    ]
    row = draft(rows, "除险加固")
    assert (row.due, row.measure, row.said_by, row.strength) == (
        datetime.date(2026, 12, 31),
        "12座小型水库",
        "穆清扬",
        "ensure",
    )
    assert (row.list, row.basis, row.basis_kind) == ("tasks", "临川市召开水库安全工作会议", "meeting")
    assert row.place == there.world.places["A1"] and row.made_by == there.posts["city"]
    assert row.quotation is not None
    assert MEETING[row.quotation["start"] : row.quotation["end"]] == row.quotation["exact"]


def test_attitude_becomes_no_draft(there: Office) -> None:
    report = brought(there, MEETING.replace("备足抢险物资", "提高政治站位"))
    assert Action.unguarded.filter(report=report, kind="stance").exists()
    assert "站位" not in "".join(row.words for row in draw(report, post=None, now=NOW))


# --- suggestions and gaps ---


def test_a_suggestion_is_marked_with_its_reason(there: Office) -> None:
    row = draft(drafts(there), "应急预案")
    assert row.lead == there.world.units["A1:water"] and row.suggested == ("lead",)
    printed = owner(row, "市水利局")
    assert printed["lead"] and printed["suggested"] == "A1:water" and not printed["unsure"] and printed["reason"]
    assert row.gaps == ("deadline", "measure")


def test_a_suggestion_that_somebody_put_right_is_one_no_more(there: Office) -> None:
    row = draft(drafts(there), "应急预案")
    row = edit(there["city"], row.pk, {"lead": "A1:civil"}, row.version, NOW)
    assert row.lead == there.world.units["A1:civil"] and row.suggested == ()
    assert owner(row, "市水利局")["suggested"] == "A1:water"


def test_a_plan_has_who_leads_and_who_helps(there: Office) -> None:
    rows = drafts(there, PLAN)
    row = draft(rows, "巡查")
    assert row.lead == there.world.units["A1:water"] and row.supports == ["A1:civil"]
    assert owner(row, "市城投集团")["unsure"] == Unsure.UNKNOWN
    assert row.due == datetime.date(2026, 12, 20) and row.basis_kind == "document"
    assert row.suggested == ("lead", "supports", "due")


# What is printed, and why nobody is suggested.
GAPS = {
    "各有关部门": Unsure.CLASS,
    "各县（区）人民政府": Unsure.SET,
    "市城投集团": Unsure.UNKNOWN,
    "水务服务中心": Unsure.RIVALS,
    "市河道处": Unsure.UNCONFIRMED,
    "市堤防局": Unsure.GONE,
    "市水利局、市民政局": Unsure.LEADS,
}


@pytest.mark.parametrize("printed", GAPS)
def test_what_is_not_sure_stays_a_gap_with_its_reason(there: Office, printed: str) -> None:
    text = f"临川市水库安全工作方案\n一、压实责任。\n1.开展大坝巡查。（牵头单位：{printed}）\n2.完善设施。（牵头单位：市民政局）\n"
    row = draft(drafts(there, text), "巡查")
    assert row.lead is None and "owner" in row.gaps and row.suggested == ()
    assert {each["unsure"] for each in row.owners if each["lead"]} == {GAPS[printed].value}
    assert all(not each["suggested"] and each["reason"] for each in row.owners)


def test_candidates_are_shown_where_several_are_meant(there: Office) -> None:
    text = "临川市水库安全工作方案\n一、压实责任。\n1.开展大坝巡查。（牵头单位：水务服务中心）\n2.完善设施。（牵头单位：市民政局）\n"
    (printed,) = draft(drafts(there, text), "巡查").owners
    assert {each["unit"] for each in printed["choices"]} == {"A1:centre", "A1b:centre"}
    assert all(each["reason"] and each["ready"] for each in printed["choices"])


def test_a_collective_has_its_units_and_nobody_leads(there: Office) -> None:
    text = "临川市水库安全工作方案\n一、压实责任。\n1.开展大坝巡查。（牵头单位：各县（区）人民政府）\n2.完善设施。（牵头单位：市民政局）\n"
    (printed,) = draft(drafts(there, text), "巡查").owners
    assert printed["kind"] == "set" and printed["choices"] == []


DEADLINES = {
    "12月20日前": ("12月20日前", datetime.date(2026, 12, 20)),
    "汛期前": ("汛期前", None),
    "": ("", None),
}


@pytest.mark.parametrize("printed", DEADLINES)
def test_a_deadline_is_suggested_where_its_day_is_printed(there: Office, printed: str) -> None:
    text = MEETING.replace("12月底前", printed)
    row = draft(drafts(there, text), "除险加固")
    assert (row.deadline.get("text", ""), row.due) == DEADLINES[printed]


def test_a_deadline_of_one_action_is_not_that_of_the_next(there: Office) -> None:
    text = MEETING.replace("除险加固。", "除险加固，推动山塘整治。")
    rows = drafts(there, text)
    assert draft(rows, "山塘").due is None and draft(rows, "除险加固").due == datetime.date(2026, 12, 31)


def test_what_people_corrected_in_the_report_counts(there: Office) -> None:
    report = brought(there)
    told = Directive.unguarded.get(report=report, words__contains="责任")
    correct(told, "lead", ["市民政局"], post=None, now=NOW)
    deed = Action.unguarded.get(report=report, words__contains="巡堤")
    correct(deed, "words", "加密巡堤", post=None, now=NOW)
    row = draft(list(draw(report, post=None, now=NOW)), "巡堤")
    assert row.words == "加密巡堤" and row.lead == there.world.units["A1:civil"]


@pytest.mark.parametrize("place", ["A1", ""])
def test_a_report_that_does_not_say_where_it_speaks_speaks_for_its_place(there: Office, place: str) -> None:
    text = "全市水库安全工作方案\n一、压实责任。\n1.开展大坝巡查。（牵头单位：各县（区）人民政府）\n2.完善设施。（牵头单位：市民政局）\n"
    (printed,) = draft(drafts(there, text, place=place), "巡查").owners
    assert ("临川市" in printed["reason"]) is bool(place)


# --- once, reprints, read again ---


def rows_of(report: Report) -> list[tuple[object, ...]]:
    return list(Draft.unguarded.filter(report=report).order_by("pk").values_list())


def test_twice_is_once(there: Office) -> None:
    report = brought(there)
    first = draw(report, post=None, now=NOW)
    before = rows_of(report)
    assert [row.pk for row in draw(report, post=None, now=at(1))] == [row.pk for row in first]
    assert rows_of(report) == before and not Decision.unguarded.exists()


def test_a_reprint_has_no_drafts_of_its_own(there: Office) -> None:
    report = brought(there)
    again = brought(there, MEETING.replace("临川市召开水库安全工作会议", "水库安全怎么抓"))
    assert again.reprint and not report.reprint
    assert draw(again, post=None, now=NOW) == () and len(draw(report, post=None, now=NOW)) == 5


def test_drafts_that_nobody_touched_follow_a_new_reading(there: Office) -> None:
    with weak_lexicon(), missing("应急预案"), version("0.0.1"):
        report = brought(there)
        rows = list(draw(report, post=None, now=NOW))
    kept = edit(there["city"], draft(rows, "物资").pk, {"measure": "三天用量"}, 1, NOW)
    gone = refuse(there["city"], draft(rows, "责任").pk, "not_work", "", 1, NOW)
    assert draft(rows, "除险加固").strength == "push" and len(rows) == 4
    reread(report, at(1))
    rows = list(draw(report, post=None, now=at(1)))
    assert draft(rows, "应急预案").lead == there.world.units["A1:water"]
    assert (draft(rows, "除险加固").strength, draft(rows, "除险加固").version) == ("ensure", 2)
    assert (draft(rows, "物资").measure, draft(rows, "物资").version) == ("三天用量", kept.version)
    assert draft(rows, "责任").state == gone.state and [row.rank for row in rows] == [0, 1, 2, 3, 4]


def test_what_is_not_read_any_more_is_set_aside_and_comes_back(there: Office) -> None:
    report = brought(there)
    rows = list(draw(report, post=None, now=NOW))
    before = {name: getattr(draft(rows, "应急预案"), name) for name in ("words", "lead_id", "state", "refusal")}
    with missing("应急预案"), version("9.9.9"):
        reread(report, at(1))
    row = draft(list(draw(report, post=None, now=at(1))), "应急预案")
    assert (row.state, row.refusal, decided(row)) == ("refused", "misread", [Verb.GONE])
    assert decided(draft(list(draw(report, post=None, now=at(2))), "应急预案")) == [Verb.GONE]
    with version("9.9.10"):
        reread(report, at(3))
    row = draft(list(draw(report, post=None, now=at(3))), "应急预案")
    assert {name: getattr(row, name) for name in before} == before
    assert decided(row) == [Verb.GONE, Verb.TAKE_BACK]


def test_a_person_may_take_back_what_a_reading_set_aside(there: Office) -> None:
    report = brought(there)
    draw(report, post=None, now=NOW)
    with missing("应急预案"), version("9.9.9"):
        reread(report, at(1))
    row = draft(list(draw(report, post=None, now=at(1))), "应急预案")
    row = take_back(there["city"], row.pk, row.version, at(2))
    assert row.state == "waiting"
    assert draft(list(draw(report, post=None, now=at(3))), "应急预案").state == "waiting"


def test_what_somebody_says_is_no_work_gets_no_draft(there: Office) -> None:
    report = brought(there)
    correct(Action.unguarded.get(report=report, words__contains="物资"), "kind", "stance", post=None, now=NOW)
    assert len(draw(report, post=None, now=NOW)) == 4


def test_a_place_that_is_known_later_is_that_of_the_drafts_too(there: Office) -> None:
    report = brought(there, place="")
    assert {row.place for row in draw(report, post=None, now=NOW)} == {None}
    take_in(MEETING.encode(), "again.txt", post=None, place=Place.objects.get(key="A1"), now=NOW)
    assert {row.place and row.place.key for row in draw(report, post=None, now=NOW)} == {"A1"}


def test_forty_actions_take_twelve_queries(there: Office) -> None:
    units = ("市水利局", "市民政局", "各乡镇")
    lines = "".join(
        f"{units[n % 3]}要抓紧建设第{n}座泵站，12月{n % 28 + 1}日前完成投资{n + 3}万元。" for n in range(20)
    )
    report = brought(there, f"临川市召开泵站建设会议\n\n11月19日，临川市召开会议。\n\n会议强调，{lines}\n")
    current_directory()
    with CaptureQueriesContext(connection) as queries:
        assert len(draw(report, post=there.posts["city"], now=NOW)) == 40
    assert len(queries) <= 12
