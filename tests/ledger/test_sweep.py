"""Days of a task under the sweep: which step is made when, what is left alone, what is never done twice."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection

from luoshi.ledger.actions import act
from luoshi.ledger.actions.books import playbooks
from luoshi.ledger.models import Item, Notice
from luoshi.ledger.proving.verify import verify
from luoshi.ledger.sweep import NightFell, Swept, sweep, waiting
from luoshi.ledger.sweep.running import request_of

from .checked import expect_replay
from .office import Desk, Office, counts, in_hand, opened, proof
from .sweep_days import day, moment, steps, swept

pytestmark = pytest.mark.django_db


def test_it_works(there: Office, desk: Desk) -> None:
    """The last working day of the year comes near, passes, and the ladder is climbed to the province; then it is quiet."""
    assert swept(there, moment("2026-12-28T08:59")) == []
    assert swept(there, day("2026-12-28")) == [("remind", "due near", {"A1:water"})]
    assert swept(there, day("2026-12-28")) == [] and swept(there, moment("2026-12-28T21:59")) == []
    # New Year's Day is a Friday.
    assert swept(there, day("2027-01-03")) == []
    assert swept(there, day("2027-01-04")) == [("remind", "due over", {"A1:water", "city"})]
    assert swept(there, day("2027-01-06")) == [("escalate", "due leader", {"water_head", "city"})]
    assert desk.row.facts["escalation"] == "leader"
    assert swept(there, day("2027-01-11")) == [("escalate", "due above", {"province", "city"})]
    assert desk.row.facts["escalation"] == "letter" and desk.row.next_step_at is None
    assert swept(there, day("2028-01-08")) == [] and waiting(day("2028-01-08")) == 0
    expect_replay(desk.item)
    assert not verify(day("2028-01-08")).faults


def test_what_was_missed_for_long_is_one_step(there: Office, desk: Desk) -> None:
    """Nobody gets four reminders on the morning on which a machine is mended."""
    assert [name for _, name, _ in swept(there, day("2027-03-01"))] == ["due above"]
    assert swept(there, day("2027-03-02")) == []


def test_paused_items_are_left_alone(there: Office, desk: Desk) -> None:
    desk.hours = 24
    desk.act("city", "pause", pause_reason="season", reason="大坝要等枯水期才能施工")
    assert steps(there, "2026-12-28", "2027-01-04", "2027-01-08", "2027-03-01") == {}
    resumed = act(there["city"], desk.item, "resume", fields={}, expected=desk.sequence, now=day("2027-03-01"))
    # At the ends of 98 days it stood still, from Monday the 23rd of November on.
    assert resumed.sequence == 5 and desk.row.due_at == moment("2027-04-09T00:00")
    # Monday the 5th of April is Qingming.
    assert steps(there, "2027-03-02", "2027-04-01", "2027-04-02", "2027-04-08", "2027-04-09") == {
        "2027-04-02": ["due near"],
        "2027-04-09": ["due over"],
    }


def test_an_extension_granted_in_between_starts_the_ladder_anew(there: Office, desk: Desk) -> None:
    assert steps(there, "2026-12-28") == {"2026-12-28": ["due near"]}
    desk.sequence, desk.hours = desk.row.sequence, 24 * 37
    asked = {"asked_due": "2027-02-26", "reason": "汛期停工两周", "progress": "完成七成"}
    desk.act("water", "ask_extension", **asked)
    assert desk.hours == 889  # the 29th of December
    desk.act("city", "grant_extension", due="2027-02-26")
    assert steps(there, "2026-12-30", "2027-01-04", "2027-01-05", "2027-02-22") == {}
    assert steps(there, "2027-02-23", "2027-03-01", "2027-03-03") == {
        "2027-02-23": ["due near"],
        "2027-03-01": ["due over"],
        "2027-03-03": ["due leader"],
    }


def test_an_extension_that_nobody_decides_on_is_told_to_the_supervisor(there: Office, desk: Desk) -> None:
    asked = {"asked_due": "2027-02-26", "reason": "汛期停工两周", "progress": "完成七成"}
    desk.act("water", "ask_extension", **asked)
    assert swept(there, day("2026-11-25")) == []
    assert swept(there, day("2026-11-26")) == [("remind", "extension over", {"city"})]


def test_signed_after_the_reminder_of_signing(there: Office) -> None:
    desk = opened(there)
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    assert steps(there, "2026-11-24") == {"2026-11-24": ["sign near"]}
    desk.sequence, desk.hours = desk.row.sequence, 50
    desk.act("water", "sign")
    assert steps(there, "2026-11-25", "2026-11-26", "2026-11-30", "2026-12-03", "2026-12-25") == {}


def test_not_signed_for(there: Office) -> None:
    opened(there).act("city", "dispatch", lead="A1:water", due="2026-12-31")
    assert steps(there, "2026-11-24", "2026-11-26", "2026-11-30", "2026-12-01", "2026-12-03") == {
        "2026-11-24": ["sign near"],
        "2026-11-26": ["sign over"],
        "2026-11-30": ["sign leader"],
        "2026-12-03": ["sign above"],
    }


def test_reports_that_are_missing(there: Office) -> None:
    """Each week by itself; a report begins the week anew."""
    desk = opened(there)
    desk.act("city", "dispatch", lead="A1:water", due="2027-06-30", frequency="weekly")
    desk.act("water", "sign")
    # The week is over on a Sunday, and so on Monday.
    assert swept(there, day("2026-11-30")) == []
    assert swept(there, day("2026-12-01")) == [("remind", "feedback missed#1", {"A1:water", "city"})]
    assert steps(there, "2026-12-02", "2026-12-07", "2026-12-08") == {"2026-12-08": ["feedback missed#2"]}
    desk.sequence, desk.hours = desk.row.sequence, 24 * 16
    desk.act("water", "report", progress="大坝已清基")
    assert steps(there, "2026-12-14", "2026-12-15", "2026-12-16") == {"2026-12-16": ["feedback missed#1"]}
    # Three weeks in which nothing swept are one reminder.
    assert steps(there, "2027-01-07", "2027-01-08") == {"2027-01-07": ["feedback missed#4"]}


def test_nobody_is_reminded_at_night(there: Office, desk: Desk) -> None:
    for hour in ("22:00", "23:59", "00:00", "07:59"):
        assert swept(there, moment(f"2026-12-29T{hour}")) == []
    assert len(swept(there, moment("2026-12-29T08:00"))) == 1


def test_one_that_comes_into_the_night_goes_on_in_the_morning(there: Office) -> None:
    desks = [in_hand(there) for _ in range(5)]
    evening, times = moment("2027-01-04T21:59"), iter([moment("2027-01-04T21:59")] * 2)
    run = sweep(evening, page=2, clock=lambda: next(times, moment("2027-01-04T22:00")))
    assert [len(next(run).made) for _ in range(2)] == [1, 1]
    with pytest.raises(NightFell):
        next(run)
    assert waiting(evening) == 3
    assert [step for _, step, _ in swept(there, moment("2027-01-05T08:00"))] == ["due over"] * 3
    assert [desk.row.counts["remind"] for desk in desks] == [1] * 5


def test_the_last_item_before_the_night_is_its_end(there: Office) -> None:
    in_hand(there)
    times = iter([moment("2027-01-04T21:59")])
    run = sweep(moment("2027-01-04T21:59"), clock=lambda: next(times, moment("2027-01-04T22:00")))
    assert len(list(run)) == 1


def test_several_clocks_of_one_item(there: Office) -> None:
    opened(there).act("city", "dispatch", lead="A1:water", due="2026-12-31")
    assert {name for _, name, _ in swept(there, day("2027-01-11"))} == {"sign above", "due above"}
    assert swept(there, day("2027-01-11")) == []


def test_somebody_acts_meanwhile(there: Office) -> None:
    """What was read is looked at again: one has asked for closure in time and is not chased, one has only reported."""
    first, second, third = sorted((in_hand(there) for _ in range(3)), key=lambda desk: desk.item)
    run = sweep(day("2027-01-04"))
    assert [made.step for made in next(run).made] == ["over"]
    second.hours = third.hours = 24 * 42
    second.act("water", "ask_closure", proof(), result="已修好")
    third.act("water", "report", progress="还差一座")
    rest = list(run)
    assert rest == [Swept(second.row.number), Swept(third.row.number, rest[1].made)]
    assert [made.step for made in rest[1].made] == ["over"]
    for desk in (first, second, third):
        expect_replay(desk.item)
    assert [desk.row.counts.get("remind", 0) for desk in (first, second, third)] == [1, 0, 1]


def test_two_sweeps_at_once(there: Office) -> None:
    desks = [in_hand(there) for _ in range(3)]
    one, other = sweep(day("2027-01-04"), page=2), sweep(day("2027-01-04"), page=2)
    told = [next(one), next(other), *other, *one]
    assert [desk.row.counts["remind"] for desk in desks] == [1, 1, 1]
    assert sum(len(each.made) for each in told) == 3
    assert [each.missed for each in told if each.missed] == [(("today", ""),)]
    assert Notice.unguarded.filter(event__verb="remind").count() == 6


def test_one_that_is_refused_does_not_stop_the_others(there: Office) -> None:
    desks = [in_hand(there) for _ in range(4)]
    Item.unguarded.filter(pk=desks[0].item).update(version=99)
    Item.unguarded.filter(pk=desks[1].item).update(clocks={"due": {"since": "gestern"}})
    Item.unguarded.filter(pk=desks[2].item).update(state="closed", ended_on=None)
    found = {each.number: each for each in sweep(day("2026-12-28"), page=1)}
    of = [found[desk.row.number] for desk in desks]
    assert [[why for why, _ in each.missed] for each in of] == [["refused"], ["refused"], ["refused"], []]
    assert [len(each.made) for each in of] == [0, 0, 0, 1]
    assert all(words for each in of for _, words in each.missed)


def test_a_clock_started_anew_on_the_same_day_waits_for_the_next(there: Office) -> None:
    """Each step once on an item and day, even where it has become due again."""
    desk = opened(there, fields={"basis": "市政府专题会议纪要〔2026〕8号", "urgency": "most_urgent"})
    desk.hours = 23
    desk.act("city", "dispatch", lead="A1:civil", due="2026-12-31")  # Monday at ten
    assert [name for _, name, _ in swept(there, moment("2026-11-23T12:00"))] == ["sign over"]
    desk.sequence, desk.hours = desk.row.sequence, 26
    desk.act("city", "reassign", lead="A1:water", reason="水库不归民政局管")  # at one
    (again,) = sweep(moment("2026-11-23T16:00"))
    assert (again.made, again.missed) == ((), (("today", ""),))
    assert [(name, who) for _, name, who in swept(there, day("2026-11-24"))] == [("sign over", {"A1:water", "city"})]


def test_items_of_a_playbook_without_clocks_are_not_reminded_of(there: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    first = playbooks().of("task", 1)
    monkeypatch.setattr("luoshi.ledger.actions.opening.newest", lambda key: first)
    desk = in_hand(there)
    assert desk.row.version == 1 and desk.row.due_at is not None
    assert swept(there, day("2027-01-04")) == [] and waiting(day("2027-01-04")) == 0


def test_a_dry_run_says_the_same_and_writes_nothing(there: Office) -> None:
    in_hand(there)
    opened(there).act("city", "dispatch", lead="A1:civil", due="2026-12-25")
    before = counts()
    said = list(sweep(day("2026-12-28"), dry=True))
    assert counts() == before and list(sweep(day("2026-12-28"), dry=True)) == said
    assert list(sweep(day("2026-12-28"))) == said
    assert {made.step for each in said for made in each.made} == {"near", "over", "above"}


def test_every_item_is_come_to_whatever_the_page(there: Office) -> None:
    """Many of the same moment, others before and behind it."""
    for n in range(9):
        in_hand(there, due=("2026-12-31", "2026-12-31", "2026-12-24")[n % 3])
    numbers = list(Item.unguarded.order_by("next_step_at", "pk").values_list("number", flat=True))
    for page in (1, 2, 4, 9, 100):
        assert [each.number for each in sweep(day("2026-12-28"), dry=True, page=page)] == numbers


REQUESTS = (
    (1, "due", "near", "2026-12-28"),
    (2, "due", "near", "2026-12-28"),
    (1, "sign", "near", "2026-12-28"),
    (1, "due", "over", "2026-12-28"),
    (1, "due", "near", "2026-12-29"),
    (1, "a" * 40, "b" * 40 + "#12345", "2026-12-28"),
)


def test_requests_have_room_for_any_step() -> None:
    names = {request_of(UUID(int=n), clock, step, day(on)) for n, clock, step, on in REQUESTS}
    assert len(names) == len(REQUESTS) and all(len(each) <= 64 for each in names)


def test_items_that_are_not_due_are_not_read(there: Office) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a small table is read whole by PostgreSQL")
    due = Item.unguarded.filter(next_step_at__lte=day("2026-12-28"))
    behind = Item.unguarded.filter(next_step_at=day("2026-12-28"), pk__gt=UUID(int=1))
    for found in (due, behind):
        plan = found.order_by("next_step_at", "pk").values_list("pk", "facts")[:5].explain()
        assert "USING INDEX ledger_next_step" in plan and "TEMP B-TREE" not in plan
