"""How an item stands, on its page and in lists: by its clocks, by what was said and refused; and what a person judges."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from luoshi.desk.items.standing import ANSWERS, VERDICTS, standing
from luoshi.ledger.actions import act
from luoshi.ledger.actions.books import playbooks
from luoshi.ledger.models import Event
from luoshi.ledger.policy import System
from luoshi.measuring.lights import Standing, scale
from tests.ledger.office import NOW, Desk, Office, at, in_hand, opened, proof

from .conftest import As
from .pages import text

pytestmark = pytest.mark.django_db
DAY = NOW.date()


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> dict[str, datetime.datetime]:
    """The moment at which pages are made."""
    kept = {"now": at(12)}
    for where in ("views.lists", "templatetags.luoshi_desk", "listing.sheet"):
        monkeypatch.setattr(f"luoshi.desk.{where}.now", lambda: kept["now"])
    return kept


def stands(desk: Desk, day: datetime.date = DAY, *, steps_late: bool = False) -> Standing:
    row = desk.row
    told = list(Event.unguarded.filter(item=desk.item).order_by("sequence"))
    return standing(row, playbooks().of(row.playbook, row.version), told, day, steps_late=steps_late)


def lit(client: Client, address: str) -> str:
    """The first light of a page, in words."""
    said = client.get(address).content.decode().partition('<span class="light ')[2]
    return said[: said.index('"')]


def listed(client: Client, **asked: str) -> list[str]:
    return [line.row.number for line in client.get("/lists/tasks/", asked).context["rows"]]


def test_it_works(there: Office) -> None:
    desk = in_hand(there)
    assert stands(desk) == Standing("open", desk.row.due_at)
    assert stands(desk, steps_late=True).milestones_late


# What is done, and which light the rows of lists then have; the same on the page of the item.
CASES: Mapping[str, tuple[tuple[tuple[str, str, Mapping[str, Any]], ...], float, str]] = {
    "to be signed for in three working days, with a far deadline": (
        (("city", "dispatch", {"lead": "A1:water", "due": "2027-12-31"}),), 12, "near",
    ),
    "not signed for in time": ((("city", "dispatch", {"lead": "A1:water", "due": "2027-12-31"}),), 24 * 5, "late"),
    "signed for: by its deadline": (
        (("city", "dispatch", {"lead": "A1:water", "due": "2027-12-31"}), ("water", "sign", {})), 24 * 5, "normal",
    ),
    "past its deadline": (
        (("city", "dispatch", {"lead": "A1:water", "due": "2026-11-30"}), ("water", "sign", {})), 24 * 9, "late",
    ),
    "paused, and past its deadline": (
        (
            ("city", "dispatch", {"lead": "A1:water", "due": "2026-11-30"}), ("water", "sign", {}),
            ("city", "pause", {"pause_reason": "season", "reason": "冰冻"}),
        ), 24 * 30, "still",
    ),
    "sent back, with a deadline": (
        (
            ("city", "dispatch", {"lead": "A1:water", "due": "2026-11-30"}),
            ("water", "return", {"return_reason": "wrong_duty", "reason": "不属我局"}),
        ), 24 * 30, "still",
    ),
    "reports every week, without a deadline": (
        (("city", "dispatch", {"lead": "A1:water", "frequency": "weekly"}), ("water", "sign", {})), 24 * 30, "undated",
    ),
    "not dispatched yet": ((), 12, "undated"),
}  # fmt: skip


@pytest.mark.parametrize(("moves", "hours", "key"), CASES.values(), ids=CASES)
def test_a_list_its_filter_and_the_page_say_the_same(
    there: Office, browsing: As, clock: dict[str, datetime.datetime], moves: Any, hours: float, key: str
) -> None:
    desk, client = opened(there), browsing("city")
    for name, verb, fields in moves:
        desk.act(name, verb, **fields)
    clock["now"] = at(hours)
    for address in ("/lists/tasks/", "/lists/tasks/?sort=new", f"/items/{desk.item}/"):
        assert lit(client, address).split()[0] == key, address
    found = {each: listed(client, light=each) for each in ("late", "near", "normal", "still", "undated")}
    assert found == {each: [desk.row.number] if each == key else [] for each in found}
    newest = {each: listed(client, light=each, sort="new") for each in found}
    assert newest == found


def test_the_page_of_what_stands_still_says_since_when(there: Office, browsing: As) -> None:
    desk = in_hand(there)
    desk.act("city", "pause", pause_reason="season", reason="冰冻")
    assert stands(desk)._asdict() == {**Standing("waiting")._asdict(), "still": True, "since": at(3)}
    assert "自2026-11-22起停止计时" in text(browsing("water").get(f"/items/{desk.item}/"))
    back = opened(there)
    back.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    back.act("water", "return", return_reason="wrong_duty", reason="不属我局")
    assert stands(back).since == at(2)


def test_the_page_says_which_clock_is_meant(there: Office, browsing: As) -> None:
    desk = opened(there)
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    page = text(browsing("water").get(f"/items/{desk.item}/"))
    assert "期限 12月31日" in page and "签收时限 · 还有 3 天" in page


MILESTONES = [{"words": "完成设计", "due": "2026-11-25"}, {"words": "开工", "due": "2026-12-10"}]


def test_milestones_refusals_reminders_and_urgency(there: Office) -> None:
    desk = opened(there, fields={"basis": "纪要", "milestones": MILESTONES, "urgency": "urgent"})
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    desk.act("city", "remind")
    desk.act("city", "remind")
    assert (stands(desk).unanswered, stands(desk).important) == (2, True)
    desk.act("water", "sign")
    assert stands(desk).unanswered == 0
    assert [stands(desk, DAY + datetime.timedelta(days)).milestones_late for days in (3, 4)] == [False, True]
    desk.act("water", "ask_closure", proof(), result="已完成")
    assert not stands(desk).refused
    desk.act("checker", "refuse", refusal="unproved", method="papers", finding="缺验收单")
    desk.act("city", "remind")
    assert (stands(desk).refused, stands(desk).unanswered) == (True, 1)
    desk.act("water", "ask_closure", proof(), result="已补验收单")
    assert (stands(desk).refused, stands(desk).unanswered) == (False, 0)


@pytest.mark.parametrize(("clock_step", "count"), [(("due", "near"), 1), (("verify", "over"), 0)])
def test_a_reminder_of_a_verifier_is_not_for_who_works(there: Office, clock_step: tuple[str, str], count: int) -> None:
    desk = in_hand(there)
    fields = dict(zip(("clock", "step"), clock_step, strict=True))
    desk.sequence = act(System("sweep"), desk.item, "remind", fields=fields, expected=desk.sequence, now=at(5)).sequence
    assert stands(desk).unanswered == count


LIGHTS = [
    ("yichang", {}, "late red", "有节点逾期"),
    ("suqian", {}, "behind yellow", "有节点逾期"),
    ("sanming", {}, "blue blue", "有节点逾期"),
    ("sanming", {"reminded": 1}, "orange orange", "催办 1 次未反馈"),
    ("sanming", {"reminded": 2}, "red red", "催办 2 次未反馈"),
    ("sanming", {"urgency": "most_urgent"}, "orange orange", "重要事项有节点逾期"),
    ("default", {"reminded": 2}, "normal ink", "还有"),
]


@pytest.mark.parametrize(("rule", "more", "light", "because"), LIGHTS)
def test_rules_see_on_the_page_what_they_ask(
    there: Office,
    browsing: As,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    rule: str,
    more: Mapping[str, Any],
    light: str,
    because: str,
) -> None:
    settings.LUOSHI_LIGHTS = rule
    past = [{"words": "完成设计", "due": "2020-11-25"}]
    fields = {"basis": "纪要", "milestones": past, **({"urgency": more["urgency"]} if "urgency" in more else {})}
    desk = opened(there, fields=fields)
    desk.act("city", "dispatch", lead="A1:water", due="2027-12-31")
    desk.act("water", "sign")
    for _ in range(more.get("reminded", 0)):
        desk.act("city", "remind")
    client = browsing("city")
    assert lit(client, f"/items/{desk.item}/") == light
    assert because in text(client.get(f"/items/{desk.item}/"))
    for _ in range(3):
        assert lit(client, f"/items/{desk.item}/?before=2") == light, "an older page of the log, the same light"


def test_the_tables_name_moves_there_are() -> None:
    verbs = {move.verb for playbook in playbooks() for move in playbook.moves}
    assert ANSWERS | VERDICTS.keys() <= verbs


@pytest.mark.parametrize("key", ["task", "problem", "project"])
def test_the_levels_of_a_report_are_those_of_the_scale(key: str) -> None:
    move = playbooks().latest(key).move("report")
    assert move is not None
    field = next(field for field in move.fields if field.key == "confidence")
    assert [choice for choice, _ in field.choices] == list(scale().levels)
    for choice, name in field.choices:
        level = scale().levels[choice]
        assert name.zh.startswith(f"{level.shape} {level.word.zh}：")
        assert name.en.startswith(f"{level.shape} {level.word.en}: ")
        assert not field.required, "nobody is made to judge"


def test_what_somebody_judges_stands_beside_the_light(there: Office, browsing: As) -> None:
    desk = in_hand(there, due="2026-11-30")
    client, address = browsing("city"), f"/items/{desk.item}/"
    assert client.get(address).context["sheet"].judgement is None
    before = lit(client, address)
    desk.act("water", "report", progress="两个标段尚未开工，资金未到位", confidence="amber_red")
    desk.act("water", "report", progress="又开了一次会")
    said = client.get(address).context["sheet"].judgement
    assert (said.key, said.shape, said.on, said.by) == ("amber_red", "④", DAY, "临川市水利局")
    page = text(client.get(address))
    assert "完成信心 ④ 黄红 能否完成存疑 临川市水利局 · 11月22日 周日 两个标段尚未开工，资金未到位" in page
    assert lit(client, address) == before, "it makes no light"
    english = text(client.get(address, headers={"accept-language": "en"}))
    assert "Delivery confidence ④ Amber-red in doubt" in english


def test_a_judgement_of_long_ago_is_found(there: Office, browsing: As) -> None:
    desk = in_hand(there)
    desk.act("water", "report", progress="一切顺利", confidence="green")
    for number in range(110):
        desk.act("city", "instruct", instruction=f"第{number}次")
    said = browsing("city").get(f"/items/{desk.item}/").context["sheet"].judgement
    assert (said.key, said.reason, said.by) == ("green", "一切顺利", "临川市水利局")


def test_of_what_has_ended_nobody_judges_whether_it_will_be_done(there: Office, browsing: As) -> None:
    desk = in_hand(there)
    desk.act("water", "report", progress="一切顺利", confidence="green")
    desk.act("city", "drop", drop_reason="superseded", reason="另有部署")
    assert browsing("city").get(f"/items/{desk.item}/").context["sheet"].judgement is None


@pytest.mark.parametrize(
    ("fields", "codes"),
    [({"confidence": "green"}, ("missing_field",)), ({"confidence": "purple", "progress": "好"}, ("unknown_choice",))],
)
def test_a_judgement_needs_its_reason_and_a_level(
    there: Office, fields: dict[str, str], codes: tuple[str, ...]
) -> None:
    assert in_hand(there).refused("water", "report", **fields) == codes
