"""Units of places: which there are, that no two are called alike, that nothing changes from run to run."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.places.lines import PlaceNow, UnitDraft, generate_units, load_lines
from luoshi.places.lines.nouns import LEVELS, Line, Period, Scope, _timeline
from tests.places.test_lines_names import PLACES

LINES = load_lines()
HERE = [PlaceNow(name, level, name, code, province) for name, (level, code, province) in PLACES.items()]
BY_NAME = {place.name: place for place in HERE}
# Every day on which something changes.
DAYS = sorted(
    {p.since for line in LINES.every for p in line.periods if p.since} | {date(1980, 1, 1), date(2025, 12, 31)}
)
NOW = date(2025, 12, 31)

# Other names that two units of one place share on one day, looked at and accepted: none is needed.
SHARED_ALIASES: set[str] = set()


def units(day: date, *names: str) -> list[UnitDraft]:
    return list(generate_units([BY_NAME[name] for name in names] if names else HERE, LINES, day))


def test_it_works() -> None:
    found = {unit.key: unit for unit in units(NOW, "钱塘区")}
    unit = found["钱塘区/development_reform"]
    assert (unit.name, unit.short, unit.kind, unit.status) == (
        "钱塘区发展和改革局",
        "钱塘区发改局",
        "department",
        "assumed",
    )


def test_no_two_units_of_a_place_are_called_alike() -> None:
    alike = []
    for day in DAYS:
        called: dict[tuple[str, str], set[str]] = defaultdict(set)
        for unit in units(day):
            for name in (unit.name, unit.short, *unit.aliases):
                called[unit.place_key, name].add(unit.key)
        alike += [
            (day, name, keys) for (_, name), keys in called.items() if len(keys) > 1 and name not in SHARED_ALIASES
        ]
    assert alike == []


@pytest.mark.parametrize("day", [date(1980, 1, 1), date(2012, 1, 1), NOW])
def test_keys_are_unique_and_every_run_gives_the_same(day: date) -> None:
    once = units(day)
    assert once == list(generate_units(HERE, load_lines(), day))
    assert max(Counter(unit.key for unit in once).values()) == 1
    assert all(unit.key.split("/")[0] == unit.place_key for unit in once)


def test_units_come_one_by_one() -> None:
    def places() -> object:
        yield HERE[0]
        raise AssertionError("the second place was asked for before the first unit was used")

    assert next(generate_units(places(), LINES, NOW)).key == "中国/party_committee"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "has", "has_not"),
    [
        ("中国", "government", "zone_committee"),
        ("钱塘区", "education", "broadcasting"),
        ("富春江镇", "congress", "education"),
        ("下沙街道", "government", "court"),
        ("金华经济技术开发区", "zone_committee", "government"),
        ("浙江省", "five_water_treatment", "land_resources"),
    ],
)
def test_a_place_has_the_units_of_its_level(place: str, has: str, has_not: str) -> None:
    keys = {unit.key for unit in units(NOW, place)}
    assert f"{place}/{has}" in keys and f"{place}/{has_not}" not in keys


def test_townships_and_zones_have_their_few_bodies() -> None:
    bodies = ["party_committee", "government", "congress"]
    assert [unit.key.split("/")[1] for unit in units(NOW, "富春江镇")] == bodies
    assert [unit.key.split("/")[1] for unit in units(NOW, "下沙街道")] == bodies
    assert [u.key.split("/")[1] for u in units(NOW, "金华经济技术开发区")] == ["party_committee", "zone_committee"]


@pytest.mark.parametrize(
    "place",
    [
        PlaceNow("TW", "province", "台湾省", "", ""),
        PlaceNow("810000", "province", "香港特别行政区", "810000", "810000"),
        PlaceNow("820000", "province", "澳门特别行政区", "820000", "820000"),
        PlaceNow("v", "village", "某村", "", "330000"),
    ],
)
def test_where_the_lines_do_not_reach_there_are_no_units(place: PlaceNow) -> None:
    assert list(generate_units([place], LINES, NOW)) == []


def test_a_leading_group_belongs_to_the_line_of_its_office_and_a_body_to_none() -> None:
    found = {unit.key: unit for unit in units(NOW, "桐庐县")}
    assert found["桐庐县/work_safety_commission"].line_key == "emergency_management"
    assert found["桐庐县/work_safety_commission"].kind == "leading_group"
    assert found["桐庐县/government"].line_key is None
    assert found["桐庐县/court"].kind == "court" and found["桐庐县/women"].kind == "mass_organisation"


def test_a_unit_keeps_its_key_through_its_names() -> None:
    before = {unit.key: unit for unit in units(date(2017, 1, 1), "浙江省")}["浙江省/ecology_and_environment"]
    after = {unit.key: unit for unit in units(NOW, "浙江省")}["浙江省/ecology_and_environment"]
    assert (before.name, after.name) == ("浙江省环境保护厅", "浙江省生态环境厅")
    assert [former.name.full for former in after.former] == ["浙江省环境保护局", "浙江省环境保护厅"]
    assert before.since == after.since


def test_a_unit_that_will_end_says_when() -> None:
    unit = {unit.key: unit for unit in units(date(2017, 1, 1), "浙江省")}["浙江省/land_resources"]
    assert (unit.until, unit.until_known) == (date(2018, 1, 1), "year")
    country = {unit.key: unit for unit in units(date(2017, 1, 1), "中国")}["中国/land_resources"]
    assert (country.until, country.until_known) == (date(2018, 3, 17), "day")


@given(st.sampled_from(HERE), st.dates(date(1975, 1, 1), date(2030, 1, 1)))
def test_a_unit_is_there_on_its_days_and_was_called_otherwise_before(place: PlaceNow, day: date) -> None:
    for unit in generate_units([place], LINES, day):
        assert unit.since is None or unit.since <= day
        assert unit.until is None or day < unit.until
        assert unit.name not in unit.aliases and len(set(unit.aliases)) == len(unit.aliases)
        ends = [former.until for former in unit.former if former.until]
        assert ends == sorted(ends) and all(end <= day for end in ends)
        assert "{" not in "".join((unit.name, unit.short, *unit.aliases))


def _period(weight: int, start: int | None, length: int | None) -> Period:
    since = None if start is None else date(start, 1, 1)
    until = None if length is None else date((start or 1950) + length, 1, 1)
    scope = Scope("county", name=str(weight), weight=weight)
    return Period(scope, f"{weight}-{start}", (), since, "year", until, "year", False, "")


PERIODS = st.lists(
    st.builds(
        _period,
        st.integers(0, 3),
        st.none() | st.integers(1950, 2020),
        st.none() | st.integers(1, 40),
    ),
    max_size=6,
    unique_by=lambda p: p.scope.weight,
)


@given(PERIODS, st.dates(date(1940, 1, 1), date(2060, 1, 1)))
def test_on_every_day_the_name_of_the_closest_scope_holds(periods: list[Period], day: date) -> None:
    """The timeline against the plain question: of the names that hold on the day, the heaviest."""
    there = [p for p in _timeline(periods) if p.on(day)]
    holding = sorted((p for p in periods if p.on(day)), key=lambda p: p.scope.weight)
    assert [p.full for p in there] == [p.full for p in holding[-1:]]


@pytest.mark.parametrize("line", LINES.every, ids=lambda line: line.key)
def test_where_a_line_has_a_unit_in_2020_it_has_one_in_2025_or_has_ended_with_a_successor(line: Line) -> None:
    for place in HERE:
        where = (place.level, place.province_code, place.code, place.name)
        before, after = (line.name_at(where[0], day, *where[1:]) for day in (date(2020, 1, 1), NOW))
        assert before is None or after is not None or line.handed or line.abolished


def test_every_level_has_lines_and_every_line_a_level() -> None:
    levels = {period.scope.level for line in LINES.every for period in line.periods}
    assert levels == set(LEVELS)
    assert all(line.periods for line in LINES.every)
