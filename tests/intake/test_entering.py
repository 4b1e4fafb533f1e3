"""Drafts by hand, instructions of leaders, reports that are brought: what comes of each, and what is wrong with it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from luoshi.documents.models import Report
from luoshi.intake.actions import Brought, DraftNotFound, DraftRefused, Verb, bring, confirm, draw, enter, instruct
from luoshi.intake.models import Draft
from luoshi.ledger.models import Event, Evidence, Item
from luoshi.reading import Unreadable
from tests.ledger.office import in_hand

from .made import MEETING, NOW, Office, at

ON = datetime.date(2026, 11, 20)
HAND = {"words": "修好三座病险水库", "place": "A1", "basis": "市政府专题会议纪要〔2026〕8号"}


def test_it_works(there: Office) -> None:
    row = enter(there["city"], {**HAND, "lead": "A1:water", "due": "2026-12-31", "line": "water"}, NOW)
    assert (row.origin, row.state, row.report, row.quotation) == ("hand", "waiting", None, None)
    assert row.made_by == there.posts["city"] and row.suggested == ()
    done = confirm(there["city"], row.pk, row.version, NOW)
    assert done.dispatched and Item.unguarded.get(pk=done.item).facts["basis"] == HAND["basis"]


@pytest.mark.parametrize("lacking", HAND)
def test_words_place_and_basis_are_needed(there: Office, lacking: str) -> None:
    with pytest.raises(DraftRefused) as refused:
        enter(there["city"], {**HAND, lacking: " "}, NOW)
    assert [fault.field for fault in refused.value.faults] == [lacking]
    with pytest.raises(DraftRefused) as refused:
        enter(there["city"], {}, NOW)
    assert len(refused.value.faults) == 3 and not Draft.unguarded.exists()


@pytest.mark.parametrize(("who", "place"), [("mayor", "A1"), ("county", "A1a"), ("abroad", "A1"), ("city", "B1")])
def test_who_does_not_supervise_a_place_enters_nothing_there(there: Office, who: str, place: str) -> None:
    with pytest.raises(DraftRefused) as refused:
        enter(there[who], {**HAND, "place": place}, NOW)
    assert [fault.field for fault in refused.value.faults] == ["place"] and not Draft.unguarded.exists()


# --- instructions ---


def told(there: Office, who: str = "city", **more: Any) -> Report | None:
    given = {"words": "要压实责任，抓紧整改三座病险水库。", "by": "市长", "on": ON, "place": "A1", "now": NOW}
    return instruct(there[who], **{**given, **more})


def rows(report: Report | None) -> list[Draft]:
    return list(Draft.unguarded.filter(report=report).order_by("rank"))


def test_an_instruction_has_drafts_of_its_own_list(there: Office) -> None:
    found = rows(told(there))
    assert [row.words for row in found] == ["压实责任", "抓紧整改三座病险水库"]
    for row in found:
        assert (row.list, row.basis_kind) == ("instructions", "instruction")
        assert row.basis == "市长批示（2026年11月20日）" and row.quotation
    done = confirm(there["city"], found[1].pk, 1, NOW)
    assert Item.unguarded.get(pk=done.item).list == "instructions"


def test_an_instruction_without_a_verb_that_is_read_is_one_draft(there: Office) -> None:
    words = "请市水利局牵头研究，12月10日前报结果。"
    (row,) = rows(told(there, words=f" {words}\r\n"))
    assert row.words == words and row.quotation and row.quotation["exact"] == words
    assert row.list == "instructions" and row.state == "waiting"


def test_an_instruction_is_one_however_often_it_is_sent_and_read(there: Office) -> None:
    report = told(there)
    assert told(there, now=at(1)) == report and len(rows(report)) == 2
    assert report and {row.list for row in draw(report, post=None, now=at(2))} == {"instructions"}
    one = told(there, words="请阅处。")
    assert told(there, words="请阅处。") == one and len(rows(one)) == 1


def test_the_same_words_on_another_day_are_another_instruction(there: Office) -> None:
    long = "要压实责任，抓紧整改三座病险水库。要完善台账，加密巡查。要开展演练，备足物资。"
    one, other = told(there, words=long), told(there, words=long, on=ON - datetime.timedelta(9))
    assert one != other and len(rows(one)) == len(rows(other)) > 1
    assert other and len(draw(other, post=None, now=at(1))) == len(rows(other))


def test_a_paper_may_say_it(there: Office) -> None:
    report = told(there, words="", file="要压实责任，抓紧整改。".encode(), file_name="批示.txt")
    assert [row.words for row in rows(report)] == ["压实责任", "抓紧整改"]


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "nobody": ({"by": " "}, "by"),
    "a long office": ({"by": "长" * 300}, "by"),
    "no words": ({"words": ""}, "words"),
    "half a character": ({"words": "\ud800"}, "words"),
    "tomorrow": ({"on": datetime.date(2026, 11, 23)}, "on"),
    "words and a paper": ({"file": b"x"}, "file"),
    "no paper": ({"words": "", "file": b"\x00\x01\x02", "file_name": "x.bin"}, "file"),
    "no place": ({"place": ""}, "place"),
    "a place that is none": ({"place": "\0"}, "place"),
    "a place elsewhere": ({"place": "B1"}, "place"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_an_instruction_is_told(there: Office, case: str) -> None:
    fields, field = WRONG[case]
    with pytest.raises(DraftRefused) as refused:
        told(there, **fields)
    assert [fault.field for fault in refused.value.faults] == [field]
    assert not Report.unguarded.exists() and not Draft.unguarded.exists()


def test_an_instruction_about_an_open_item_is_passed_on(there: Office) -> None:
    item = in_hand(there).row
    assert told(there, about=item.pk, now=at(9), file="市长批示原件".encode(), file_name="批示.txt") is None
    last = Event.unguarded.filter(item=item).order_by("sequence").last()
    assert last and last.verb == "instruct" and Evidence.unguarded.get(item=item).name == "批示.txt"
    assert not Report.unguarded.exists() and not Draft.unguarded.exists()


def test_an_instruction_about_what_one_does_not_see_or_supervise_is_refused(there: Office) -> None:
    item = in_hand(there).row
    for who in ("abroad", "water"):
        with pytest.raises(DraftRefused):
            told(there, who, about=item.pk, now=at(9))
    assert Event.unguarded.filter(item=item, verb="instruct").count() == 0


# --- bringing ---


def brought(there: Office, data: bytes, name: str = "a.txt") -> Brought:
    return bring(there.posts["city"], data, name, place=there.world.places["A1"], now=NOW)


def test_a_report_that_is_brought_is_drafted(there: Office) -> None:
    one = brought(there, MEETING.encode())
    assert (one.taken.how, len(one.drafts)) == ("new", 5)
    again = brought(there, MEETING.encode(), "b.txt")
    assert again.taken.how == "same" and [row.pk for row in again.drafts] == [row.pk for row in one.drafts]
    reprint = brought(there, MEETING.replace("临川市召开水库安全工作会议", "水库怎么抓", 1).encode())
    assert (reprint.taken.how, reprint.drafts) == ("reprint", ())


def test_what_cannot_be_read_is_not_there(there: Office) -> None:
    with pytest.raises(Unreadable):
        brought(there, bytes(range(256)))
    assert not Report.unguarded.exists() and not Draft.unguarded.exists()


def test_verbs_have_words_of_their_own(there: Office) -> None:
    assert len({verb.label for verb in Verb}) == len(Verb)
    with pytest.raises(DraftNotFound):
        confirm(there["city"], 1, 1, NOW)
