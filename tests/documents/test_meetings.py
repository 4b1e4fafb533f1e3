"""Meetings entered by hand: with a report or without one; what is wrong is told by field."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from luoshi.documents.actions import correct_meeting, enter_meeting, reread
from luoshi.documents.models import Correction, Meeting
from luoshi.people.models import Role
from tests.people.made import DAY, post, user, world

from .made import LATER, NOW, taken

pytestmark = pytest.mark.django_db
HELD: dict[str, Any] = {
    "name": "全县三季度重点工作推进会",
    "date": "2026-10-09",
    "level": "county",
    "form": "video",
    "convener": "青溪县委、县政府",
    "main_venue": "县行政中心三楼会议室",
    "branch_venues": [{"name": "石桥镇", "attendance": 18}, {"name": "白塔区"}],
    "attendance": 260,
    "chairs": ["穆清扬"],
    "speakers": ["鲍闻舟"],
    "presenters": ["石桥镇", "县民政局"],
}


def test_it_works() -> None:
    made = world()
    clerk = post(user("zhou"), Role.CLERK, made.units["A1a:gov"])
    entered = enter_meeting(HELD, post=clerk, place=made.places["A1a"], now=NOW)
    held = Meeting.seen.by(clerk.user, DAY).get()
    assert held == entered and (held.origin, held.entered_by, held.entered_at) == ("hand", clerk, NOW)
    assert (str(held.held_on), held.attendance, held.presenters) == ("2026-10-09", 260, ["石桥镇", "县民政局"])
    assert held.branch_venues == [{"name": "石桥镇", "attendance": 18}, {"name": "白塔区", "attendance": None}]


def test_the_same_again_is_the_same_meeting() -> None:
    place = world().places["A1a"]
    first = enter_meeting(HELD, post=None, place=place, now=NOW)
    assert enter_meeting(HELD, post=None, place=place, now=LATER) == first
    with pytest.raises(ValidationError, match="已录入"):
        enter_meeting({**HELD, "attendance": 261}, post=None, place=place, now=LATER)
    assert enter_meeting({**HELD, "date": "2026-10-10"}, post=None, place=place, now=LATER) != first


def test_it_is_corrected_and_who_did_so_is_kept() -> None:
    made = world()
    clerk = post(user("zhou"), Role.CLERK, made.units["A1a:gov"])
    held = enter_meeting(HELD, post=clerk, place=made.places["A1a"], now=NOW)
    assert correct_meeting(held, {**HELD, "date": "2026-10-08", "chairs": []}, post=clerk, now=LATER) == (
        "date",
        "chairs",
    )
    held = Meeting.unguarded.get()
    assert (str(held.held_on), held.chairs, held.corrected) == ("2026-10-08", [], {})
    seen = Correction.seen.by(clerk.user, DAY).order_by("pk")
    assert [(c.field, c.before, c.after) for c in seen] == [
        ("date", "2026-10-09", "2026-10-08"),
        ("chairs", ["穆清扬"], []),
    ]


def test_several_faults_are_told_together_and_nothing_is_written() -> None:
    place = world().places["A1a"]
    with pytest.raises(ValidationError) as told:
        enter_meeting({"name": " ", "date": "明天", "attendance": -1}, post=None, place=place, now=NOW)
    assert set(told.value.message_dict) == {"name", "date", "attendance"}
    with pytest.raises(ValidationError) as told:
        enter_meeting({"name": "推进会"}, post=None, place=place, now=NOW)
    assert set(told.value.message_dict) == {"date"}
    assert not Meeting.unguarded.exists()
    held = enter_meeting(HELD, post=None, place=place, now=NOW)
    with pytest.raises(ValidationError):
        correct_meeting(held, {"attendance": 1, "level": "planet"}, post=None, now=NOW)
    assert Meeting.unguarded.get().attendance == 260 and not Correction.unguarded.exists()


def test_one_entered_beside_a_report_is_nobodys_reading() -> None:
    made = world()
    report = taken(place=made.places["A1a"]).report
    held = enter_meeting(HELD, post=None, place=made.places["A1a"], now=NOW, report=report)
    assert not reread(report, LATER)
    held.refresh_from_db()
    assert held.gone_at is None and Meeting.unguarded.count() == 2
