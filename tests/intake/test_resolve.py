"""Readings and a database of places and units in; the units that may be meant out."""

from __future__ import annotations

import pytest

from luoshi.intake.listing import current_directory
from luoshi.intake.resolve import Owner, Resolved, resolve
from luoshi.places.lines import load_lines
from luoshi.places.loading import load_line_rows, load_units
from luoshi.places.models import Kind, Place, PlaceState, Unit
from luoshi.reading import read
from tests.places.made import TODAY, plant

pytestmark = pytest.mark.django_db

PLAN = """杭州市全市消防工作方案
一、压实责任。
1.开展燃气安全排查。（牵头单位：市应急管理局；配合单位：市建委、市消防救援局）
2.完善消防设施。（责任单位：各区、县（市）人民政府，市城投集团）
"""


@pytest.fixture
def units() -> None:
    plant()
    load_line_rows(load_lines())
    load_units(load_lines(), TODAY)


def owners(text: str = PLAN, place: str | None = None) -> Resolved:
    return resolve(read(text), current_directory(), TODAY, place)


def by_name(resolved: Resolved) -> dict[str, Owner]:
    return {owner.span.text: owner for owners in resolved.owners for owner in owners}


@pytest.mark.usefixtures("units")
def test_it_works() -> None:
    found = by_name(owners())
    lead = found["市应急管理局"]
    (choice, *_) = lead.choices[0]
    assert lead.lead and choice.unit is not None and choice.unit.name == "杭州市应急管理局"
    assert "杭州市" in choice.reason
    assert not found["市建委"].lead


@pytest.mark.usefixtures("units")
def test_items_go_to_confirmed_units_only() -> None:
    assert not by_name(owners())["市应急管理局"].choices[0][0].ready
    Unit.objects.filter(key="330100/emergency_management").update(status=Unit.Status.CONFIRMED)
    assert by_name(owners())["市应急管理局"].choices[0][0].ready


@pytest.mark.usefixtures("units")
def test_a_collective_has_its_members_and_an_unknown_name_nothing() -> None:
    found = by_name(owners())
    collective = found["各区、县（市）人民政府"]
    assert {unit.key for unit in collective.members} == {"330102/government", "330114/government"}
    unknown = found["市城投集团"]
    assert (unknown.answer.kind, unknown.choices, unknown.members) == ("unknown", (), ())


@pytest.mark.usefixtures("units")
def test_a_unit_that_an_office_brought_is_found_by_its_own_names() -> None:
    assert by_name(owners())["市城投集团"].choices == ()
    Unit.objects.create(
        key="330100/own-chengtou", place=Place.objects.get(key="330100"), kind=Kind.OTHER, since=TODAY,
        name="杭州市城市建设投资集团有限公司", short="杭州市城投集团", aliases=["市城投集团"], status=Unit.Status.CONFIRMED,
    )  # fmt: skip
    assert [c.key for c in by_name(owners())["市城投集团"].choices[0]] == ["330100/own-chengtou"]


@pytest.mark.usefixtures("units")
def test_the_directory_follows_a_place_that_was_put_right() -> None:
    before = current_directory()
    assert current_directory() is before
    state = PlaceState.objects.get(place__key="330102")
    state.name = "上塘区"
    state.save()
    assert current_directory() is not before
    assert (
        by_name(owners("杭州市方案\n1.开展排查。（牵头单位：上塘区政府）\n"))["上塘区政府"].answer.unit
        == "330102/government"
    )


@pytest.mark.usefixtures("units")
def test_a_report_that_does_not_say_where_it_speaks_gets_no_unit() -> None:
    text = (
        "全市消防工作方案\n1.开展燃气安全排查。（牵头单位：市应急管理局）\n2.强化值守。（牵头单位：市消防救援支队）\n"
    )
    assert by_name(owners(text))["市应急管理局"].answer.unit is None
    assert by_name(owners(text, "330100"))["市应急管理局"].answer.unit == "330100/emergency_management"
