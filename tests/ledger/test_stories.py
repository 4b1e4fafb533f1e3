"""Days of an office at the door: every way in which a task or a problem does not go straight."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from luoshi.ledger.actions import Refused, act
from luoshi.ledger.models import Event, Item
from luoshi.ledger.policy import Petitioner, System
from luoshi.people.models import Role
from luoshi.places.models import Unit
from tests.people.made import DAY, post

from .checked import expect_replay
from .office import Desk, Office, at, closed, in_hand, open_task, opened, proof

pytestmark = pytest.mark.django_db
YEAR_END = "2026-12-31"


def test_returned_and_returned_again(there: Office) -> None:
    """The wrong bureau gets it, and then one that misses facts; nobody is left with it."""
    desk = opened(there)
    desk.act("city", "dispatch", lead="A1:civil", due=YEAR_END)
    desk.act("civil", "return", return_reason="wrong_duty", suggested="A1:water", reason="水库不归我局管")
    desk.act("city", "dispatch", lead="A1:water", due=YEAR_END)
    desk.act("water", "return", return_reason="missing_facts", reason="不知是哪三座水库")
    assert desk.row.state == "returned" and desk.row.counts["return"] == 2
    desk.act("city", "fill_in", measure="三座水库全部通过蓄水验收")
    desk.act("city", "dispatch", lead="A1:water")
    desk.act("water", "sign")
    assert (desk.row.state, desk.row.facts["measure"]) == ("in_hand", "三座水库全部通过蓄水验收")
    expect_replay(desk.item)


def test_verification_fails_and_then_holds(there: Office) -> None:
    desk = in_hand(there)
    desk.act("water", "ask_closure", proof(), result="已修好")
    desk.act("checker", "refuse", refusal="untrue", method="unannounced", finding="坝上还在漏水")
    assert (desk.row.state, desk.row.ended_on) == ("in_hand", None)
    desk.act("water", "ask_closure", proof("又修了一遍"), result="这次真的修好了")
    desk.act("checker", "verify", method="on_site", finding="不漏了")
    desk.act("city", "close")
    assert desk.row.kind == "done" and desk.row.counts["ask_closure"] == 2
    expect_replay(desk.item)


def test_the_lead_objects_and_somebody_else_looks_again(there: Office) -> None:
    desk = in_hand(there)
    desk.act("water", "ask_closure", proof(), result="已修好")
    desk.act("checker", "refuse", refusal="unproved", method="papers", finding="照片看不清")
    desk.act("water", "object", proof("原图"), reason="原图是清楚的")
    desk.act("city", "overturn", finding="另派人核查")
    assert desk.refused("checker", "verify", method="on_site", finding="还是我来看") == ("same_person",)
    second = post(there["observer"], Role.VERIFIER, there.world.units["A1:gov"], all_lines=True)
    assert desk.may("observer") == {"verify", "refuse"}
    desk.act("observer", "verify", method="on_site", finding="照片属实")
    assert desk.row.verified_by == f"post:{second.pk}"


def test_closed_is_not_fixed(there: Office) -> None:
    desk = closed(there)
    assert desk.refused("water", "report", progress="还想补充") == ("ended",)
    desk.act("city", "reopen", reopen_reason="not_fixed", reason="回头看又漏了", due=YEAR_END)
    assert (desk.row.state, desk.row.ended_on, desk.row.counts["reopen"]) == ("in_hand", None, 1)
    desk.act("water", "ask_closure", proof("重修"), result="重修完毕")
    desk.act("checker", "verify", method="on_site", finding="不漏了")
    desk.act("city", "close")
    assert desk.row.kind == "done"
    expect_replay(desk.item)


def test_dropped_and_restored(there: Office) -> None:
    desk = in_hand(there)
    assert desk.refused("water", "drop", drop_reason="impossible", reason="不想办了") == ("not_yours",)
    assert desk.refused("city", "drop", reason="没有理由") == ("missing_field",)
    desk.act("city", "drop", drop_reason="superseded", reason="省里统一安排")
    assert (desk.row.kind, desk.row.ended_on) == ("dropped", DAY)
    assert desk.refused("water", "report", progress="还在办") == ("ended",)
    desk.act("city", "restore", reason="省里不办了")
    assert (desk.row.state, desk.row.ended_on) == ("registered", None)
    expect_replay(desk.item)


PARTS = [
    {"words": "修好青溪水库", "lead": "A1a:water", "place": "A1a", "due": "2026-12-20"},
    {"words": "修好白塔水库", "lead": "A1b:water", "place": "A1b"},
]


def test_split_and_one_part_is_stuck(there: Office) -> None:
    desk = in_hand(there)
    first, second = (desk.of(item) for item in desk.act("water", "split", parts=PARTS).children)
    assert [part.row.number for part in (first, second)] == [
        "临川市青溪县任务清单〔2026〕1号",
        "临川市白塔区任务清单〔2026〕1号",
    ]
    assert (first.row.state, first.row.lead and first.row.lead.key, first.row.parent_id) == (
        "dispatched",
        "A1a:water",
        desk.item,
    )
    assert first.row.due == datetime.date(2026, 12, 20)
    assert desk.refused("water", "ask_closure", proof(), result="都好了") == ("children_open",)
    first.act("county", "sign")
    first.act("county", "ask_closure", proof("青溪"), result="青溪修好了")
    first.act("checker_water", "verify", method="on_site", finding="修好了")
    first.act("city", "close")
    assert desk.refused("water", "ask_closure", proof(), result="就差一座") == ("children_open",)
    assert desk.refused("city", "drop", drop_reason="merged", reason="不等了") == ("children_open",)
    # The stuck part is dropped by who may; then the whole goes on, by the playbook's rule.
    second.act("city", "drop", drop_reason="impossible", reason="水库已经废弃")
    desk.act("water", "ask_closure", proof(), result="青溪已修好，白塔已废弃")
    for each in (desk, first, second):
        expect_replay(each.item)


def test_a_part_lies_at_its_parents_place_or_below(desk: Desk) -> None:
    away = {"words": "修好望海水库", "lead": "A2:water", "place": "A2"}
    nowhere = {"words": "修好什么", "lead": "A1a:water", "place": "Z9"}
    assert desk.refused("water", "split", parts=[PARTS[0], away, nowhere]) == ("place_beyond", "unknown_place")


def test_a_part_is_opened_beside_by_the_lead_alone(desk: Desk) -> None:
    more: dict[str, Any] = {"parent": desk.item, "place": "A1a", "lead": "A1a:water", "now": at(5)}
    part = open_task(desk.office["water"], **more)
    assert desk.of(part.item).row.state == "dispatched"
    for name, code in (("city", "not_yours"), ("civil", "not_found"), ("elsewhere", "not_found")):
        with pytest.raises(Refused) as refused:
            open_task(desk.office[name], **more)
        assert refused.value.codes == (code,)


def test_a_part_of_what_has_ended_is_not_opened(there: Office) -> None:
    desk = closed(there)
    with pytest.raises(Refused) as refused:
        open_task(there["water"], parent=desk.item, lead="A1a:water", now=at(9))
    assert refused.value.codes == ("parent_ended",)


def test_the_same_person_in_two_posts(there: Office) -> None:
    """Who asked for closure as a clerk does not verify as a verifier, nor close as a supervisor, nor in a stead."""
    gov = there.world.units["A1:gov"]
    post(there["water"], Role.VERIFIER, gov, all_lines=True)
    post(there["water"], Role.SUPERVISOR, gov, all_lines=True)
    desk = in_hand(there)
    desk.act("water", "ask_closure", proof(), result="已修好")
    assert set(desk.refused("water", "verify", method="papers", finding="我看过")) == {"same_person", "same_unit"}
    assert "verify" not in desk.may("water")
    # Standing in for the verifier is no way round either.
    post(there["water"], Role.VERIFIER, gov, stands_in_for=there.posts["checker"])
    assert set(desk.refused("water", "verify", method="papers", finding="代为核查")) == {"same_person", "same_unit"}
    desk.act("checker", "verify", method="on_site", finding="属实")
    assert set(desk.refused("water", "close")) == {"same_person"}
    desk.act("city", "close")


def test_who_verified_does_not_close_also_when_the_post_has_ended(there: Office) -> None:
    gov = there.world.units["A1:gov"]
    desk = in_hand(there)
    desk.act("water", "ask_closure", proof(), result="已修好")
    desk.act("checker", "verify", method="on_site", finding="属实")
    there.posts["checker"].until = DAY
    there.posts["checker"].save()
    post(there["checker"], Role.SUPERVISOR, gov, all_lines=True)
    assert desk.refused("checker", "close") == ("same_person",)


def test_who_is_stood_in_for_and_who_stands_in_are_one_for_checking(there: Office) -> None:
    stand_in = post(there["observer"], Role.CLERK, there.world.units["A1:water"], stands_in_for=there.posts["water"])
    post(there["observer"], Role.VERIFIER, there.world.units["A1:gov"], all_lines=True)
    desk = in_hand(there)
    desk.act("water", "ask_closure", proof(), result="已修好")
    assert set(desk.refused("observer", "verify", method="papers", finding="属实")) == {"same_person", "same_unit"}
    desk.act("observer", "withdraw")
    assert Event.unguarded.get(item=desk.item, verb="withdraw").actor == str(stand_in.pk)


def test_nobody_of_the_unit_that_asked_verifies(there: Office) -> None:
    desk = in_hand(there)
    desk.act("water", "ask_closure", proof(), result="已修好")
    assert desk.refused("checker_water", "verify", method="papers", finding="本局的人看过") == ("same_unit",)


def test_work_goes_to_confirmed_units_only(there: Office) -> None:
    desk = opened(there)
    assert desk.refused("city", "dispatch", lead="A1a1:civil", due=YEAR_END) == ("not_confirmed",)
    assert desk.refused("city", "dispatch", lead="A1:water", supports=["A1a1:civil"], due=YEAR_END) == (
        "not_confirmed",
    )
    Unit.objects.filter(key="A1a:civil").update(until=DAY)
    assert desk.refused("city", "dispatch", lead="A1a:civil", due=YEAR_END) == ("not_confirmed",)
    assert desk.refused("city", "dispatch", lead="Z:Z", due=YEAR_END) == ("unknown_unit", "not_confirmed")
    desk.act("city", "dispatch", lead="A1:water", supports=["A1:civil", "A1a:water"], due=YEAR_END)
    assert list(desk.row.support_rows.model.unguarded.order_by("rank").values_list("unit__key", flat=True)) == [
        "A1:civil",
        "A1a:water",
    ]


def test_a_change_of_lead_takes_it_out_of_the_old_ones_hands(there: Office) -> None:
    desk = in_hand(there)
    desk.act("city", "reassign", lead="A1:civil", supports=["A1b:water"], reason="职能已调整")
    # The water bureau's line still shows it to its clerk; there is nothing to do with it.
    assert desk.may("water") == set() and desk.may("civil") == {"sign", "return"}
    assert desk.refused("water", "sign") == ("not_yours",)
    desk.act("civil", "sign")
    desk.act("county_b", "report", progress="配合已到位")
    expect_replay(desk.item)


def test_a_verifier_from_elsewhere_sees_it_once_appointed(there: Office) -> None:
    desk = in_hand(there)
    desk.act("water", "ask_closure", proof(), result="已修好")
    asked: dict[str, Any] = {"method": "on_site", "finding": "属实"}
    assert desk.refused("checker_elsewhere", "verify", **asked) == ("not_found",)
    named = f"post:{there.posts['checker_elsewhere'].pk}"
    for wrong in (f"post:{there.posts['mayor'].pk}", "post:999999", "post:x-1"):
        assert desk.refused("city", "appoint", verifier=wrong) == ("unknown_post",)
    desk.act("city", "appoint", verifier=named)
    desk.act("checker_elsewhere", "verify", **asked)
    expect_replay(desk.item)


def test_an_extension_is_asked_for_and_given(there: Office) -> None:
    desk = in_hand(there)
    desk.act("water", "ask_extension", asked_due="2027-01-31", reason="连日下雨", progress="过半")
    desk.act("city", "refuse_extension", reason="年底前必须完成")
    desk.act("water", "ask_extension", asked_due="2027-01-15", reason="仍在下雨", progress="八成")
    desk.act("city", "grant_extension", due="2027-01-15")
    assert (desk.row.state, desk.row.due) == ("in_hand", datetime.date(2027, 1, 15))
    expect_replay(desk.item)


def test_the_door_opens_to_the_system_and_a_petitioner_for_their_own_moves(there: Office) -> None:
    desk = in_hand(there)
    act(System("sweep"), desk.item, "remind", fields={}, expected=desk.sequence, now=at(5))
    event = Event.unguarded.get(item=desk.item, verb="remind")
    assert (event.actor_kind, event.actor, event.actor_unit) == ("system", "sweep", "")
    for viewer, code in ((Petitioner("7"), "not_found"), (Petitioner("7", frozenset({str(desk.item)})), "not_yours")):
        with pytest.raises(Refused) as refused:
            act(viewer, desk.item, "remind", fields={}, expected=desk.row.sequence, now=at(6))
        assert refused.value.codes == (code,)


def test_sees_is_not_may(desk: Desk) -> None:
    """Who sees an item is told that a move is not theirs; who does not, that there is none."""
    asked: dict[str, Any] = {"due": YEAR_END, "reason": "提前"}
    codes = {name: desk.refused(name, "set_due", **asked) for name in ("mayor", "observer", "checker", "water")}
    assert codes == dict.fromkeys(codes, ("not_yours",))
    for name in ("elsewhere", "abroad", "civil", "county", "admin", "checker_elsewhere"):
        assert desk.refused(name, "set_due", **asked) == ("not_found",)
    nobody = Desk(desk.office, Item(id="01a200fb-5100-77b3-ab2e-f217ecc81a25").pk)
    assert nobody.refused("city", "set_due", **asked) == ("not_found",)
