"""The door: what is opened and moved is written whole, once, on the version that was seen, in few statements."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.ledger.actions import Refused, Stale, act, act_on_many, moves_for
from luoshi.ledger.models import Event, Evidence, Item, Notice, Series, Support, Text
from luoshi.ledger.proving.verify import verify
from luoshi.places.models import PlaceState
from tests.people.made import DAY

from .checked import entries, expect_replay
from .office import NOW, Desk, Office, at, closed, counts, in_hand, open_task, opened, proof

pytestmark = pytest.mark.django_db


def test_it_works(there: Office) -> None:
    desk = in_hand(there)
    desk.act("water", "report", progress="已开工")
    desk.act("water", "ask_closure", proof(), result="三座水库均已修好")
    desk.act("checker", "verify", method="on_site", finding="现场查看属实")
    desk.act("city", "close")
    assert (desk.row.state, desk.row.kind, desk.row.ended_on) == ("closed", "done", DAY)
    assert desk.row.number == "临川市任务清单〔2026〕1号"
    assert [e.verb for e in entries(desk.item)] == [
        "open",
        "dispatch",
        "sign",
        "report",
        "ask_closure",
        "verify",
        "close",
    ]
    expect_replay(desk.item)


def test_words_lie_apart_and_the_event_holds_their_commitment_alone(desk: Desk) -> None:
    done = desk.act("water", "report", progress="张师傅说月底完工")
    event = Event.unguarded.get(pk=done.event)
    text = Text.unguarded.get(event=event)
    assert (text.words, text.subject, text.field) == (
        "张师傅说月底完工",
        f"post:{desk.office.posts['water'].pk}",
        "progress",
    )
    assert "张" not in str(event.payload) and len(bytes(text.salt or b"")) == 32
    assert list(event.payload["fields"]["progress"]) == ["commitment"]
    assert event.actor == str(desk.office.posts["water"].pk) and event.actor_unit == "A1:water"


def test_numbers_follow_each_other_by_place_list_and_year(there: Office) -> None:
    numbers = [open_task(there["city"], **more).number for more in ({}, {}, {"list": "decisions"}, {})]
    assert numbers == [
        "临川市任务清单〔2026〕1号",
        "临川市任务清单〔2026〕2号",
        "临川市议定事项清单〔2026〕1号",
        "临川市任务清单〔2026〕3号",
    ]
    assert open_task(there["city"], place="A1a").number == "临川市青溪县任务清单〔2026〕1号"
    assert open_task(there["city"], place="A1a1").number == "临川市青溪县石桥镇任务清单〔2026〕1号"
    new_year = datetime.datetime(2026, 12, 31, 16, 0, tzinfo=datetime.UTC)
    assert open_task(there["city"], now=new_year).number == "临川市任务清单〔2027〕1号"


def test_places_called_the_same_are_told_apart(there: Office) -> None:
    there.world.places["A1b"].states.update(name="青溪县")
    numbers = [open_task(there["city"], place=place).number for place in ("A1a", "A1b")]
    assert numbers == ["临川市青溪县任务清单〔2026〕1号", "青溪县任务清单〔2026〕1号"]
    there.world.places["A1a1"].states.update(
        name="青溪县", level="county", path=there.world.places["A1b"].states.get().path
    )
    assert open_task(there["city"], place="A1a1").number == "临川市青溪县（A1a1）任务清单〔2026〕1号"


def test_openings_of_a_series_hold_each_other(there: Office) -> None:
    first, second = (open_task(there["city"]) for _ in range(2))
    series = [Event.unguarded.get(pk=done.event).payload["series"] for done in (first, second)]
    assert [each["serial"] for each in series] == [1, 2]
    assert [each["previous"] for each in series] == ["", first.hash]
    assert Series.unguarded.get().head == second.hash


def test_a_number_refused_leaves_no_gap(there: Office) -> None:
    with pytest.raises(Refused):
        open_task(there["city"], words="")
    assert open_task(there["city"]).number.endswith("1号")


def test_the_same_form_sent_twice_is_done_once(desk: Desk) -> None:
    asked: dict[str, Any] = {
        "fields": {"progress": " 过半\r\n"},
        "expected": desk.sequence,
        "now": at(5),
        "request": "form-1",
    }
    first = act(desk.office["water"], desk.item, "report", **asked)
    before = counts()
    again = act(desk.office["water"], desk.item, "report", **{**asked, "now": at(6)})
    assert again == first._replace(repeated=True) and not first.repeated
    assert counts() == before
    # Also after others went on.
    act(desk.office["city"], desk.item, "remind", fields={}, expected=first.sequence, now=at(7))
    assert act(desk.office["water"], desk.item, "report", **asked).event == first.event


# Who, which verb, which fields, how many files instead.
OTHERS: list[tuple[str, str, dict[str, Any], int]] = [
    ("water", "report", {"progress": "另一件事"}, 0),
    ("water", "report", {"progress": "过半", "milestones": [{"words": "开工", "done_on": "2026-11-20"}]}, 0),
    ("water_head", "report", {"progress": "过半"}, 0),
    ("water", "object", {"reason": "过半"}, 0),
    ("water", "report", {"progress": "过半"}, 1),
]


@pytest.mark.parametrize(("name", "verb", "fields", "files"), OTHERS)
def test_the_same_request_with_another_content_is_refused(
    desk: Desk, name: str, verb: str, fields: dict[str, Any], files: int
) -> None:
    asked: dict[str, Any] = {"expected": desk.sequence, "now": at(5), "request": "form-1"}
    act(desk.office["water"], desk.item, "report", fields={"progress": "过半"}, **asked)
    before, evidence = counts(), [("document", proof())] * files
    with pytest.raises(Refused) as refused:
        act(desk.office[name], desk.item, verb, fields=fields, evidence=evidence, **asked)
    assert refused.value.codes == ("request_reused",) and counts() == before


def test_an_item_opened_twice_by_one_form_is_one(there: Office) -> None:
    first = open_task(there["city"], request="form-2", due=DAY)
    assert open_task(there["city"], request="form-2", due=DAY, now=at(1)) == first._replace(repeated=True)
    others: list[dict[str, Any]] = [{"words": "另一件"}, {"due": None}, {"place": "A1a"}]
    for other in others:
        with pytest.raises(Refused) as refused:
            open_task(there["city"], **{"request": "form-2", "due": DAY, **other})
        assert refused.value.codes == ("request_reused",)
    assert Item.unguarded.count() == 1


def test_a_split_sent_twice_opens_its_parts_once(desk: Desk) -> None:
    parts = [{"words": "修好石桥水库", "lead": "A1a:water"}, {"words": "修好白塔水库", "lead": "A1b:water"}]
    asked: dict[str, Any] = {"fields": {"parts": parts}, "expected": desk.sequence, "now": at(5), "request": "s"}
    first = act(desk.office["water"], desk.item, "split", **asked)
    assert act(desk.office["water"], desk.item, "split", **asked) == first._replace(repeated=True)
    assert len(first.children) == 2 and Item.unguarded.count() == 3


def test_who_fills_in_an_old_form_is_told_what_happened(desk: Desk) -> None:
    desk.act("city", "remind")
    desk.act("water", "report", progress="过半")
    with pytest.raises(Stale) as stale:
        act(
            desk.office["city"],
            desk.item,
            "set_due",
            fields={"due": "2026-12-01", "reason": "提前"},
            expected=3,
            now=at(9),
        )
    assert [(each.sequence, each.verb, each.unit) for each in stale.value.since] == [
        (4, "remind", "A1:gov"),
        (5, "report", "A1:water"),
    ]
    assert "第 3 条之后又有第 5 条" in str(stale.value)


def test_of_many_each_is_done_or_refused_by_itself(there: Office) -> None:
    good, ended, stale, mine = in_hand(there), closed(there), in_hand(there), opened(there)
    stale.act("water", "report", progress="过半")
    foreign = open_task(there["elsewhere"], place="A2").item
    asked = [(good.item, good.sequence), (ended.item, ended.sequence), (stale.item, 3), (mine.item, 1), (foreign, 1)]
    results = act_on_many(there["city"], asked, "remind", {}, at(9))
    assert [result.item for result in results] == [item for item, _ in asked]
    assert [result.refused and result.refused.codes for result in results] == [
        None, ("ended",), ("stale",), ("not_from_here",), ("not_found",),
    ]  # fmt: skip
    assert results[0].outcome and results[0].outcome.sequence == good.sequence + 1
    assert good.row.counts["remind"] == 1


def test_the_units_and_posts_that_take_part_are_told_but_not_who_acts(there: Office) -> None:
    desk = in_hand(there, supports=["A1:civil"])
    done = desk.act("water", "report", progress="过半")
    rows = Notice.unguarded.filter(event=done.event)
    assert {row.unit.key for row in rows if row.unit} == {"A1:civil"}
    assert {row.post_id for row in rows if row.post_id} == {there.posts["city"].pk}
    assert not Notice.unguarded.filter(event__verb="open").exists()


def test_evidence_is_kept_with_the_item_and_named_in_the_event(desk: Desk) -> None:
    file = proof()
    desk.act("water", "report", file, progress="过半")
    done = desk.act("water", "ask_closure", file, result="已修好")
    assert Event.unguarded.get(pk=done.event).payload["evidence"] == [{"kind": "document", "sha256": file.sha256}]
    kept = Evidence.unguarded.get(item=desk.item)
    assert (kept.name, kept.size, kept.media_type) == ("验收.txt", file.size, "text/plain")


def test_what_happened_earlier_is_recorded_now(desk: Desk) -> None:
    earlier = at(4)
    asked: dict[str, Any] = {"fields": {"progress": "过半"}, "expected": desk.sequence, "now": at(30)}
    done = act(desk.office["water"], desk.item, "report", **asked, occurred_at=earlier)
    event = Event.unguarded.get(pk=done.event)
    assert (event.occurred_at, event.recorded_at) == (earlier, at(30))


def test_supporting_units_are_let_go(there: Office) -> None:
    desk = in_hand(there, supports=["A1:civil"])
    with pytest.raises(Refused, match="配合单位"):
        desk.act("city", "set_supports")
    desk.act("city", "set_supports", supports=[])
    assert not Support.unguarded.filter(item=desk.item).exists()
    expect_replay(desk.item)
    assert verify(at(99)).faults == ()


def test_what_lies_at_a_place_that_is_no_more_is_split_there(desk: Desk) -> None:
    """And nowhere else that is no more."""
    PlaceState.objects.filter(place__key__in=("A1", "A1b")).update(until=DAY)
    part = {"words": "修好石桥水库", "lead": "A1:civil"}
    with pytest.raises(Refused, match="已经撤销"):
        desk.act("water", "split", parts=[{**part, "place": "A1b"}])
    assert desk.act("water", "split", parts=[part]).children


def test_two_clocks_that_differ_do_not_turn_events_round(desk: Desk) -> None:
    act(desk.office["city"], desk.item, "remind", fields={}, expected=desk.sequence, now=NOW)
    times = [entry.recorded_at for entry in entries(desk.item)]
    assert times == sorted(times) and times[-1] > NOW


def test_the_moves_offered_are_those_that_may_be_made(desk: Desk) -> None:
    assert desk.may("water") == {"split", "report", "hand_over", "ask_extension", "ask_closure"}
    assert desk.may("observer") == desk.may("mayor") == set()
    assert "drop" in desk.may("city") and "verify" not in desk.may("checker")
    with pytest.raises(Refused, match="没有找到该事项"):
        moves_for(desk.office["elsewhere"], desk.item, at(5))


# Sight, posts, BEGIN, item with supports, units, event, words, files, row, notices, COMMIT; PostgreSQL locks apart.
STATEMENTS = 11


def test_a_move_takes_few_statements(desk: Desk, django_assert_max_num_queries: Any) -> None:
    file = proof()
    limit = STATEMENTS + connection.features.has_select_for_update
    with django_assert_max_num_queries(limit):
        desk.act("water", "ask_closure", file, result="已修好")


def test_a_list_of_moves_takes_as_many_statements_however_long_the_story(desk: Desk) -> None:
    def taken() -> int:
        with CaptureQueriesContext(connection) as seen:
            desk.act("water", "report", progress="又一步")
        return len(seen)

    first = taken()
    for _ in range(5):
        desk.act("city", "remind")
    assert taken() == first
