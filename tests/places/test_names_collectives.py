"""Collective names are sets where each of known places is meant, classes where it is not said which."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from luoshi.places.names.collectives import collectives
from luoshi.places.names.wording import table
from tests.places.naming import DIRECTORY, TONGLU, in_short, meant

ENTRIES = table("collectives")["entries"]


def test_it_works() -> None:
    answer = meant("各设区市政府")
    assert (answer.kind, answer.group, len(answer.units)) == ("set", "every_prefecture_government", 11)
    assert answer.units[0] == "330100/government" and str(answer.reason) == "集合名称：浙江省的11个地区"


# place, name, what it means: kind, group, how many
NAMES = """
330000 各设区市 set every_prefecture_government 11
330000 全省11个设区市政府 set every_prefecture_government 11
330000 5个设区市 class some_prefectures
330000 有关设区市政府 class some_prefectures
330000 各设区市发展改革委 set every_prefecture_government 11
330000 各市、县（市、区）人民政府 set every_prefecture_and_county_government 101
330000 各市、县（市、区）委、政府 set every_prefecture_and_county_government 202
330000 各县（市、区）教育局 set every_county_government 90
330000 杭州市各区县 set every_county_government 13
330000 有关县（市、区）政府 class some_counties
330000 各试点县（市、区） class some_counties
330000 县（市、区）一级 class some_counties
- 各设区市政府 class every_prefecture_government
330122 各设区市政府 set every_prefecture_government 11
330122 各乡镇（街道） set townships 14
330122 各乡镇人民政府、街道办事处 set townships 14
330122 镇街 class townships
530000 各州市人民政府 set every_prefecture_government 16
220000 各县（市）人民政府 set every_county_government 39
500000 各区县（自治县）人民政府 set every_county_government 37
520000 各县（市、区、特区）人民政府 set every_county_government 88
520000 各市（自治州）财政局 set every_prefecture_government 9
420000 各省辖市 set every_prefecture_government 12
650000 各地（州、市） set every_prefecture_government 14
650000 各地区行署 set every_prefecture_government 5
650000 各地区 class places
150000 各盟行署 set every_prefecture_government 3
150000 各旗 set every_county_government 52
CN 各直辖市人民政府 set every_province_government 4
CN 各自治区人民政府 set every_province_government 5
310000 各区人民政府 set every_district_government 16
CN 各省、自治区、直辖市人民政府 set every_province_government 31
330000 各地各部门 class all_places_and_departments
330000 全市上下 class whole_place
330000 各级党委政府 class committees_and_governments
330000 省级有关单位 class departments
330000 省市场监管局等省级有关单位 330000/market_regulation
330000 各有关部门 class departments
330000 教育、卫生健康等部门 class line_departments
330000 成员单位 class member_units
330000 村社 class villages
330000 企业 class enterprises
330000 高校、科研院所、企业 class enterprises_and_institutions
330000 省、市、县三级 class two_levels
330000 各市、县（市、区）人民政府，省级有关单位 set every_prefecture_and_county_government 101 + class departments
330000 省发展改革委，各市、县（市、区）政府 330000/development_reform + set every_prefecture_and_county_government 101
"""


@pytest.mark.parametrize("row", NAMES.strip().splitlines())
def test_a_collective(row: str) -> None:
    place, name, wanted = row.split(" ", 2)
    assert in_short(meant(name, None if place == "-" else place)) == wanted


@pytest.mark.parametrize("entry", ENTRIES, ids=[f"{n} {entry['group']}" for n, entry in enumerate(ENTRIES)])
def test_the_examples_of_an_entry_are_read_as_it(entry: dict[str, Any]) -> None:
    groups = {entry["group"], entry.get("some")}
    for example in entry["examples"]:
        answer = meant(example, TONGLU)
        assert answer.group in groups, f"{example}: {in_short(answer)}"
    for other in entry.get("not", ()):
        assert meant(other).group not in groups, other


def test_the_members_are_those_of_the_day() -> None:
    old, new = (meant("各区政府", "330100", date(year, 1, 1)).units for year in (2020, 2022))
    assert {"330103/government", "330104/government"} == {*old} - {*new}
    assert {"330113/government", "330114/government"} == {*new} - {*old}


def test_every_member_is_a_unit_of_the_directory() -> None:
    for name in ("各市委、市政府", "各县（市、区）财政局", "各乡镇（街道）党委"):
        for unit in meant(name).units:
            place, _, line = unit.rpartition("/")
            assert place in DIRECTORY.places.times and DIRECTORY.lines[line]


def test_a_class_names_no_unit() -> None:
    assert all(entry.group for entry in collectives())
    assert meant("有关县（市、区）政府").units == ()
