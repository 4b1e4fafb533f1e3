"""The page of an item: what it says to whom, what it does not, how many queries it takes, whether its seal is true."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.desk.items.stepper import line, next_of, order, steps, straight
from luoshi.ledger import triggers
from luoshi.ledger.actions import erase
from luoshi.ledger.actions.books import playbooks
from luoshi.ledger.models import Event, Item, Text
from tests.ledger.office import Desk, Office, at, closed, in_hand, opened, proof

from .conftest import As
from .pages import text

pytestmark = pytest.mark.django_db
# The most that a page of the desk takes.
MOST_QUERIES, MOST_BYTES = 25, 250_000
PEOPLE = ("city", "province", "water", "water_head", "checker", "mayor", "observer")


def test_it_works(there: Office, browsing: As) -> None:
    desk = closed(there)
    page = text(browsing("water").get(f"/items/{desk.item}/"))
    for words in ("修好青溪县三座病险水库", "已销号", "市政府专题会议纪要〔2026〕8号", "三座水库均已修好", "验收.txt"):
        assert words in page
    assert "链完整" in page and "现在没有需要您办理的" in page


@pytest.mark.parametrize("name", PEOPLE)
def test_a_long_story_takes_few_queries(name: str, there: Office, browsing: As) -> None:
    """A hundred events with words and files, fifty parts."""
    desk = in_hand(there)
    parts = [{"words": f"第{n}段", "lead": "A1a:water", "due": "2026-12-20"} for n in range(50)]
    desk.act("water", "split", parts=parts)
    for n in range(100):
        desk.act("water", "report", *([proof(f"{n}")] if n % 10 == 0 else []), progress=f"第{n}周")
    client = browsing(name)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/items/{desk.item}/")
    assert answer.status_code == 200 and len(asked) <= MOST_QUERIES, len(asked)
    assert len(answer.content) <= MOST_BYTES
    page = text(answer)
    assert "第99周" in page and "更早的记录" in page and "第49段" in page
    older = text(client.get(f"/items/{desk.item}/?before=5&log=oldest"))
    assert "签收" in older and "第99周" not in older and "链完整" in older


def test_names_are_for_those_who_see_them(there: Office, browsing: As) -> None:
    for name, called in (("city", "吴江"), ("water", "周雨")):
        there[name].name = called
        there[name].save()
    desk = in_hand(there)
    # Of the line of water alone, one sees the post at the bureau, and not that at the government.
    own = text(browsing("water_head").get(f"/items/{desk.item}/"))
    assert "临川市水利局 承办人 周雨" in own and "临川市人民政府 督查员" in own and "吴江" not in own
    assert "吴江" in text(browsing("province").get(f"/items/{desk.item}/"))


def test_parts_out_of_sight_are_not_named(there: Office, browsing: As) -> None:
    desk = in_hand(there)
    desk.act("city", "set_supports", supports=["A2:water"])
    desk.act("water", "split", parts=[{"words": "只在青溪", "lead": "A1a:water", "place": "A1a"}])
    part = Item.unguarded.get(parent=desk.item)
    assert "只在青溪" in text(browsing("city").get(f"/items/{desk.item}/"))
    assert browsing("county").get(f"/items/{desk.item}/").status_code == 404
    assert "是上级事项的一部分" in text(browsing("county").get(f"/items/{part.pk}/"))


def test_what_was_erased_says_so(desk: Desk, there: Office, browsing: As) -> None:
    desk.act("water", "report", proof(), progress="某人的话")
    erase(there["city"], desk.item, basis="withdrawn", subject=f"post:{there.posts['water'].pk}", now=at(9))
    page = text(browsing("city").get(f"/items/{desk.item}/"))
    assert "某人的话" not in page and "验收.txt" not in page and page.count("已依法删除") == 3
    assert "依法删除" in page and "链完整" in page


def test_the_seal_breaks_when_history_is_changed(desk: Desk, browsing: As) -> None:
    desk.act("water", "report", progress="原来的话")
    client, address = browsing("water"), f"/items/{desk.item}/"
    assert "链完整" in text(client.get(address))
    triggers.take_away(connection)
    Text.unguarded.filter(event__item=desk.item).update(words="另外的话")
    assert "链断裂 ✗ 4" in text(client.get(address))
    Text.unguarded.filter(event__item=desk.item).update(words="原来的话")
    Event.unguarded.filter(item=desk.item, sequence=2).update(verb="remind")
    assert "链断裂 ✗ 2" in text(client.get(address))
    Event.unguarded.filter(item=desk.item, sequence=2).update(verb="dispatch", sequence=9)
    assert "链断裂 ✗ 3、9" in text(client.get(address))


def test_evidence_comes_as_an_attachment_and_for_who_sees_the_item(desk: Desk, browsing: As) -> None:
    desk.act("water", "report", proof(), progress="x")
    file = proof()
    address = f"/items/{desk.item}/evidence/{file.sha256}/"
    answer = browsing("city").get(address)
    assert answer["Content-Disposition"].startswith("attachment") and answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer).decode() == "水库已修好，验收合格。"
    assert browsing("civil").get(address).status_code == browsing("abroad").get(address).status_code == 404
    other = in_hand(desk.office)
    assert browsing("city").get(f"/items/{other.item}/evidence/{file.sha256}/").status_code == 404
    assert browsing("city").get(f"/items/{desk.item}/evidence/..%2f..%2fsecret/").status_code == 404


def test_what_was_asked_for_is_a_fact_until_it_is_decided(desk: Desk, browsing: As) -> None:
    desk.act("water", "ask_extension", asked_due="2027-06-30", reason="汛期", progress="过半")
    city, address = browsing("city"), f"/items/{desk.item}/"
    assert "申请延至" in text(city.get(address)).partition("办理经过")[0]
    desk.act("city", "refuse_extension", reason="按期")
    assert "申请延至" not in text(city.get(address)).partition("办理经过")[0]


def test_in_english(desk: Desk, browsing: As) -> None:
    desk.act("water", "ask_extension", asked_due="2027-06-30", reason="x", progress="y")
    page = text(browsing("city").get(f"/items/{desk.item}/", headers={"accept-language": "en"}))
    for words in ("Grant the extension", "Extension asked for", "Chain whole", "What happened", "Clerk"):
        assert words in page


@pytest.mark.parametrize("playbook", list(playbooks()), ids=lambda each: each.key)
def test_the_stepper_leads_from_the_opening_to_the_end(playbook: Any) -> None:
    states = line(playbook)
    assert states[0] == playbook.opening.to and playbook.state(states[-1]).kind == "done"
    for state in playbook.states:
        shown = steps(playbook, state.key, "zh-hans")
        marked = [step.key for step in shown if step.where in ("present", "aside")]
        assert marked == [state.key]
        # Parts that begin elsewhere than the whole go a way of their own.
        ways = [states, *([line(playbook, playbook.opening.parts.to)] if playbook.opening.parts else [])]
        assert tuple(step.key for step in shown if step.where != "aside") in ways
    task = [step.where for step in steps(playbooks().latest("task"), "extension_asked", "zh-hans")]
    assert task == ["passed", "passed", "passed", "aside", "ahead", "ahead", "ahead"]


def test_the_tables_name_what_there_is() -> None:
    every = list(playbooks())
    verbs = {move.verb for playbook in every for move in playbook.moves}
    states = {state.key for playbook in every for state in playbook.states}
    assert set(straight()) <= verbs and set(order()) <= states
    for state, moves in order().items():
        for playbook in every:
            known = [move for verb in moves if (move := playbook.move(verb))]
            assert not any(s.key == state for s in playbook.states) or any(state in m.sources for m in known), state
    task = playbooks().latest("task")
    assert next_of("in_hand", ()) is None
    assert next_of("verified", task.moves) == task.move("close")


def test_a_number_that_is_none_is_no_error(desk: Desk, browsing: As) -> None:
    for query in ("before=x", "before=99999999999", "before=-1", "before=0", "log=nonsense"):
        assert browsing("water").get(f"/items/{desk.item}/?{query}").status_code == 200


def test_a_clock_says_its_sum(there: Office, browsing: As) -> None:
    desk = opened(there)
    assert "未定期限" in text(browsing("city").get(f"/items/{desk.item}/"))
