"""Loads: what differs is written, what a person put right stays, what is broken is not loaded at all."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.places import tree
from luoshi.places.lines import load_lines
from luoshi.places.loading import Counts, hand_over, load_handovers, load_line_rows, load_units
from luoshi.places.models import Handover, Line, Loading, Place, PlaceState, Unit
from luoshi.places.paths import Orphaned

from .made import DAY, MERGED, PASSED, TODAY, TREE, plant, state, writes

pytestmark = pytest.mark.django_db
LINES = load_lines()


def test_it_works() -> None:
    assert plant() == Counts(inserted=2 * len(TREE) + len(PASSED))
    town = Place.objects.get(key="330114001")
    assert [above.name for above in tree.ancestors(town, TODAY)] == ["中国", "浙江省", "杭州市", "钱塘区"]


def test_a_second_load_writes_nothing() -> None:
    plant()
    load_line_rows(LINES), load_units(LINES, TODAY), load_handovers(LINES, TODAY)
    with CaptureQueriesContext(connection) as queries:
        done = plant() + load_line_rows(LINES) + load_units(LINES, TODAY) + load_handovers(LINES, TODAY)
    assert done.written == 0 and done.unchanged > 500
    assert writes(queries) == []


def test_who_was_there_depends_on_the_day() -> None:
    plant()
    hangzhou = Place.objects.get(key="330100")

    def counties(day: DAY) -> set[str]:
        return {s.name for s in tree.within(hangzhou, day).filter(level="county")}

    assert counties(MERGED - datetime.timedelta(1)) == {"江干区", "上城区"}
    assert counties(MERGED) == {"钱塘区", "上城区"}
    assert {s.name for s in tree.children(hangzhou, MERGED)} == {"钱塘区", "上城区"}
    assert not tree.within(Place.objects.get(key="330114"), DAY(2020, 1, 1)).exists()


def test_what_changed_is_updated_with_its_history() -> None:
    plant()
    renamed = [s._replace(name="白杨镇") if s.key == "330114001" else s for s in TREE]
    done = plant(renamed)
    assert (done.inserted, done.updated, done.removed) == (0, 2, 0)
    row = PlaceState.objects.get(place__key="330114001")
    assert [(h.name, h.history_change_reason) for h in row.history.order_by("history_id")] == [
        ("白杨街道", "as loaded"),
        ("白杨镇", "made"),
    ]


def test_a_field_that_was_corrected_is_kept() -> None:
    plant()
    row = PlaceState.objects.get(place__key="330114001")
    row.name, row.corrected = "白杨街道（改）", ["name"]
    row.save()
    later = [s._replace(name="白杨镇", source="later") if s.key == "330114001" else s for s in TREE]
    plant(later)
    row.refresh_from_db()
    assert (row.name, Place.objects.get(pk=row.place_id).name) == ("白杨街道（改）", "白杨街道（改）")
    assert plant(later).written == 0


def test_a_state_that_is_no_longer_in_the_data_goes_and_is_kept_in_the_history() -> None:
    plant([*TREE, state("330203001", "township", "南门街道", "330203")])
    gone = PlaceState.objects.get(place__key="330203001")
    assert plant().removed == 1
    assert PlaceState.history.filter(id=gone.pk).exists()


def test_a_tree_with_a_hole_is_not_loaded() -> None:
    with pytest.raises(Orphaned, match="330114001"):
        plant([s for s in TREE if s.key != "330114"])
    assert not Place.objects.exists() and not Loading.objects.exists()


def test_units_are_assumed_and_no_older_than_their_place() -> None:
    plant()
    load_line_rows(LINES), load_units(LINES, TODAY)
    unit = Unit.objects.get(key="330114/development_reform")
    assert (unit.name, unit.status, unit.since) == ("钱塘区发展和改革局", "assumed", MERGED)
    assert unit.line == Line.objects.get(key="development_reform")
    assert not Unit.objects.filter(place__key="330104").exists()


def test_a_new_version_of_the_lines_writes_only_what_is_new_in_it() -> None:
    plant()
    load_line_rows(LINES), load_units(LINES, TODAY)
    newer = dataclasses.replace(LINES, version="2099.1")
    assert load_line_rows(newer).written + load_units(newer, TODAY).written == 0


def test_a_confirmed_unit_stays_confirmed() -> None:
    plant()
    load_line_rows(LINES), load_units(LINES, TODAY)
    unit = Unit.objects.get(key="330114/development_reform")
    unit.status, unit.name, unit.corrected = "confirmed", "钱塘区发展改革和数据局", ["name"]
    unit.save()
    assert load_units(LINES, TODAY).written == 0
    unit.refresh_from_db()
    assert (unit.status, unit.name) == ("confirmed", "钱塘区发展改革和数据局")


def test_offices_that_were_merged_hand_their_units_over() -> None:
    plant()
    load_line_rows(LINES), load_units(LINES, DAY(2017, 1, 1))
    old = Unit.objects.get(place__key="330100", name="杭州市国土资源局")
    load_units(LINES, TODAY)
    assert load_handovers(LINES, TODAY).written > 0
    old.refresh_from_db()
    taken = Handover.objects.get(unit=old)
    assert (taken.successor.name, old.until) == ("杭州市规划和自然资源局", taken.day)
    assert load_handovers(LINES, TODAY).written == 0


def test_an_office_may_hand_over_by_decision() -> None:
    plant()
    load_line_rows(LINES), load_units(LINES, TODAY)
    old, new = (Unit.objects.get(key=f"330114/{line}") for line in ("science", "education"))
    hand_over(old, new, DAY(2025, 7, 1), "区机构改革方案")
    assert not old.holds(DAY(2025, 7, 1)) and load_units(LINES, TODAY).written == 0
    with pytest.raises(ValueError, match="cannot take over"):
        hand_over(new, old, DAY(2025, 8, 1), "")
