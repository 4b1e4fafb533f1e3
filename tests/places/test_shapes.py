"""Shapes of places: every county drawn, another folder put in their place, and where they come from said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from defusedxml import ElementTree

from luoshi.places.gazetteer import read_places
from luoshi.places.shapes import Source, outline, source

SQUARE = {"type": "Polygon", "coordinates": [[[120, 30], [121, 30], [121, 31], [120, 31], [120, 30]]]}


def test_it_works() -> None:
    drawn = outline("330114", "county")
    assert drawn is not None and ElementTree.fromstring(drawn).tag.endswith("svg")


def test_every_county_of_zhejiang_is_drawn() -> None:
    codes = {s.code for s in read_places() if s.level == "county" and s.until is None and s.code.startswith("33")}
    assert len(codes) == 90 and all(outline(code, "county") for code in codes)


@pytest.mark.parametrize(("code", "level"), [("330100", "prefecture"), ("330000", "province"), ("310115", "county")])
def test_each_level_has_its_shapes(code: str, level: str) -> None:
    assert outline(code, level)


@pytest.mark.parametrize(("code", "level"), [("", "zone"), ("330114001", "township"), ("999999", "county")])
def test_what_has_no_shape_is_not_drawn(code: str, level: str) -> None:
    assert outline(code, level) is None


def test_the_package_names_its_source_and_that_it_was_not_reviewed() -> None:
    said = source()
    assert "天地图" in said.origin and said.review_number is None and "审图号 —" in str(said)


def test_another_folder_is_used_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "counties").mkdir()
    feature = {"type": "Feature", "properties": {"adcode": "330114", "name": "钱塘区"}, "geometry": SQUARE}
    (tmp_path / "counties" / "33.json").write_text(json.dumps({"features": [feature]}), "utf-8")
    told = {"origin": "某图", "licence": "CC0", "review_number": "GS(2026)1号"}
    (tmp_path / "SOURCE.json").write_text(json.dumps(told), "utf-8")
    drawn = outline("330114", "county", tmp_path)
    # A degree of longitude at 30.5° north is 0.86 of one of latitude.
    assert drawn is not None and 'viewBox="0 0 345 400"' in drawn and "L344.7 400.0" in drawn
    assert source(tmp_path) == Source("某图", "CC0", "GS(2026)1号")
    assert outline("330102", "county", tmp_path) is None


def test_a_folder_that_says_nothing_of_its_source_is_shown_so(tmp_path: Path) -> None:
    assert source(tmp_path).review_number is None
