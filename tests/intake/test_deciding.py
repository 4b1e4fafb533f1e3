"""Who may decide about a draft, on what they have seen; what is decided, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from luoshi.intake.actions import (
    DraftNotFound,
    DraftRefused,
    DraftStale,
    Verb,
    confirm,
    edit,
    link,
    merge,
    refuse,
    split,
    take_back,
)
from luoshi.intake.models import Decision, Draft, OnlyAdded
from luoshi.ledger.models import Item
from luoshi.people.models import Role, User
from luoshi.places.models import Unit
from tests.ledger.office import closed, in_hand, opened
from tests.people.made import post, user

from .made import NOW, PLAN, Office, at, decided, draft, drafts


def test_it_works(there: Office) -> None:
    row = draft(drafts(there), "责任")
    row = refuse(there["city"], row.pk, "not_work", "", row.version, NOW)
    assert (row.state, row.refusal, row.version) == (Draft.State.REFUSED, "not_work", 2)
    (kept,) = Decision.unguarded.filter(draft=row)
    assert (kept.verb, kept.by, kept.at, kept.before["state"]) == (Verb.REFUSE, there.posts["city"], NOW, "waiting")


def test_decisions_are_only_added(there: Office) -> None:
    row = drafts(there)[0]
    refuse(there["city"], row.pk, "done", "", 1, NOW)
    take_back(there["city"], row.pk, 2, NOW)
    assert decided(row) == ["refuse", "take_back"]
    kept = Decision.unguarded.filter(draft=row)
    for change in (kept[0].save, kept[0].delete, kept.delete, lambda: kept.update(verb="edit")):
        with pytest.raises(OnlyAdded):
            change()
    assert decided(row) == ["refuse", "take_back"]


# --- who may ---

VERBS: dict[str, Callable[[User, list[Draft]], object]] = {
    "edit": lambda who, rows: edit(who, rows[0].pk, {"measure": "一"}, 1, NOW),
    "merge": lambda who, rows: merge(who, [(rows[0].pk, 1), (rows[1].pk, 1)], rows[0].pk, NOW),
    "split": lambda who, rows: split(who, rows[0].pk, ["甲事", "乙事"], 1, NOW),
    "refuse": lambda who, rows: refuse(who, rows[0].pk, "done", "", 1, NOW),
    "link": lambda who, rows: link(who, rows[0].pk, "x", 1, NOW),
    "take_back": lambda who, rows: take_back(who, rows[0].pk, 1, NOW),
    "confirm": lambda who, rows: confirm(who, rows[0].pk, 1, NOW),
}
# Where the report lies, who asks, and whether it is theirs, within their sight, or not there for them.
MAY = {
    ("A1", "city"): "theirs",
    ("A1", "province"): "theirs",
    ("A1", "elsewhere"): "not there",
    ("A1", "abroad"): "not there",
    ("A1", "water"): "not there",  # without a line it takes all lines to see it
    ("A1", "mayor"): "seen",
    ("A1", "checker"): "seen",
    ("A1", "observer"): "seen",
    ("A1", "admin"): "not there",
    ("A1a", "city"): "theirs",
    ("A1a", "county"): "not there",
    ("A2", "city"): "seen",  # who brought it
    ("A2", "elsewhere"): "theirs",
    ("A2", "mayor"): "seen",  # of the unit that brought it
    ("B1", "abroad"): "theirs",
    ("B1", "province"): "not there",
    ("", "city"): "theirs",  # of no place: whoever brought it, as a supervisor
    ("", "mayor"): "seen",
    ("", "province"): "not there",
}


@pytest.mark.parametrize("case", MAY, ids="-".join)
def test_who_may(there: Office, case: tuple[str, str]) -> None:
    place, name = case
    rows = drafts(there, place=place)
    before = list(Draft.unguarded.order_by("pk").values())
    for verb, decide in VERBS.items():
        if MAY[case] == "theirs":
            continue
        with pytest.raises(DraftNotFound if MAY[case] == "not there" else DraftRefused) as refused:
            decide(there[name], rows)
        assert isinstance(refused.value, DraftNotFound) is (MAY[case] == "not there"), verb
    assert list(Draft.unguarded.order_by("pk").values()) == before and not Decision.unguarded.exists()
    if MAY[case] == "theirs":
        assert refuse(there[name], rows[0].pk, "done", "", 1, NOW).state == "refused"
        kept = Decision.unguarded.get()
        assert kept.by == there.posts[name]


def test_nobody_sees_what_is_not_there(there: Office) -> None:
    for verb, decide in VERBS.items():
        if verb != "merge":
            with pytest.raises(DraftNotFound):
                decide(there["city"], [Draft(pk=999), Draft(pk=998)])


def test_who_stands_in_decides_in_their_own_post(there: Office) -> None:
    deputy = user("deputy")
    standing = post(deputy, Role.SUPERVISOR, there.world.units["A1:gov"], stands_in_for=there.posts["city"])
    rows = drafts(there)
    refuse(deputy, rows[0].pk, "done", "", 1, NOW)
    assert Decision.unguarded.get().by == standing


def test_a_supervisor_of_one_line_decides_about_that_line(there: Office) -> None:
    lined = user("lined")
    post(lined, Role.SUPERVISOR, there.world.units["A1:water"])
    rows = drafts(there)
    with pytest.raises(DraftNotFound):
        refuse(lined, rows[0].pk, "done", "", 1, NOW)
    row = edit(there["city"], rows[0].pk, {"line": "water"}, 1, NOW)
    with pytest.raises(DraftRefused) as refused:
        edit(lined, row.pk, {"line": "civil"}, row.version, NOW)
    assert [fault.field for fault in refused.value.faults] == ["line"]
    assert refuse(lined, row.pk, "done", "", row.version, NOW).state == "refused"


# --- on what was seen ---


def test_who_comes_second_is_told_who_was_first(there: Office) -> None:
    row = drafts(there)[0]
    refuse(there["province"], row.pk, "done", "", 1, NOW)
    with pytest.raises(DraftStale) as stale:
        edit(there["city"], row.pk, {"measure": "一"}, 1, at(1))
    (since,) = stale.value.since
    assert (since.verb, since.unit, since.at) == ("refuse", "江东省人民政府", NOW)
    assert "江东省人民政府" in str(stale.value) and "不立项" in str(stale.value) and "11月22日" in str(stale.value)
    with translation.override("en"), pytest.raises(DraftStale) as stale:
        edit(there["city"], row.pk, {"measure": "一"}, 1, at(1))
    assert "江东省人民政府" in str(stale.value) and "Not to be opened" in str(stale.value)


def test_a_form_that_is_sent_twice_is_done_once(there: Office) -> None:
    rows = drafts(there)
    one, two, three, four = (row.pk for row in rows[:4])
    city = there["city"]
    sent: list[Callable[[], Any]] = [
        lambda: edit(city, one, {"measure": "一", "lead": "A1:civil"}, 1, NOW),
        lambda: refuse(city, two, "other", "已有  方案", 1, NOW),
        lambda: [part.pk for part in split(city, three, ["甲事", "乙事"], 1, NOW)],
        lambda: take_back(city, two, 2, NOW),
        lambda: merge(city, [(two, 3), (four, 1)], four, NOW),
        lambda: confirm(city, four, 2, NOW).number,
    ]
    for form in sent:
        first = form()
        before = Decision.unguarded.count(), Draft.unguarded.count(), Item.unguarded.count()
        assert form() == first
        assert (Decision.unguarded.count(), Draft.unguarded.count(), Item.unguarded.count()) == before


def test_another_form_on_the_same_version_is_stale(there: Office) -> None:
    rows = drafts(there)
    refuse(there["city"], rows[0].pk, "done", "", 1, NOW)
    split(there["city"], rows[1].pk, ["甲事", "乙事"], 1, NOW)
    edit(there["city"], rows[2].pk, {"measure": "一"}, 1, NOW)
    link(there["city"], rows[3].pk, opened(there).row.number, 1, NOW)
    others: list[Callable[[User], object]] = [
        lambda who: refuse(who, rows[0].pk, "misread", "", 1, NOW),
        lambda who: confirm(who, rows[0].pk, 1, NOW),
        lambda who: split(who, rows[1].pk, ["甲事", "丙事"], 1, NOW),
        lambda who: edit(who, rows[2].pk, {"measure": "二"}, 1, NOW),
        lambda who: link(who, rows[3].pk, opened(there).row.number, 1, NOW),
    ]
    for form in others:
        with pytest.raises(DraftStale):
            form(there["city"])
    with pytest.raises(DraftStale):
        refuse(there["province"], rows[0].pk, "done", "", 1, NOW)


def test_what_was_decided_is_not_decided_again(there: Office) -> None:
    row = drafts(there)[0]
    refuse(there["city"], row.pk, "done", "", 1, NOW)
    again: list[Callable[[User], object]] = [
        lambda who: edit(who, row.pk, {"measure": "一"}, 2, NOW),
        lambda who: split(who, row.pk, ["甲事", "乙事"], 2, NOW),
        lambda who: refuse(who, row.pk, "done", "", 2, NOW),
        lambda who: link(who, row.pk, "x", 2, NOW),
        lambda who: confirm(who, row.pk, 2, NOW),
    ]
    for decide in again:
        with pytest.raises(DraftRefused, match="不立项"):
            decide(there["city"])


# --- what is filled in ---

# What is sent, and the fields with a fault.
WRONG: dict[str, tuple[dict[str, Any], list[str]]] = {
    "blank words": ({"words": " \u200b"}, ["words"]),
    "long words": ({"words": "长" * 2001}, ["words"]),
    "half a character": ({"words": "\ud800"}, ["words"]),
    "no text": ({"words": 7}, ["words"]),
    "unknown lead": ({"lead": "A1:none"}, ["lead"]),
    "a lead of NUL": ({"lead": "\0"}, ["lead"]),
    "unknown supports": ({"supports": ["A1:civil", "A1:none", "A1:nobody"]}, ["supports", "supports"]),
    "supports twice": ({"supports": ["A1:civil", "A1:civil"]}, ["supports"]),
    "supports as text": ({"supports": "A1:civil"}, ["supports"]),
    "the lead supports": ({"lead": "A1:civil", "supports": ["A1:civil"]}, ["supports"]),
    "the lead that is there supports": ({"supports": ["A1:water"]}, ["supports"]),
    "no day": ({"due": "2026-02-30"}, ["due"]),
    "a day in words": ({"due": "年底"}, ["due"]),
    "long measure": ({"measure": "量" * 301}, ["measure"]),
    "unknown list": ({"list": "none"}, ["list"]),
    "a list of problems": ({"list": "audits"}, ["list"]),
    "no list": ({"list": ""}, ["list"]),
    "unknown kind": ({"basis_kind": "none"}, ["basis_kind"]),
    "unknown place": ({"place": "Z9"}, ["place"]),
    "a place elsewhere": ({"place": "B1"}, ["place"]),
    "unknown line": ({"line": "none"}, ["line"]),
    "unknown field": ({"state": "confirmed"}, ["state"]),
    "several at once": ({"words": "", "due": "x", "measure": "\0"}, ["due", "measure", "words"]),
}


@pytest.mark.parametrize("case", WRONG)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_wrong_is_told_by_field_and_nothing_is_written(there: Office, case: str, language: str) -> None:
    fields, wrong = WRONG[case]
    row = draft(drafts(there), "应急预案")
    with translation.override(language), pytest.raises(DraftRefused) as refused:
        edit(there["city"], row.pk, fields, 1, NOW)
    assert sorted(fault.field for fault in refused.value.faults) == wrong
    assert all(fault.message and "\n" not in fault.message for fault in refused.value.faults)
    assert Draft.unguarded.get(pk=row.pk).version == 1 and not Decision.unguarded.exists()


def test_all_fields_of_a_draft_can_be_put_right(there: Office) -> None:
    row = draft(drafts(there, PLAN), "巡查")
    fields = {
        "words": "  开展大坝安全巡查 ",
        "lead": "A1:civil",
        "supports": ["A1:water", ""],
        "due": "2026-12-25",
        "measure": "每周一次",
        "basis": "市政府文件",
        "basis_kind": "instruction",
        "list": "decisions",
        "place": "A1a",
        "line": "water",
    }
    quoted = row.quotation
    row = edit(there["city"], row.pk, fields, 1, NOW)
    assert row.words == "开展大坝安全巡查" and row.supports == ["A1:water"] and row.quotation == quoted
    assert row.lead and row.place and row.line
    assert (row.lead.key, row.place.key, row.line.key) == ("A1:civil", "A1a", "water")
    row = edit(there["city"], row.pk, {"lead": "", "supports": [], "due": "", "line": "", "measure": ""}, 2, NOW)
    assert (row.lead, row.supports, row.due, row.line, row.measure) == (None, [], None, None, "")
    assert row.gaps == ("owner", "deadline", "measure")
    assert edit(there["city"], row.pk, {"lead": "", "list": "decisions"}, 3, NOW).version == 3
    assert decided(row) == ["edit", "edit"]


def test_a_draft_of_no_place_gets_one(there: Office) -> None:
    row = drafts(there, place="")[0]
    assert edit(there["city"], row.pk, {"place": "A1"}, 1, NOW).place == there.world.places["A1"]


# --- refusing and linking ---


@pytest.mark.parametrize(("reason", "note", "field"), [("", "", "reason"), ("x", "", "reason"), ("other", " ", "note")])
def test_a_refusal_says_why(there: Office, reason: str, note: str, field: str) -> None:
    row = drafts(there)[0]
    with pytest.raises(DraftRefused) as refused:
        refuse(there["city"], row.pk, reason, note, 1, NOW)
    assert [fault.field for fault in refused.value.faults] == [field]


def test_a_draft_is_linked_to_an_open_item_by_number_or_id(there: Office) -> None:
    rows, item = drafts(there), in_hand(there).row
    for row, named in zip(rows, (item.number, str(item.pk), f" {item.number} "), strict=False):
        linked = link(there["city"], row.pk, named, 1, NOW)
        assert (linked.state, linked.item) == (Draft.State.LINKED, item)
    assert Item.unguarded.count() == 1


def test_what_is_not_open_or_out_of_sight_takes_no_link(there: Office) -> None:
    row, done = drafts(there)[0], closed(there).row
    for named, said in ((done.number, "了结"), ("没有〔2026〕1号", "没有找到"), ("\0", "没有找到"), ("", "没有找到")):
        with pytest.raises(DraftRefused, match=said) as refused:
            link(there["city"], row.pk, named, 1, NOW)
        assert [fault.field for fault in refused.value.faults] == ["item"]
    far = opened(there, "abroad", place="B1").row
    with pytest.raises(DraftRefused, match="没有找到"):
        link(there["city"], row.pk, far.number, 1, NOW)


def test_a_unit_that_is_not_confirmed_may_be_named_and_is_told_when_it_is_sent_work(there: Office) -> None:
    row = edit(there["city"], drafts(there)[0].pk, {"lead": "A1:river", "due": "2026-12-31"}, 1, NOW)
    with pytest.raises(DraftRefused) as refused:
        confirm(there["city"], row.pk, row.version, NOW)
    assert [fault.field for fault in refused.value.faults] == ["lead"] and not Item.unguarded.exists()
    Unit.objects.filter(key="A1:river").update(status=Unit.Status.CONFIRMED)
    assert confirm(there["city"], row.pk, row.version, NOW).dispatched
