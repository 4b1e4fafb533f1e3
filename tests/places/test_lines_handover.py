"""Who does the work of a line that ended, at which place, since when."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.places.lines import Line, PlaceNow, handover, load_lines, successors
from tests.places.test_lines_names import PLACES

LINES = load_lines()
HERE = {name: PlaceNow(name, level, name, code, province) for name, (level, code, province) in PLACES.items()}
NOW = date(2025, 12, 31)


def test_it_works() -> None:
    found = handover(["浙江省/land_resources"], HERE, LINES, NOW)
    assert [(h.old, h.new, h.day, h.day_known, h.extent) for h in found] == [
        ("浙江省/land_resources", "浙江省/natural_resources", date(2018, 1, 1), "year", "whole")
    ]
    assert "2018年" in found[0].source


# line, place, successors in 2025 (a * for a part), the year in which the last step was
@pytest.mark.parametrize(
    ("line", "place", "to", "year"),
    [
        ("land_resources", "中国", "natural_resources", 2018),
        ("urban_planning", "温州市", "natural_resources", 2019),
        ("industry_and_commerce", "中国", "market_regulation", 2018),
        ("industry_and_commerce", "温州市", "market_regulation", 2019),
        ("industry_and_commerce", "桐庐县", "market_regulation", 2014),
        ("quality_supervision", "广东省", "market_regulation", 2018),
        ("food_and_drug", "浙江省", "market_regulation drug_administration*", 2018),
        ("food_and_drug", "桐庐县", "market_regulation", 2014),
        ("work_safety", "中国", "emergency_management", 2018),
        ("culture", "浙江省", "culture_and_tourism", 2018),
        ("tourism", "浙江省", "culture_and_tourism", 2018),
        ("legal_affairs", "中国", "justice", 2018),
        ("supervision", "浙江省", "discipline_inspection", 2017),
        ("supervision", "广东省", "discipline_inspection", 2018),
        ("personnel", "中国", "human_resources", 2008),
        ("labour", "浙江省", "human_resources", 2009),
        ("family_planning", "中国", "health", 2013),
        ("economy_and_trade", "浙江省", "industry_and_information", 2009),
        ("economy_and_trade", "中国", "development_reform* commerce* state_assets*", 2003),
        ("foreign_trade", "中国", "commerce", 2003),
        ("rural_revitalisation", "中国", "agriculture_rural", 2023),
        ("rural_work_office", "浙江省", "agriculture_rural", 2018),
        ("local_taxation", "浙江省", "taxation", 2018),
        ("religious_affairs", "中国", "united_front", 2018),
        ("overseas_chinese", "中国", "united_front", 2018),
        ("pricing", "中国", "development_reform", 1993),
        ("press_and_publication", "中国", "broadcasting publicity*", 2013),
        # The chain is followed: what broadcasting had in 浙江 went on to culture and tourism.
        ("press_and_publication", "浙江省", "culture_and_tourism publicity*", 2024),
        ("grain_and_reserves", "桐庐县", "development_reform", 2019),
        ("civil_defence", "桐庐县", "housing_and_construction", 2019),
        # Renamed, not ended.
        ("ecology_and_environment", "浙江省", "", 0),
        ("grain_and_reserves", "浙江省", "", 0),
        # Never there.
        ("broadcasting", "桐庐县", "", 0),
    ],
)
def test_the_work_of_an_ended_unit_goes_to(line: str, place: str, to: str, year: int) -> None:
    here = HERE[place]
    found = successors(LINES, line, NOW, here.level, here.province_code, here.code, here.name)
    assert " ".join(s.line_key + "*" * (s.extent == "part") for s in found) == to
    assert not found or found[0].day.year == year


def test_before_the_day_nothing_was_handed_over() -> None:
    assert successors(LINES, "land_resources", date(2018, 3, 16)) == []
    assert [s.line_key for s in successors(LINES, "land_resources", date(2018, 3, 17))] == ["natural_resources"]


def _ended(line: Line, place: PlaceNow) -> date | None:
    names = line.names(place.level, place.province_code, place.code, place.name)
    return names[-1].until if names else None


@pytest.mark.parametrize("line", LINES.every, ids=lambda line: line.key)
def test_an_ended_line_reaches_a_living_successor_that_was_there_on_the_day(line: Line) -> None:
    for place in HERE.values():
        where = (place.level, place.province_code, place.code, place.name)
        if (end := _ended(line, place)) is None or line.abolished:
            continue
        found = successors(LINES, line.key, NOW, *where)
        assert found, (line.key, place.name)
        for to in found:
            assert LINES[to.line_key].name_at(where[0], NOW, *where[1:]), (line.key, place.name, to)
        for handing in line.handed:
            if not handing.levels or place.level in handing.levels:
                assert LINES[handing.to].name_at(where[0], end, *where[1:]), (line.key, place.name, handing.to, end)


def test_an_unknown_unit_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        handover(["浙江省/no_such_line"], HERE, LINES, NOW)
