"""Forms drawn from playbooks, as browsers without scripts send them: from opening to closing, and all that goes wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luoshi.ledger.actions.books import playbooks
from luoshi.ledger.models import Event, Evidence, Item
from luoshi.places.models import Unit
from tests.ledger.office import Desk, Office, in_hand, open_task, opened
from tests.ledger.projects import building
from tests.ledger.responses import response

from .conftest import As
from .pages import form, text

pytestmark = pytest.mark.django_db


def move(client: Client, desk: Desk, verb: str, **filled: Any) -> Any:
    """Open the form of a move, fill it in, send it."""
    address = f"/items/{desk.item}/moves/{verb}/"
    return client.post(address, {**form(client.get(address), address), **filled})


def file(name: str = "验收.txt", content: bytes = b"done") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def last(desk: Desk) -> Event:
    return Event.unguarded.filter(item=desk.item).latest("sequence")


def test_it_works(there: Office, browsing: As) -> None:
    """The straight way, by four people, each with the form of their page."""
    desk = opened(there)
    city, water, checker = browsing("city"), browsing("water"), browsing("checker")
    done = move(city, desk, "dispatch", lead="临川市水利局", due="2099-12-31", note="请抓紧")
    assert (done.status_code, done.url) == (303, f"/items/{desk.item}/")
    assert move(water, desk, "sign").status_code == 303
    assert move(water, desk, "report", progress="已进场").status_code == 303
    asked = move(water, desk, "ask_closure", result="已完工", **{"evidence-document": [file(), file("b.txt", b"x")]})
    assert asked.status_code == 303
    assert move(checker, desk, "verify", method="on_site", finding="属实").status_code == 303
    assert move(city, desk, "close").status_code == 303
    page = text(city.get(f"/items/{desk.item}/"))
    assert "已销号" in page and "临川市人民政府 核查员" in page and "属实" in page and "链完整" in page
    assert Evidence.unguarded.filter(item=desk.item).count() == 2


@pytest.mark.parametrize("playbook", list(playbooks()), ids=lambda each: f"{each.key}{each.version}")
def test_no_move_asks_for_more_than_four_things(playbook: Any) -> None:
    for each in playbook.moves:
        assert sum(field.required for field in each.fields) + bool(each.evidence.at_least) <= 4, each.verb


def test_every_move_of_every_playbook_has_a_form(there: Office, browsing: As) -> None:
    """Sent empty, from any state: a page that says why not, and never an error."""
    client = browsing("city")
    for playbook in playbooks():
        desk = BEGUN[playbook.key](there)
        for each in playbook.moves:
            answer = client.post(f"/items/{desk.item}/moves/{each.verb}/", {"expected": desk.row.sequence})
            assert answer.status_code in (303, 422), each.verb


def problem(there: Office) -> Desk:
    more: dict[str, Any] = {"list": "safety", "fields": {"found_by": "self", "basis": "督查通报"}}
    return Desk(there, open_task(there["city"], "problem", **more).item)


BEGUN: dict[str, Callable[[Office], Desk]] = {
    "task": in_hand,
    "problem": problem,
    "project": building,
    "response": response,
}


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(desk: Desk, browsing: As) -> None:
    client = browsing("water")
    files = {"evidence-photo": [file("照片.txt"), file("宏.html", b"<script>")]}
    answer = move(client, desk, "ask_closure", result="", **files)
    page, sent = text(answer), form(answer, "/ask_closure/")
    assert answer.status_code == 422 and "宏.html：不收“.html”这类文件" in page and "照片.txt" in page
    assert len(sent["kept"]) == 1 and "已附" in page
    # Nothing is acted on while a file is refused; then the one that was kept goes with the form.
    again = client.post(f"/items/{desk.item}/moves/ask_closure/", sent)
    assert again.status_code == 422 and "完成情况：必须填写" in text(again) and "照片.txt" in text(again)
    assert b'aria-invalid="true"' in again.content
    done = client.post(f"/items/{desk.item}/moves/ask_closure/", {**form(again, "/ask_closure/"), "result": "完工"})
    assert done.status_code == 303 and last(desk).payload["evidence"][0]["kind"] == "photo"


def test_a_file_that_was_taken_off_stays_off(desk: Desk, browsing: As) -> None:
    client = browsing("water")
    sent = form(move(client, desk, "ask_closure", result="", **{"evidence-photo": file()}), "/ask_closure/")
    sent |= {"dropped": sent["kept"], "result": "完工"}
    answer = client.post(f"/items/{desk.item}/moves/ask_closure/", sent)
    assert answer.status_code == 422 and "至少需要 1 份佐证材料，现有 0 份" in text(answer)


def test_nobody_takes_anothers_file_by_its_token(desk: Desk, browsing: As) -> None:
    sent = form(move(browsing("water"), desk, "ask_closure", result="", **{"evidence-photo": file()}), "/ask_closure/")
    answer = browsing("water_head").post(f"/items/{desk.item}/moves/ask_closure/", {**sent, "result": "完工"})
    assert answer.status_code == 422 and "现有 0 份" in text(answer)
    forged = {**sent, "kept": [sent["kept"][0][:-3] + "abc"], "result": "完工"}
    assert browsing("water").post(f"/items/{desk.item}/moves/ask_closure/", forged).status_code == 422


def test_who_may_not_make_a_move_leaves_no_file(desk: Desk, browsing: As, settings: Any) -> None:
    from pathlib import Path

    answer = browsing("observer").post(
        f"/items/{desk.item}/moves/report/", {"expected": "3", "progress": "x", "evidence-photo": file()}
    )
    assert answer.status_code == 422 and "须由牵头单位、配合单位办理" in text(answer)
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_form_sent_twice_is_done_once(desk: Desk, browsing: As) -> None:
    client, address = browsing("water"), f"/items/{desk.item}/moves/report/"
    sent = {**form(client.get(address), address), "progress": "已进场"}
    assert [client.post(address, sent).status_code for _ in range(2)] == [303, 303]
    assert desk.row.sequence == 4


def test_a_form_that_is_late_says_what_happened_since(desk: Desk, browsing: As) -> None:
    client, address = browsing("water"), f"/items/{desk.item}/moves/report/"
    sent = {**form(client.get(address), address), "progress": "已进场"}
    desk.act("city", "remind")
    answer = client.post(address, sent)
    page = text(answer)
    assert answer.status_code == 422 and "临川市人民政府 催办" in page and "已进场" in page
    again = form(answer, address)
    assert again["expected"] == ["4"] and again["request"] != sent["request"]
    assert client.post(address, again).status_code == 303


def test_units_are_found_by_name_and_asked_for_where_several_have_it(there: Office, browsing: As) -> None:
    desk, client = opened(there), browsing("city")
    Unit.objects.filter(key__in=("A1a:civil", "A1b:civil")).update(name="民政分局")
    unknown = move(client, desk, "dispatch", lead="不存在局", due="2099-12-31")
    assert unknown.status_code == 422 and "没有找到“不存在局”" in text(unknown)
    like = move(client, desk, "dispatch", lead="水利局", due="2099-12-31")
    assert like.status_code == 422 and "是不是下面的" in text(like) and "青溪县水利局（青溪县）" in text(like)
    several = move(client, desk, "dispatch", lead="民政分局", due="2099-12-31")
    assert several.status_code == 422 and "有 2 个单位叫“民政分局”" in text(several) and "（白塔区）" in text(several)
    chosen = {**form(several, "/dispatch/"), "lead__key": "A1b:civil", "supports-0": "A1:water", "supports-rows": "1"}
    assert client.post(f"/items/{desk.item}/moves/dispatch/", chosen).status_code == 303
    assert last(desk).payload["fields"]["lead"] == "A1b:civil"
    assert last(desk).payload["fields"]["supports"] == ["A1:water"]


def test_a_choice_is_gone_when_the_name_is_another(there: Office, browsing: As) -> None:
    desk = opened(there)
    move(browsing("city"), desk, "dispatch", lead="临川市水利局", lead__key="A1:civil", due="2099-12-31")
    assert last(desk).payload["fields"]["lead"] == "A1:water"


def test_parts_row_by_row(desk: Desk, browsing: As) -> None:
    client, address = browsing("water"), f"/items/{desk.item}/moves/split/"
    sent = form(client.get(address), address)
    sent |= {"parts-0-words": "石桥水库", "parts-0-lead": "青溪县水利局", "parts-2-words": "白塔水库"}
    more = client.post(address, {**sent, "more": "parts"})
    grown = form(more, address)
    assert more.status_code == 200 and grown["parts-rows"] == ["4"] and grown["parts-1-words"] == ["白塔水库"]
    wrong = client.post(address, {**grown, "parts-1-due": "2020-01-01"})
    assert wrong.status_code == 422 and "分解事项 2 · 牵头单位：必须填写" in text(wrong)
    assert re.search(r'id="f-parts-1-lead" name="parts-1-lead" aria-invalid="true"', wrong.content.decode())
    done = client.post(address, {**grown, "parts-1-lead": "白塔区水利局", "parts-1-due": "2099-06-30"})
    assert done.status_code == 303
    parts = list(
        Item.unguarded.filter(parent=desk.item).order_by("number").values_list("words", "place__key", "lead__key")
    )
    assert sorted(parts, reverse=True) == [("石桥水库", "A1a", "A1a:water"), ("白塔水库", "A1b", "A1b:water")]


def test_milestones_are_reported_and_not_moved(desk: Desk, browsing: As) -> None:
    plan = [{"words": "完成设计", "due": "2026-11-30"}, {"words": "完工", "due": "2099-03-31"}]
    desk.act("city", "fill_in", milestones=plan)
    client = browsing("water")
    assert move(client, desk, "report", progress="一切照旧").status_code == 303
    assert "milestones" not in last(desk).payload["fields"]
    assert (
        move(client, desk, "report", progress="设计完成", **{"milestones-0-done_on": "2026-11-20"}).status_code == 303
    )
    done = [each["done_on"] for each in last(desk).payload["fields"]["milestones"]]
    assert done == ["2026-11-20", None]
    moved = move(client, desk, "report", progress="改期", **{"milestones-1-due": "2099-04-30"})
    assert moved.status_code == 422 and "节点和节点期限须照原计划" in text(moved)


def test_posts_that_the_door_takes_are_offered(desk: Desk, browsing: As, there: Office) -> None:
    client = browsing("city")
    page = client.get(f"/items/{desk.item}/moves/appoint/").content.decode()
    offered = re.findall(r'<option value="(post:\d+)">', page)
    assert offered == [f"post:{there.posts['checker'].pk}"]
    assert move(client, desk, "appoint", verifier=offered[0]).status_code == 303


WRONG = {
    "an unknown verb": ("/moves/nonsense/", {}, 404),
    "no version": ("/moves/report/", {"progress": "x"}, 422),
    "a version that is none": ("/moves/report/", {"progress": "x", "expected": "9" * 30}, 422),
    "a version behind": ("/moves/report/", {"progress": "x", "expected": "1"}, 422),
    "a long request": ("/moves/report/", {"progress": "x", "expected": "3", "request": "y" * 200}, 422),
    "nul": ("/moves/report/", {"progress": "a\0b", "expected": "3"}, 422),
    "a day that is none": ("/moves/ask_extension/", {"asked_due": "30.2.2099", "reason": "x", "progress": "y"}, 422),
    "a text without end": ("/moves/report/", {"progress": "x" * 20_001, "expected": "3"}, 422),
    "rows without end": ("/moves/split/", {"parts-rows": "99999999", "expected": "3"}, 422),
    "rows that are none": ("/moves/split/", {"parts-rows": "-1", "expected": "3"}, 422),
    "a field of another move": ("/moves/report/", {"lead": "A2:water", "expected": "3"}, 422),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_forms_are_told(name: str, desk: Desk, browsing: As) -> None:
    address, sent, status = WRONG[name]
    answer = browsing("water").post(f"/items/{desk.item}{address}", sent)
    assert answer.status_code == status
    assert desk.row.sequence == 3


def test_items_out_of_sight_are_not_there(desk: Desk, browsing: As) -> None:
    abroad = browsing("abroad")
    for path in ("", "moves/report/", f"evidence/{'0' * 64}/"):
        assert abroad.get(f"/items/{desk.item}/{path}").status_code == 404
        assert abroad.get(f"/items/{uuid4()}/{path}").status_code == 404
    assert abroad.post(f"/items/{desk.item}/moves/report/", {"expected": "3", "progress": "x"}).status_code == 404


def test_other_ways_to_send_a_form(desk: Desk, browsing: As, there: Office) -> None:
    client, address = browsing("water"), f"/items/{desk.item}/moves/report/"
    assert client.post(address, '{"progress": "x"}', content_type="application/json").status_code == 422
    assert client.post(address, "progress=x", content_type="text/plain").status_code == 422
    assert client.put(address).status_code == client.delete(address).status_code == 405
    assert client.post(f"/items/{desk.item}/").status_code == client.get("/items/moves/sign/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(there["water"])
    refused = strict.post(address, {"progress": "x"})
    assert refused.status_code == 403 and "没有收到" in text(refused)


def test_too_much_is_told_and_nothing_is_written(desk: Desk, browsing: As) -> None:
    client, address = browsing("water"), f"/items/{desk.item}/moves/report/"
    sixty = [file(f"{n}.txt", f"{n}".encode()) for n in range(60)]
    answer = client.post(address, {"expected": "3", "progress": "x", "evidence-photo": sixty})
    assert answer.status_code == 422 and "最多 50 项" in text(answer)
    hundreds = [file(f"{n}.txt") for n in range(150)]
    assert client.post(address, {"expected": "3", "evidence-photo": hundreds}).status_code == 400
    huge = client.post(address, {"expected": "3", "progress": "长" * 2_000_000})
    assert huge.status_code == 400 and "没有收到" in text(huge)
    assert desk.row.sequence == 3


def test_a_move_that_is_not_open_sends_one_to_the_item(desk: Desk, browsing: As) -> None:
    answer = browsing("water").get(f"/items/{desk.item}/moves/close/", follow=True)
    assert answer.redirect_chain == [(f"/items/{desk.item}/", 303)] and "“销号”现在不能由您办理" in text(answer)


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_the_way_back_leads_nowhere_else(to: str, desk: Desk, browsing: As) -> None:
    assert move(browsing("water"), desk, "report", progress="x", back=to).url == f"/items/{desk.item}/"
