"""Data of lines that cannot be used are refused, and the message says where and what to do."""

from __future__ import annotations

import copy
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from luoshi.places.lines import BrokenLines, PlaceNow, generate_units, load_lines

SETTINGS = {
    "version.yaml": "version: '2026.1'",
    "reforms.yaml": "2018: 2018年机构改革",
    "scopes.yaml": "district: {level: county, endings: [区]}",
}
GOOD = """
- key: water
  name: 水利
  branch: government
  names:
    - {at: country, full: 水利部}
    - {at: [province, county], full: 水务所, until: 2018, by: 2018}
    - {at: county, full: 水利局, short: [水局], since: 2018, by: 2018}
    - {at: province, full: 水利厅, since: 2018, by: 2018}
"""


def folder(tmp_path: Path, lines: str = GOOD, **settings: str) -> Path:
    """A folder of lines with one file of them; `settings` stand in the place of the usual ones."""
    for name, text in {**SETTINGS, **{f"{k}.yaml": v for k, v in settings.items()}, "field.yaml": lines}.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_it_works(tmp_path: Path) -> None:
    lines = load_lines(folder(tmp_path))
    assert lines.version == "2026.1"
    period = lines["water"].name_at("county", date(2018, 1, 1))
    assert period is not None and (period.full, period.source) == ("{place}水利局", "2018年机构改革")


BROKEN = {
    "unknown key": (GOOD + "  colour: blue\n", "field.yaml, water, colour: unknown field"),
    "unknown field of a name": (GOOD.replace("short", "brief"), "field.yaml, water, names 3 brief: unknown field"),
    "no name": (GOOD.replace("  name: 水利\n", ""), "field.yaml, water, name: the field is missing"),
    "no full name": (GOOD.replace("full: 水利部", "short: [水部]"), "field.yaml, water, names 1 full: the field is missing"),
    "no names": ("- {key: water, name: 水利, branch: government, names: []}", "field.yaml, water, names: the field is missing"),
    "no level": (GOOD.replace("at: country, ", ""), "field.yaml, water, names 1 at: the field is missing"),
    "unknown level": (GOOD.replace("at: country", "at: planet"), "field.yaml, water, names 1 at: planet is no level"),
    "unknown branch": (GOOD.replace("government", "army"), "field.yaml, water, branch: army is not one of"),
    "unknown kind": (GOOD + "  kind: club\n", "field.yaml, water, kind: club is not one of"),
    "a bad key": (GOOD.replace("key: water", "key: Water Bureau"), "key: a key is English words"),
    "a bad date": (GOOD.replace("since: 2018", "since: 2018-13"), "names 3 since: '2018-13' is no date: write a day as"),
    "a date of the past century": (GOOD.replace("since: 2018", "since: 18"), "names 3 since: 18 is no date"),
    "a date without a source": (GOOD.replace("2018, by: 2018}", "2018}"), "names 2 by: a dated name says by which"),
    "an unknown reform": (GOOD.replace("by: 2018}", "by: 2017}"), "names 2 by: 2017 is no reform"),
    "a bad code": (GOOD.replace("at: country,", "at: province, in: [33],"), "names 1 in: 33 is no code of six digits"),
    "nothing said": (GOOD.replace("short: [水局]", "short: []"), "names 3 short: nothing is said"),
    "an unknown slot": (GOOD.replace("full: 水利部", "full: '{town}水利部'"), "names 1 full: {town} is no slot"),
    "an open slot": (GOOD.replace("full: 水利部", "full: '水利{部'"), "names 1 full: {部} is no slot"),
    "a name that is no text": (GOOD.replace("full: 水利部", "full: 12"), "names 1 full: 12 is not a text"),
    "twice": (GOOD + GOOD, "field.yaml, water, key: the key is used twice, first in field.yaml"),
    "a field twice": (GOOD.replace("at: country,", "at: country, at: country,"), "field.yaml: not YAML: at is written twice"),
    "overlap": (
        GOOD.replace("full: 水务所, until: 2018, by: 2018", "full: 水务所, until: 2019, by: 2018"),
        "names province since: {place}水务所 and {place}水利厅 overlap at province",
    ),
    "overlap without dates": (GOOD.replace(", since: 2018, by: 2018}", "}"), "overlap at county: give one an end"),
    "a gap": (
        GOOD.replace("until: 2018, by: 2018", "until: 2010, by: 2018"),
        "names province until: nothing is said from 2010-01-01 to 2018-01-01",
    ),
    "an end before the beginning": (
        GOOD.replace("full: 水利部", "full: 水利部, since: 2018, until: 2010, by: 2018"),
        "names country until: 水利部 ends on 2010-01-01, before it begins",
    ),
    "an end without a successor": (
        GOOD.replace("full: 水利部", "full: 水利部, until: 2018, by: 2018"),
        "field.yaml, water, handed_over: ended at country: name a successor, or abolished: true",
    ),
    "a successor that is no line": (GOOD + "  handed_over: [{to: fire}]\n", "field.yaml, water, handed_over: fire is no other line"),
    "a successor of no level": (GOOD + "  handed_over: [{to: fire, at: moon}]\n", "handed_over 1 at: moon is no level"),
    "handed over in part": (GOOD + "  handed_over: [{to: fire, extent: half}]\n", "extent: half is not one of whole, part"),
    "not a list": (GOOD + "  handed_over: fire\n", "handed_over: 'fire' is not a list"),
    "a leading group without an office": (GOOD + "  kind: leading_group\n", "office: a leading group names the line of its office"),
    "an office that is no line": (GOOD + "  office: fire\n", "field.yaml, water, office: fire is no line"),
    "a line that is a word": ("- water", "field.yaml, water, : not a line"),
    "a file that is no list": ("water: 水利", "field.yaml: a file of lines is a list"),
    "a file that is no YAML": ("- {key: water", "field.yaml: not YAML"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_refused_with_its_place(case: str, tmp_path: Path) -> None:
    text, message = BROKEN[case]
    with pytest.raises(BrokenLines) as refused:
        load_lines(folder(tmp_path, text))
    assert message in str(refused.value)
    assert all(len(line) < 300 and ".yaml" in line for line in str(refused.value).split("\n"))


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    text = (
        GOOD.replace("name: 水利", "title: 水利")
        .replace("at: country", "at: planet")
        .replace("since: 2018", "since: x")
    )
    with pytest.raises(BrokenLines) as refused:
        load_lines(folder(tmp_path, text))
    fields = [line.split(", ")[2].split(":")[0] for line in str(refused.value).split("\n")]
    assert {"title", "name", "names 1 at", "names 3 since", "names 4 since"} <= set(fields)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"version": "source: here"}, "version.yaml: the field version is missing"),
        ({"scopes": "district: {endings: [区]}"}, "scopes.yaml, district, level"),
        ({"scopes": "county: {level: county}"}, "scopes.yaml, county, level: write a new name"),
        ({"reforms": "2018: ["}, "reforms.yaml: not YAML"),
    ],
)
def test_broken_settings_are_refused(settings: dict[str, str], message: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenLines, match=message):
        load_lines(folder(tmp_path, **settings))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenLines, match=r"version\.yaml: the file is missing"):
        load_lines(tmp_path)


def test_an_abolished_line_needs_no_successor(tmp_path: Path) -> None:
    text = GOOD.replace("full: 水利部", "full: 水利部, until: 2018, by: 2018") + "  abolished: true\n"
    assert load_lines(folder(tmp_path, text))["water"].abolished


def test_the_closer_scope_holds(tmp_path: Path) -> None:
    closer = """
    - {at: district, full: 水务局, since: 2018, by: 2018}
    - {at: county, in: [330000], full: 水局, since: 2019, by: 2018}
    - {at: county, in: [330114], full: 水处, since: about 2020, by: 2018}
"""
    line = load_lines(folder(tmp_path, GOOD.rstrip("\n") + closer))["water"]

    def called(province: str, code: str, place: str, year: int) -> str | None:
        period = line.name_at("county", date(year, 6, 1), province, code, place)
        return period and period.full.removeprefix("{place}")

    assert called("420000", "420102", "江岸区", 2025) == "水务局"
    assert called("420000", "420222", "阳新县", 2025) == "水利局"
    assert called("330000", "330122", "桐庐县", 2018) == "水利局"
    assert called("330000", "330102", "上城区", 2018) == "水务局"
    assert called("330000", "330102", "上城区", 2025) == "水局"
    assert called("330000", "330114", "钱塘区", 2019) == "水局"
    assert called("330000", "330114", "钱塘区", 2025) == "水处"
    assert [p.since and p.since.year for p in line.names("county", "330000", "330114", "钱塘区")] == [
        None,
        2018,
        2019,
        2020,
    ]


def test_a_unit_that_was_away_for_a_time_began_when_it_came_back(tmp_path: Path) -> None:
    away = """
    - {at: county, in: [330000], none: true, since: 2019, until: 2021, by: 2018}
"""
    lines = load_lines(folder(tmp_path, GOOD.rstrip("\n") + away))
    place = PlaceNow("330122", "county", "桐庐县", "330122", "330000")
    began = [next(generate_units([place], lines, date(year, 1, 1)), None) for year in (2010, 2020, 2025)]
    assert [unit and (unit.since and unit.since.year, unit.until and unit.until.year) for unit in began] == [
        (None, 2019),
        None,
        (2021, None),
    ]


JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 7, -1.5, "", "x", "{", [], ["x"], [[]], {}, {"x": 1}, [{"x": []}], date(2018, 1, 1)]
)


def nodes(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to all values of a tree."""
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path] + [way for key, value in children for way in nodes(value, (*path, key))]


SECOND = (
    "- {key: fire, name: 消防, branch: government, office: water, names: [{at: county, in: [330000], full: 消防局}]}"
)
HANDED = "  kind: department\n  abolished: false\n  handed_over: [{to: fire, extent: part, at: county}]\n"
FILES = {**SETTINGS, "field.yaml": GOOD + HANDED + SECOND}
TREE = {name: yaml.safe_load(text) for name, text in FILES.items()}
WAYS = nodes(TREE)


@given(st.sampled_from([way for way in WAYS if way]), JUNK)
def test_any_junk_is_taken_or_refused_in_plain_words(way: tuple[Any, ...], junk: Any) -> None:
    tree = copy.deepcopy(TREE)
    at: Any = tree
    for key in way[:-1]:
        at = at[key]
    at[way[-1]] = junk
    with tempfile.TemporaryDirectory() as made:
        for name, content in tree.items():
            (Path(made) / name).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
        try:
            loaded = load_lines(Path(made))
        except BrokenLines as refused:
            assert all(".yaml" in line for line in str(refused).split("\n"))
        else:
            assert all(line.periods for line in loaded.every)


def test_the_sound_tree_is_taken(tmp_path: Path) -> None:
    assert [line.key for line in load_lines(folder(tmp_path, FILES["field.yaml"])).every] == ["water", "fire"]
