"""The whole country as the package brings it: counts, known cases, and what must hold on any day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.places.gazetteer import (
    PlaceState,
    chain,
    faults,
    read_places,
    read_successions,
    read_zones,
    state_on,
    timeline,
)

STATES = list(read_places())
SUCCESSIONS = list(read_successions())
LINES = timeline(STATES)
KEYS = sorted(LINES)
LAST = date(2025, 12, 31)
FIRST = date(1980, 1, 1)
ENDED = sorted(k for k, of_key in LINES.items() if of_key[-1].until and of_key[-1].level != "zone")


def there(day: date, level: str = "", code: str = "") -> list[PlaceState]:
    return [s for s in STATES if s.on(day) and s.level == (level or s.level) and s.code.startswith(code)]


def by_code(code: str, day: date) -> PlaceState | None:
    found = [s for s in there(day, code=code) if s.code == code]
    return found[0] if found else None


def ways(state: PlaceState, day: date) -> list[str]:
    return [above.name for above in chain(LINES, state.key, day)]


def test_it_works() -> None:
    yuhang = by_code("330110", LAST)
    assert yuhang is not None and ways(yuhang, LAST) == ["余杭区", "杭州市", "浙江省", "中国"]


@pytest.mark.parametrize(
    ("level", "code", "count"),
    [
        ("province", "", 34),  # 33 with a code, and Taiwan
        ("prefecture", "", 333),
        ("county", "", 2845),
        ("township", "", 38723),
        ("prefecture", "33", 11),
        ("county", "33", 90),
        ("township", "33", 1365),
    ],
)
def test_counts_on_the_day_of_the_list(level: str, code: str, count: int) -> None:
    assert len(there(LAST, level, code)) == count


def test_taiwan_is_a_province_without_a_code() -> None:
    assert [s.key for s in there(LAST, "province") if not s.code] == ["TW"]


@pytest.mark.parametrize(
    ("code", "day", "above"),
    [
        ("330114", LAST, ["钱塘区", "杭州市", "浙江省", "中国"]),
        ("330113", LAST, ["临平区", "杭州市", "浙江省", "中国"]),
        ("330383", LAST, ["龙港市", "温州市", "浙江省", "中国"]),
        ("330103", date(2020, 1, 1), ["下城区", "杭州市", "浙江省", "中国"]),
        ("330104", date(2021, 4, 8), ["江干区", "杭州市", "浙江省", "中国"]),
        ("429004", LAST, ["仙桃市", "湖北省", "中国"]),
        ("110101", LAST, ["东城区", "北京市", "中国"]),
        ("500101", LAST, ["万州区", "重庆市", "中国"]),
        ("441900", LAST, ["东莞市", "广东省", "中国"]),
        ("441900004", LAST, ["南城街道", "东莞市", "广东省", "中国"]),
        ("460400", LAST, ["儋州市", "海南省", "中国"]),
        ("460400100", LAST, ["那大镇", "儋州市", "海南省", "中国"]),
        ("310115", LAST, ["浦东新区", "上海市", "中国"]),
        ("512301", date(1990, 1, 1), ["涪陵市", "涪陵地区", "四川省", "中国"]),
        ("460100", date(1990, 1, 1), ["海口市", "海南省", "中国"]),
        ("441000", date(1988, 4, 12), ["海口市", "广东省", "中国"]),
    ],
)
def test_what_a_code_was_and_lay_under(code: str, day: date, above: list[str]) -> None:
    state = by_code(code, day)
    assert state is not None and ways(state, day) == above


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("330103", LAST),
        ("330104", date(2021, 4, 9)),
        ("330114", date(2021, 4, 8)),
        ("330383", date(2019, 8, 15)),
        ("500000", date(1997, 3, 13)),
        ("460000", date(1988, 4, 12)),
        ("810000", date(1997, 6, 30)),
        ("820000", date(1999, 12, 19)),
        ("110103", date(2010, 6, 28)),
    ],
)
def test_codes_that_were_not_there(code: str, day: date) -> None:
    assert by_code(code, day) is None


def test_longgang_has_no_townships() -> None:
    assert there(LAST, "township", "330383") == []


# Names of one place, in order; a place of these names in this order must be there under one key.
LIVES = [
    ["余杭县", "余杭市", "余杭区"],
    ["临安县", "临安市", "临安区"],
    ["萧山县", "萧山市", "萧山区"],
    ["襄樊市", "襄阳市"],
    ["荆州地区", "荆沙市", "荆州市"],
    ["大庸市", "张家界市"],
    ["锦西市", "葫芦岛市"],
    ["渡口市", "攀枝花市"],
    ["昆山县", "昆山市"],
    ["湟中县", "湟中区"],
    ["库车县", "库车市"],
    ["丽水市", "莲都区"],
    ["上饶市", "信州区"],
    ["莱城区", "莱芜区"],
    ["居巢区", "巢湖市"],
    ["喜桂图旗", "牙克石市"],
    ["布特哈旗", "扎兰屯市"],
    ["儋县", "儋州市"],
    ["海口市"],
    ["东莞县", "东莞市"],
    ["威海市", "环翠区"],
    ["胶县", "胶州市"],
    ["路南彝族自治县", "石林彝族自治县"],
    ["中甸县", "香格里拉县", "香格里拉市"],
    ["江北县", "渝北区"],
    ["开县", "开州区"],
    ["忠县"],
    ["綦江县", "綦江区"],
    ["南川县", "南川市", "南川区"],
    ["海港区"],
]


@pytest.mark.parametrize("names", LIVES, ids=lambda names: names[0])
def test_a_renamed_or_upgraded_place_is_the_same_place(names: list[str]) -> None:
    def told(states: tuple[PlaceState, ...]) -> list[str]:
        return [name for name, _ in groupby(s.name for s in states)]

    assert any(told(LINES[key])[-len(names) :] == names for key in KEYS)


@pytest.mark.parametrize(
    ("gone", "day", "to"),
    [
        ("江干区", date(2021, 4, 9), {"上城区", "钱塘区"}),
        ("下城区", date(2021, 4, 9), {"拱墅区"}),
        ("闸北区", date(2015, 10, 13), {"静安区"}),
        ("川沙县", date(1992, 1, 1), {"浦东新区"}),
        ("南汇区", date(2009, 4, 24), {"浦东新区"}),
        ("崇文区", date(2010, 6, 28), {"东城区"}),
        ("宣武区", date(2010, 6, 28), {"西城区"}),
        ("塘沽区", date(2009, 10, 21), {"滨海新区"}),
        ("长岛县", date(2020, 1, 1), {"蓬莱区"}),
        ("海南行政区", date(1988, 4, 13), {"海南省"}),
        ("上海县", date(1992, 1, 1), {"闵行区", "浦东新区"}),
        ("乌伊岭区", date(2019, 1, 1), {"汤旺县"}),
        ("渝北区", date(2025, 1, 1), {"两江新区"}),
    ],
)
def test_where_a_place_that_ended_went(gone: str, day: date, to: set[str]) -> None:
    keys = {k for k in ENDED if LINES[k][-1].name == gone and LINES[k][-1].until == day}
    found = [s for s in SUCCESSIONS if s.place in keys and s.day == day]
    assert {state.name for s in found if (state := state_on(LINES, s.successor, day))} == to


@pytest.mark.parametrize(("origin", "new"), [("余杭区", "临平区"), ("萧山区", "钱塘区"), ("苍南县", "龙港市")])
def test_what_a_new_place_was_cut_from(origin: str, new: str) -> None:
    rows = [s for s in SUCCESSIONS if s.extent == "part" and LINES[s.successor][-1].name == new]
    assert origin in {LINES[s.place][-1].name for s in rows}


def test_nothing_is_gravely_wrong() -> None:
    found = faults(STATES, SUCCESSIONS)
    assert [f.chinese for f in found if f.grave] == []
    assert {f.kind for f in found} <= {"code elsewhere", "successor unknown"}


# Where no evidence says where the territory of a place went: 16 until 1991, three of Tibet in 1999. It may only fall.
UNKNOWN = 19


def test_few_successors_are_unknown_and_none_since_2000() -> None:
    unknown = [s for s in SUCCESSIONS if s.extent == "unknown"]
    assert len(unknown) <= UNKNOWN
    assert [s for s in unknown if s.day >= date(2000, 1, 1)] == []


def test_what_was_of_sichuan_and_hainan_came_whole_into_the_new_provinces() -> None:
    """No county begins with a new province but those of districts that ended on the way to it."""
    first = {(s.name, s.since.year) for key in KEYS if (s := LINES[key][0]).level in ("prefecture", "county")}
    begun = {name for name, year in first if year == 1997}
    assert begun & {s.name for s in there(date(1997, 12, 31), code="50")} == {"万县区", "涪陵区"}
    begun = {name for name, year in first if year == 1988}
    assert begun & {s.name for s in there(date(1988, 12, 31), code="46")} == set()


def test_a_place_that_went_wholly_to_one_went_to_no_other() -> None:
    rows = Counter((s.place, s.day) for s in SUCCESSIONS)
    assert [s for s in SUCCESSIONS if s.extent != "part" and rows[s.place, s.day] > 1] == []


days = st.integers(0, (LAST - FIRST).days + 400).map(lambda n: FIRST + timedelta(days=n))
# As often a place with a past as one of the 38,723 townships.
STORIED = [key for key in KEYS if len(LINES[key]) > 1 or LINES[key][-1].until]
keys = st.one_of(st.sampled_from(KEYS), st.sampled_from(STORIED))


@given(keys, days)
def test_on_any_day_a_place_has_one_state_and_a_way_to_the_root(key: str, day: date) -> None:
    holding = [s for s in LINES[key] if s.on(day)]
    until = LINES[key][-1].until
    alive = LINES[key][0].since <= day and (until is None or day < until)
    assert len(holding) == alive
    if alive:
        above = chain(LINES, key, day)
        assert above[-1].key == "CN" and len({s.key for s in above}) == len(above) <= 6
        assert [s.parent for s in above[:-1]] == [s.key for s in above[1:]]


@given(st.sampled_from(ENDED))
def test_successors_cover(key: str) -> None:
    until = LINES[key][-1].until
    assert until is not None
    rows = [s for s in SUCCESSIONS if s.place == key and s.day == until]
    assert rows and all(state_on(LINES, s.successor, until) for s in rows)


@given(days)
def test_no_code_is_shared_on_a_day(day: date) -> None:
    count = Counter(s.code for s in there(day) if s.code)
    assert count.most_common(1)[0][1] == 1


@given(st.sampled_from(STATES))
def test_a_parent_is_there_for_all_of_a_state(state: PlaceState) -> None:
    last = (state.until or date(2030, 1, 1)) - timedelta(days=1)
    assert not state.parent or all(state_on(LINES, state.parent, day) for day in (state.since, last))


def test_zones_stand_under_places_and_have_no_code() -> None:
    zones = {s.key: s for s in there(LAST, "zone")}
    assert len(read_zones()) > 60 and all(not s.code for s in zones.values())
    assert state_on(LINES, "zone:qiantang", date(2020, 5, 1)) and "zone:qiantang" not in zones
    assert LINES["zone:jinhua-jingkaiqu"][-1].parent == by_code("330700", LAST).key  # type: ignore[union-attr]
    assert [LINES[s.parent][-1].name for s in LINES["zone:yuhang-jingkaiqu"]] == ["余杭区", "临平区"]


def test_every_short_name_of_a_zone_is_its_own() -> None:
    names = [name for zone in read_zones() for name in (zone.name, *zone.short)]
    assert [n for n, count in Counter(names).items() if count > 1] == []
