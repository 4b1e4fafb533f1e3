"""Clocks through the door: columns written with every move, extensions granted and refused, steps of the system noted."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from typer.testing import CliRunner

from luoshi.calendar import base, current
from luoshi.calendar.actions import bring
from luoshi.cli.app import app
from luoshi.ledger.actions import Refused, act
from luoshi.ledger.actions.books import playbooks
from luoshi.ledger.actions.rows import read, state_of
from luoshi.ledger.clocks import next_step
from luoshi.ledger.clocks.recomputing import Changed, Uncounted, recompute
from luoshi.ledger.models import Item
from luoshi.ledger.policy import System
from luoshi.ledger.proving.replaying import rebuild

from .attacks import attack, update
from .checked import expect_replay
from .office import NOW, Desk, Office, at, in_hand, opened
from .sealed import looked

pytestmark = pytest.mark.django_db
CHINA = ZoneInfo("Asia/Shanghai")


def midnight(month: int, day: int, year: int = 2026) -> datetime.datetime:
    return datetime.datetime(year, month, day, tzinfo=CHINA)


def held(desk: Desk) -> tuple[Any, Any, Any]:
    """What the columns say, and that it is what replay and the calendar make of the events."""
    expect_replay(desk.item, at(desk.hours))
    assert looked().green, looked().faults
    row = desk.row
    assert row.calendar == current().version
    return row.due_at, row.due_clock, row.next_step_at


def tape(desk: Desk, clock: str) -> Any:
    """A tape as the column holds it."""
    return (desk.row.clocks or {})[clock]


def test_it_works(there: Office) -> None:
    """On Sunday, 22 November 2026: to be signed for within three working days, until Wednesday; then until its date."""
    desk = opened(there)
    assert held(desk) == (None, None, None)
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    assert held(desk) == (midnight(11, 26), "sign", datetime.datetime(2026, 11, 24, 9, tzinfo=CHINA))
    desk.act("water", "sign")
    assert held(desk) == (midnight(1, 1, 2027), "due", datetime.datetime(2026, 12, 28, 9, tzinfo=CHINA))
    desk.act("city", "pause", pause_reason="season", reason="冰冻")
    assert held(desk) == (None, None, None)
    desk.hours += 24 * 10
    desk.act("city", "resume")
    # Ten midnights of waiting are given back.
    assert held(desk)[:2] == (midnight(1, 11, 2027), "due")


def test_a_move_that_concerns_no_clock_counts_nothing(there: Office) -> None:
    desk = in_hand(there)
    before = held(desk)
    with CaptureQueriesContext(connection) as asked:
        desk.act("city", "instruct", instruction="请抓紧")
    # Which calendar there is, is read along with the item.
    assert not [each for each in asked.captured_queries if 'FROM "calendar_' in each["sql"].partition("(")[0]]
    assert sum('"calendar_notice"' in each["sql"] for each in asked.captured_queries) == 1
    assert held(desk) == before


def test_an_extension_is_asked_for_in_time_granted_once_and_not_for_long(there: Office) -> None:
    desk = in_hand(there, due="2026-11-30")
    asked: dict[str, Any] = {"reason": "材料未到", "progress": "过半"}
    assert desk.refused("water", "ask_extension", asked_due="2027-05-31", **asked) == ("extension_long",)
    desk.act("water", "ask_extension", asked_due="2027-05-30", **asked)
    assert held(desk)[1] == "due", "asking does not stop the clock"
    assert desk.refused("city", "grant_extension", due="2027-05-31") == ("extension_long",)
    desk.act("city", "grant_extension", due="2027-01-15")
    assert held(desk)[:2] == (midnight(1, 16, 2027), "due")
    assert tape(desk, "due")["extended"] == 1
    assert "ask_extension" not in desk.may("water")
    assert desk.refused("water", "ask_extension", asked_due="2027-03-01", **asked) == ("extension_spent",)
    with pytest.raises(Refused, match="最多延期 1 次，已同意 1 次"):
        desk.act("water", "ask_extension", asked_due="2027-03-01", **asked)


def test_an_extension_is_asked_for_a_day_before(there: Office) -> None:
    desk = in_hand(there, due="2026-11-24")
    desk.hours = 24 + 13  # the last minutes of the 23rd
    assert "ask_extension" in desk.may("water")
    desk.hours = 24 + 14
    assert "ask_extension" not in desk.may("water")
    asked: dict[str, Any] = {"asked_due": "2027-01-15", "reason": "材料未到", "progress": "过半"}
    assert desk.refused("water", "ask_extension", **asked) == ("extension_late",)
    with pytest.raises(Refused, match="期限 2026-11-24，延期最迟 2026-11-23 提出"):
        desk.act("water", "ask_extension", **asked)


def test_without_a_deadline_there_is_nothing_to_extend(there: Office) -> None:
    desk = opened(there)
    desk.act("city", "dispatch", lead="A1:water", frequency="weekly")
    desk.act("water", "sign")
    asked: dict[str, Any] = {"asked_due": "2027-01-15", "reason": "材料未到", "progress": "过半"}
    assert desk.refused("water", "ask_extension", **asked) == ("nothing_to_extend",)
    # A week ends on Sunday, so it ends on Monday; on Tuesday the report is missing.
    assert held(desk) == (None, None, datetime.datetime(2026, 12, 1, 9, tzinfo=CHINA))


def test_a_step_of_the_system_is_noted_and_the_next_waits(there: Office) -> None:
    desk = opened(there)
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    steps = []
    for _ in range(4):
        row = desk.row
        now = row.next_step_at
        assert now is not None
        playbook = playbooks().of(row.playbook, row.version)
        kept = read(desk.item, now.date())
        assert kept
        due = next_step(playbook.clocks, state_of(kept[0], tuple(kept[1])), current(), now)
        assert due and due.at == now
        steps.append(due.name)
        fields = {"clock": due.clock.key, "step": due.name, **dict(due.rung.given)}
        done = act(System("sweep"), desk.item, due.rung.verb, fields=fields, expected=desk.sequence, now=now)
        desk.sequence = done.sequence
    assert steps == ["near", "over", "leader", "above"]
    assert tape(desk, "sign")["made"] == steps and "clock" not in desk.row.facts
    expect_replay(desk.item, at(24 * 99))


def test_a_person_who_reminds_makes_no_step(there: Office) -> None:
    desk = opened(there)
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    before = held(desk)
    desk.act("city", "remind", clock="sign", step="near")
    assert held(desk) == before


def test_items_of_the_first_version_run_on(there: Office) -> None:
    """They have no clocks: their deadline alone says when they are due."""
    desk = in_hand(there)
    with attack():
        update("ledger_item", desk.item, version=1)
        update("ledger_event", desk.item, version=1)
    rebuildable = playbooks().of("task", 1)
    assert rebuildable.clocks == ()
    desk.act("water", "report", progress="过半")
    assert desk.row.version == 1
    assert "ask_extension" in desk.may("water")


def test_columns_that_were_changed_are_found_and_made_anew(there: Office) -> None:
    desk = in_hand(there)
    wrong = {"due_clock": "sign", "next_step_at": None}
    Item.unguarded.filter(pk=desk.item).update(**wrong)
    assert {dict(fault.about)["column"] for fault in looked().faults} == set(wrong)
    rebuild(desk.item, at(720))
    assert held(desk)[1] == "due"


# A Wednesday off that was not.
NOTICE = "date,kind,name\n2026-11-25,休,临时\n".encode()


def test_after_a_change_of_the_calendar_all_is_counted_anew(there: Office) -> None:
    desk, other = opened(there), in_hand(there)
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    assert list(recompute(current(), playbooks())) == []
    bring(NOTICE, NOW)
    assert current().version != base().version
    told = list(recompute(current(), playbooks(), page=1))
    number = desk.row.number
    assert told == [Changed(desk.item, number, "sign", midnight(11, 26), midnight(11, 27))]
    assert held(desk)[0] == midnight(11, 27) and held(other)[1] == "due"
    assert list(recompute(current(), playbooks(), page=1)) == []


def test_what_was_stopped_goes_on_where_it_stopped(there: Office) -> None:
    desks = [opened(there) for _ in range(3)]
    for desk in desks:
        desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    bring(NOTICE, NOW)
    first = next(recompute(current(), playbooks(), page=1))
    told = [each.item for each in recompute(current(), playbooks(), page=1)]
    assert [first.item, *told] == sorted(desk.item for desk in desks)


BROKEN: list[tuple[dict[str, Any], str]] = [
    ({"clocks": {"sign": {}}}, "not as the door writes them (KeyError)"),
    ({"clocks": ["sign"]}, "not as the door writes them (AttributeError)"),
    ({"version": 99}, "no playbook task 99"),
]


@pytest.mark.parametrize(("columns", "why"), BROKEN)
def test_an_item_that_cannot_be_counted_keeps_no_other_from_it(
    there: Office, tmp_path: Path, columns: dict[str, Any], why: str
) -> None:
    broken, desk = opened(there), opened(there)
    for each in (broken, desk):
        each.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    Item.unguarded.filter(pk=broken.item).update(**columns)
    (file := tmp_path / "notice.csv").write_bytes(NOTICE)
    number, other = broken.row.number, desk.row.number
    answer = CliRunner().invoke(app, ["calendar", "import", str(file)])
    assert answer.exit_code == 1 and "1 items could not be counted" in answer.stderr
    assert f"{number}: " in answer.stdout and why in answer.stdout
    assert f"{other}  sign  2026-11-26 00:00 → 2026-11-27 00:00\n" in answer.stdout
    assert [type(each) for each in recompute(current(), playbooks())] == [Uncounted]
    assert CliRunner().invoke(app, ["calendar", "recount"]).exit_code == 1
