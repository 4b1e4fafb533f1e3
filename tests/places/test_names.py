"""Names as printed lead to the units that can be asked: by place, rank, day; what is not said is not guessed."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.places.names import Answer, Context, default_directory, resolve

DIRECTORY = default_directory()
NOW = date(2025, 12, 31)


def meant(name: str, place: str | None = "330000", day: date = NOW, sender: str | None = None) -> Answer:
    return resolve(name, Context(day, place, sender), DIRECTORY)


def test_it_works() -> None:
    answer = meant("省发展改革委")
    assert answer.unit == "330000/development_reform"
    assert str(answer.reason) == "按层级指发文地区浙江省，简称“省发展改革委”"


@pytest.mark.parametrize(
    ("name", "place", "unit"),
    [
        ("省发改委", "330000", "330000/development_reform"),
        ("浙江省发展和改革委员会", None, "330000/development_reform"),
        ("国家发改委", "330122", "CN/development_reform"),
        ("发改局", "330122", "330122/development_reform"),
        ("市政府", "330122", "330100/government"),
        # Keys are first codes: 义乌 is 332526, 金华 332500. The code of the day is understood too.
        ("市政府", "332526", "332526/government"),
        ("市政府", "330782", "332526/government"),
        ("市中级人民法院", "330782", "332500/court"),
        ("团省委", "330000", "330000/youth_league"),
        ("杭州市公安局西湖分局", "330100", "330106/public_security"),
        ("南太湖新区管委会", "330000", "zone:nantaihu/zone_committee"),
        ("发展改革委", "CN", "CN/development_reform"),
        ("工信厅", "330000", "330000/industry_and_information"),
    ],
)
def test_a_name_leads_to_its_unit(name: str, place: str | None, unit: str) -> None:
    assert meant(name, place).unit == unit
