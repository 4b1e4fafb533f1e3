"""Responses: what is opened for whom, what is refused, raised, lowered; twice is once, and all or nothing."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from luoshi.intake.actions import DraftRefused
from luoshi.intake.models import PreparedItem
from luoshi.intake.responding import activating, planning
from luoshi.intake.responding.activating import set_level
from luoshi.intake.responding.loading import sets
from luoshi.intake.responding.stopping import stand_down
from luoshi.ledger.models import Item
from luoshi.ledger.proving.verify import verify
from luoshi.people.models import Role
from luoshi.places.models import Unit
from tests.intake.responses import COUNTIES, LATER, flood, gaps, move, parts, ready, version
from tests.ledger.office import NOW, Office, counts
from tests.people.made import post, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(there: Office) -> Office:
    return ready(there)


def refused(*args: Any, **more: Any) -> tuple[tuple[str, str], ...]:
    """The faults of an activation that comes to nothing, as field and words."""
    before = {**counts(), "prepared": PreparedItem.unguarded.count()}
    with pytest.raises(DraftRefused) as wrong:
        flood(*args, **more)
    assert {**counts(), "prepared": PreparedItem.unguarded.count()} == before
    return tuple(wrong.value.faults)


def test_it_works(there: Office) -> None:
    made = flood(there)
    response = Item.unguarded.get(pk=made.response)
    assert (response.state, response.facts["level"], response.number) == (
        "active",
        "iii",
        "临川市应急响应清单〔2026〕1号",
    )
    opened = parts(made.response)
    # Seven items at two counties; of one line there is no unit, of one it is assumed, of one there are two.
    assert len(opened) == made.opened == 11
    assert (
        gaps(made.response)
        == {
            "A1b:hillsides": "assumed",
            "A1b:low_places": "missing",
            "A1b:boats": "several",
        }
        == {f"{cell.spot.key}:{cell.item.key}": cell.gap for cell in made.gaps}
    )
    patrol = opened["A1a:patrol"]
    assert (patrol.state, patrol.lead_id, patrol.due) == (
        "dispatched",
        there.world.units["A1a:water"].pk,
        datetime.date(2026, 11, 22),
    )
    assert patrol.words == "水库、山塘、堤防全线巡查一遍，报送险情清单（启动后12小时内，报工作记录）"
    assert all(part.parent_id == response.pk and part.line_id for part in opened.values())


def test_a_part_is_told_to_its_lead_and_run_like_any_item(there: Office) -> None:
    made = flood(there)
    part = parts(made.response)["A1a:patrol"].pk
    move(there, "county", part, "sign", 1)
    move(there, "county", part, "ask_closure", 2, prove=True, result="巡查完毕，未见险情")
    move(there, "checker", part, "verify", 3, method="call", finding="电话核实属实")
    move(there, "city", part, "close", 4)
    assert Item.unguarded.get(pk=part).state == "closed"


def test_closure_is_asked_with_evidence(there: Office) -> None:
    part = parts(flood(there).response)["A1a:patrol"].pk
    move(there, "county", part, "sign", 1)
    with pytest.raises(Exception, match="至少"):
        move(there, "county", part, "ask_closure", 2, result="巡查完毕")


@pytest.mark.parametrize(
    ("by", "key", "level", "places", "fields"),
    [
        ("city", "flood", "iii", ("A2",), ["places"]),
        ("city", "flood", "iii", ("A",), ["places"]),
        ("city", "flood", "iii", ("no such place",), ["places"]),
        ("city", "flood", "iii", ("\x00",), ["places"]),
        ("city", "flood", "iii", (), ["places"]),
        ("city", "flood", "v", ("A1a",), ["level"]),
        ("city", "no_such_set", "iii", ("A1a",), ["set"]),
        ("water", "flood", "iii", ("A1a",), [""]),
        ("mayor", "flood", "iii", ("A1a",), [""]),
        ("observer", "flood", "iii", ("A1a",), [""]),
        ("checker", "flood", "iii", ("A1a",), [""]),
        ("admin", "flood", "iii", ("A1a",), [""]),
        ("elsewhere", "flood", "iii", ("A1a",), ["places"]),
        ("abroad", "flood", "iii", ("A1a",), ["places"]),
    ],
)
def test_who_may_and_where(there: Office, by: str, key: str, level: str, places: Any, fields: list[str]) -> None:
    with pytest.raises(DraftRefused) as wrong:
        activating.activate(there[by], key, level, places, NOW)
    assert [fault.field for fault in wrong.value.faults] == fields and not Item.unguarded.exists()


def test_a_supervisor_of_one_line_may_not(there: Office) -> None:
    one = user("one_line")
    post(one, Role.SUPERVISOR, there.world.units["A1:gov"], there.world.lines["water"])
    there.people["one_line"] = one
    assert [fault[0] for fault in refused(there, by="one_line")] == [""]


def test_the_province_activates_for_a_city(there: Office) -> None:
    made = flood(there, by="province", at="A1")
    assert Item.unguarded.select_related("place").get(pk=made.response).place.key == "A1"


def test_twice_is_once(there: Office) -> None:
    first = flood(there, request="a")
    before = counts()
    again = flood(there, request="a")
    assert (again.response, again.repeated, counts()) == (first.response, True, before)


def test_under_the_same_name_nothing_else(there: Office) -> None:
    flood(there, request="a")
    with pytest.raises(DraftRefused):
        flood(there, "ii", request="a")


def test_the_same_set_is_active_once_at_a_place(there: Office) -> None:
    number = flood(there).number
    assert number in refused(there)[0][1]


def test_a_response_to_something_else_stands_beside_it(there: Office) -> None:
    flood(there)
    assert activating.activate(there["city"], "frost", "iv", COUNTIES, NOW).opened


def test_all_or_nothing(there: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second batch of parts is refused: the response and the first batch are not there either."""
    monkeypatch.setattr(activating, "MOST_PARTS", 4)
    sound = planning.part
    count = iter(range(99))
    monkeypatch.setattr(
        activating, "part", lambda *args: {**sound(*args), **({"lead": "x"} if next(count) > 5 else {})}
    )
    assert refused(there)


def test_in_batches_it_is_the_same(there: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activating, "MOST_PARTS", 4)
    made = flood(there, request="a")
    assert len(parts(made.response)) == 11 and flood(there, request="a").repeated
    assert Item.unguarded.get(pk=made.response).counts["send"] == 3


def test_too_many_at_once(there: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.intake.responding.asking.MOST", 5)
    assert refused(there)[0][0] == "places"


def test_raising_opens_only_what_is_new(there: Office) -> None:
    made = flood(there)
    before = parts(made.response)
    raised = set_level(there["city"], made.response, "ii", (), LATER, expected=version(made.response), request="r")
    after = parts(made.response)
    assert {key: after[key].pk for key in before} == {key: part.pk for key, part in before.items()}
    assert raised.opened == len(after) - len(before) == 8
    assert {key.split(":")[1] for key in set(after) - set(before)} == {"moved", "schools", "roads", "traffic"}
    again = set_level(there["city"], made.response, "ii", (), LATER, expected=version(made.response), request="r")
    assert again.repeated and len(parts(made.response)) == len(after)


def test_a_place_that_comes_later(there: Office) -> None:
    made = flood(there, places=("A1a",))
    came = set_level(there["city"], made.response, "iii", ("A1b",), LATER, expected=version(made.response))
    assert {key[:3] for key in parts(made.response)} == set(COUNTIES) and came.opened == 4


@pytest.mark.parametrize("place", ["A2", "A", "no such place", "\x00"])
def test_a_place_that_may_not_come(there: Office, place: str) -> None:
    made, before = flood(there), counts()
    with pytest.raises(DraftRefused) as wrong:
        set_level(there["city"], made.response, "iii", (place,), LATER, expected=version(made.response))
    assert [fault.field for fault in wrong.value.faults] == ["places"] and counts() == before


def test_a_gap_is_filled_once_there_is_a_unit(there: Office) -> None:
    made = flood(there)
    Unit.objects.filter(key="A1b:natural_resources").update(status="confirmed")
    came = set_level(there["city"], made.response, "iii", (), LATER, expected=version(made.response))
    assert came.opened == 1 and "A1b:hillsides" not in gaps(made.response)


def test_nothing_new_is_said(there: Office) -> None:
    made, before = flood(there), counts()
    with pytest.raises(DraftRefused, match="没有可新下达的任务"):
        set_level(there["city"], made.response, "iii", (), LATER, expected=version(made.response))
    assert counts() == before


def test_lowering_drops_what_is_not_needed_and_raising_again_opens_it(there: Office) -> None:
    made = flood(there, "ii")
    schools = parts(made.response)["A1a:schools"].pk
    with pytest.raises(DraftRefused, match="理由"):
        set_level(there["city"], made.response, "iii", (), LATER, expected=version(made.response))
    lowered = set_level(
        there["city"], made.response, "iii", (), LATER, expected=version(made.response), words="雨势减弱"
    )
    assert {each.what for each in lowered.stopped} == {"dropped"} and len(lowered.stopped) == 8
    assert Item.unguarded.get(pk=schools).facts["drop_reason"] == "lowered"
    assert parts(made.response)["A1a:patrol"].state == "dispatched"
    again = set_level(there["city"], made.response, "ii", (), LATER, expected=version(made.response))
    assert again.opened == 8 and parts(made.response)["A1a:schools"].pk != schools


def test_the_response_moved_on(there: Office) -> None:
    made = flood(there)
    with pytest.raises(DraftRefused):
        set_level(there["city"], made.response, "ii", (), LATER, expected=1)


@pytest.mark.parametrize("name", ["elsewhere", "abroad", "water", "observer", "county"])
def test_nobody_else_raises_or_stands_down(there: Office, name: str) -> None:
    made, before = flood(there), counts()
    with pytest.raises(DraftRefused):
        set_level(there[name], made.response, "ii", (), LATER, expected=version(made.response))
    with pytest.raises(DraftRefused):
        stand_down(there[name], made.response, {}, LATER, words="雨停", expected=version(made.response))
    assert counts() == before


def test_the_ledger_is_sound_after_all_of_it(there: Office) -> None:
    made = flood(there)
    set_level(there["city"], made.response, "ii", (), LATER, expected=version(made.response))
    stand_down(there["city"], made.response, {}, LATER, words="雨停", expected=version(made.response))
    assert not verify(LATER).faults


def test_every_set_opens_at_every_level(there: Office) -> None:
    """Whatever units there are, cells are parts or gaps, each once."""
    for each in sets():
        for level in (level.key for level in each.levels):
            made = activating.activate(there["province"], each.key, level, ("A1a",), NOW, at="A1a")
            assert made.opened + len(made.gaps) == len(each.opened_at(level))
            stand_down(there["province"], made.response, {}, LATER, words="演练结束", expected=version(made.response))
