"""Days of an office at the door: problems that come back, are objected to, or are everywhere; and words erased."""

from __future__ import annotations

from typing import Any

import pytest

from luoshi.ledger.actions import Refused, act, attachment, erase, open_item
from luoshi.ledger.actions.filing import path_of
from luoshi.ledger.chain import commit
from luoshi.ledger.models import Event, Evidence, Text
from luoshi.ledger.policy import Petitioner, System
from luoshi.people.models import Role
from tests.people.made import post

from .checked import expect_replay
from .office import Desk, Office, at, counts, proof

pytestmark = pytest.mark.django_db
YEAR_END = "2026-12-31"


def problem(there: Office, name: str = "city", **more: Any) -> Desk:
    """A problem of the city's water works."""
    asked: dict[str, Any] = {
        "list": "supervision",
        "place": "A1",
        "line": "water",
        "words": "石桥镇河道内违法建房",
        "quotation": None,
        "lead": None,
        "supports": (),
        "due": None,
        "fields": {"found_by": "superior", "basis": "省督查通报〔2026〕3号"},
        "now": at(0),
        **more,
    }
    return Desk(there, open_item(there[name], "problem", **asked).item)


def rectifying(there: Office) -> Desk:
    desk = problem(there)
    desk.act("city", "dispatch", lead="A1:water", due=YEAR_END)
    desk.act("water", "sign")
    milestones = [{"words": "拆除房屋", "due": "2026-12-10"}]
    desk.act("water", "plan", plan="先拆后绿", cause="管护不到位", milestones=milestones)
    return desk


def put_right(there: Office) -> Desk:
    desk = rectifying(there)
    desk.act("water", "ask_closure", proof("拆除照片"), result="房屋已拆")
    desk.act("checker", "verify", method="on_site", finding="确已拆除")
    desk.act("city", "close")
    return desk


def test_it_works(there: Office) -> None:
    desk = put_right(there)
    assert (desk.row.kind, desk.row.number) == ("done", "临川市重大督查问题清单〔2026〕1号")
    expect_replay(desk.item)


def test_who_finds_a_problem_of_their_own_registers_it(there: Office) -> None:
    own: dict[str, Any] = {"fields": {"found_by": "self", "basis": "日常巡查"}, "lead": "A1:water"}
    assert problem(there, "water", **own).row.state == "registered"
    refused: list[tuple[str, dict[str, Any], str]] = [
        ("water", {"lead": "A1:civil"}, "not_yours"),
        ("water", {"place": "A2"}, "not_found"),
        ("water", {"line": "civil"}, "not_found"),
        ("civil", {}, "not_found"),
        ("observer", {}, "not_yours"),
    ]
    for name, more, code in refused:
        with pytest.raises(Refused) as why:
            problem(there, name, **{**own, **more})
        assert why.value.codes == (code,), (name, more)


def test_what_comes_back_is_open_again(there: Office) -> None:
    desk = put_right(there)
    done = act(
        System("sweep"), desk.item, "recur", fields={"recurred_on": "2026-11-22"}, expected=desk.sequence, now=at(9)
    )
    assert (desk.row.state, desk.row.ended_on) == ("rectifying", None)
    assert desk.row.sequence == done.sequence
    expect_replay(desk.item)


def test_a_citizen_objects_to_what_was_closed(there: Office) -> None:
    desk = put_right(there)
    citizen = Petitioner("7", frozenset({str(desk.item)}))
    asked: dict[str, Any] = {"fields": {"reason": "只拆了一半"}, "expected": desk.sequence, "now": at(9)}
    desk.sequence = act(citizen, desk.item, "complain", **asked).sequence
    assert desk.row.state == "objected"
    assert Text.unguarded.get(event__verb="complain").subject == "petitioner:7"
    desk.hours = 10
    desk.act("city", "reopen", reopen_reason="complaint", reason="群众所言属实")
    assert desk.row.state == "rectifying"
    expect_replay(desk.item)


def test_a_common_problem_is_looked_for_elsewhere(there: Office) -> None:
    desk = rectifying(there)
    desk.act("city", "analyse", nature="common")
    parts = [{"words": "排查青溪县河道", "lead": "A1a:water", "place": "A1a", "due": YEAR_END}]
    (found,) = desk.act("city", "spread", parts=parts).children
    part = desk.of(found)
    part.act("county", "sign")
    part.act("county", "clear", proof("排查记录"), result="未发现同类问题")
    part.act("checker_water", "verify", method="papers", finding="属实")
    part.act("city", "close")
    desk.hours = part.hours
    desk.act("water", "ask_closure", proof("拆除照片"), result="房屋已拆")
    desk.act("checker", "verify", method="on_site", finding="确已拆除")
    desk.act("city", "close")
    for each in (desk, part):
        expect_replay(each.item)


def test_a_supervisor_spreads_to_places_beside_that_are_theirs_too(there: Office) -> None:
    desk = problem(there, place="A1a")
    desk.act("city", "dispatch", lead="A1a:water", due=YEAR_END)
    desk.act("county", "sign")
    beside = [{"words": "排查白塔区河道", "lead": "A1b:water", "place": "A1b"}]
    assert desk.refused("county", "spread", parts=beside) == ("place_beyond",)
    desk.act("city", "spread", parts=beside)


def test_words_are_erased_and_the_event_stays(there: Office) -> None:
    desk = rectifying(there)
    file = proof("张三住在河边")
    desk.act("water", "report", file, progress="张三同意搬走")
    text = Text.unguarded.get(event__item=desk.item, event__verb="report")
    assert commit(text.words, bytes(text.salt or b"")) == text.event.payload["fields"]["progress"]["commitment"]
    hash, subject = text.event.hash, f"post:{there.posts['water'].pk}"
    done = erase(there["city"], desk.item, basis="withdrawn", subject=subject, now=at(9))
    text.refresh_from_db()
    assert (text.words, text.salt, text.erased_by_id) == ("", None, done.event)
    assert text.event.hash == hash
    event = Event.unguarded.get(pk=done.event)
    assert (event.verb, event.payload["basis"]) == ("erase", "withdrawn")
    assert {each["field"] for each in event.payload["texts"]} == {"progress", "plan", "cause"}
    assert event.payload["files"] == [file.sha256]
    kept = Evidence.unguarded.get(item=desk.item)
    assert (kept.name, kept.erased_at) == ("", event.recorded_at)
    with pytest.raises(Refused):
        attachment(kept)
    expect_replay(desk.item)


def test_the_bytes_of_an_erased_file_go_unless_another_item_keeps_them(
    there: Office, django_capture_on_commit_callbacks: Any
) -> None:
    first, second = rectifying(there), rectifying(there)
    mine, both = proof("只有一处"), proof("两处都有")
    first.act("water", "ask_closure", mine, both, result="好了")
    second.act("water", "ask_closure", both, result="好了")
    with django_capture_on_commit_callbacks(execute=True):
        erase(System("petitions"), first.item, basis="by_law", subject=f"post:{there.posts['water'].pk}", now=at(9))
    assert [path_of(file.sha256).exists() for file in (mine, both)] == [False, True]


def test_what_was_erased_does_not_come_back(there: Office, django_capture_on_commit_callbacks: Any) -> None:
    desk = rectifying(there)
    desk.act("water", "report", proof("张三的照片"), progress="过半")
    with django_capture_on_commit_callbacks(execute=True):
        subject = f"post:{there.posts['water'].pk}"
        desk.sequence = erase(there["city"], desk.item, basis="withdrawn", subject=subject, now=at(9)).sequence
    assert desk.refused("water", "report", proof("张三的照片"), progress="再来一次") == ("erased_file",)
    desk.act("water", "report", proof("另一张照片"), progress="换一张")


def test_one_text_is_erased_and_the_others_stay(there: Office) -> None:
    desk = rectifying(there)
    desk.act("water", "report", progress="第一句")
    desk.act("water", "report", progress="第二句")
    first, second = Text.unguarded.filter(event__verb="report").order_by("pk")
    asked: dict[str, Any] = {"basis": "unlawful", "texts": [first.pk], "now": at(9), "request": "e-1"}
    done = erase(there["city"], desk.item, **asked)
    assert list(Text.unguarded.filter(event__verb="report").order_by("pk").values_list("words", flat=True)) == [
        "",
        "第二句",
    ]
    assert erase(there["city"], desk.item, **asked) == done._replace(repeated=True)
    with pytest.raises(Refused) as refused:
        erase(there["city"], desk.item, **{**asked, "texts": [second.pk]})
    assert refused.value.codes == ("request_reused",)


ERASING: list[tuple[str, dict[str, Any], str]] = [
    ("water", {}, "not_yours_to_erase"),
    ("elsewhere", {}, "not_found"),
    ("city", {"basis": "i_like"}, "unknown_basis"),
    ("city", {"subject": "post:999"}, "nothing_to_erase"),
    ("city", {"subject": None, "texts": [10**6]}, "nothing_to_erase"),
    ("city", {"subject": None, "texts": [10**30, -1, "x"]}, "nothing_to_erase"),
    ("city", {"subject": "\ud800"}, "nothing_to_erase"),
    ("city", {"subject": 7}, "nothing_to_erase"),
    ("city", {"basis": ["withdrawn"]}, "unknown_basis"),
]


@pytest.mark.parametrize(("name", "more", "code"), ERASING)
def test_what_is_not_erased(there: Office, name: str, more: dict[str, Any], code: str) -> None:
    desk, before = rectifying(there), counts()
    before = counts()
    asked = {"basis": "withdrawn", "subject": f"post:{there.posts['water'].pk}", "now": at(9), **more}
    with pytest.raises(Refused) as refused:
        erase(there[name], desk.item, **asked)
    assert refused.value.codes == (code,) and counts() == before


def test_texts_of_another_item_are_not_erased_through_this_one(there: Office) -> None:
    desk, other = rectifying(there), problem(there, place="A2", name="elsewhere")
    other.act("elsewhere", "dispatch", lead="A2:water", due=YEAR_END, note="请速办")
    foreign = Text.unguarded.get(event__item=other.item)
    with pytest.raises(Refused):
        erase(there["city"], desk.item, basis="withdrawn", texts=[foreign.pk], now=at(9))


def test_a_stand_in_acts_in_their_own_name(there: Office) -> None:
    stand_in = post(there["observer"], Role.CLERK, there.world.units["A1:water"], stands_in_for=there.posts["water"])
    desk = problem(there)
    desk.act("city", "dispatch", lead="A1:water", due=YEAR_END)
    desk.act("observer", "sign")
    assert Event.unguarded.get(item=desk.item, verb="sign").actor == str(stand_in.pk)
