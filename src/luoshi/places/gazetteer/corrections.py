"""The yearly lists and the file of their known errors go in; the lists without these errors come out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from luoshi.places.gazetteer.lists import Listed, YearLists

CORRECTIONS = Path(__file__).with_name("corrections.yaml")


def corrected(lists: YearLists, path: Path = CORRECTIONS) -> YearLists:
    """New lists in which rows of the file stand as it says; counties only. Years that are not there are passed over."""
    out = {year: dict(of_year) for year, of_year in lists.items()}
    entries: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    for entry in entries:
        for year in set(entry["years"]) & out.keys():
            if entry.get("drop"):
                del out[year][entry["code"]]
            else:
                out[year][entry["code"]] = Listed(entry["code"], entry["name"], "county", entry["parent"], "")
    return out
