"""The demonstration's reports in, as if they had been published in the last weeks at its places, out. No database."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path

import luoshi

HERE = Path(__file__).parent / "reports"
# A checkout has the project's marked reports beside the package; an installed package has not.
CHECKOUT = Path(luoshi.__file__).parents[2]
# {city}, or a day counted from today: {day:-3} 11月19日, {ymd:-3} 2026年11月19日, {date:-3} 2026-11-19.
HOLE = re.compile(r"\{(?P<name>\w+)(?::(?P<days>[+-]\d+))?\}")


def rendered(name: str, names: Mapping[str, str], today: datetime.date) -> bytes:
    """A report of the demonstration, with the names of its places and with days around today."""

    def filled(hole: re.Match[str]) -> str:
        if hole["days"] is None:
            return names[hole["name"]]
        day = today + datetime.timedelta(int(hole["days"]))
        # The year only where it is another: as reports write days.
        year = "" if day.year == today.year and hole["name"] == "day" else f"{day.year}年"
        return day.isoformat() if hole["name"] == "date" else f"{year}{day.month}月{day.day}日"

    return HOLE.sub(filled, (HERE / name).read_text("utf-8")).encode("utf-8")


def of_checkout(name: str) -> bytes | None:
    """A report of the checkout (`gold/…`, `examples/…`); None where luoshi was installed without it."""
    path = CHECKOUT / name
    return path.read_bytes() if path.is_file() else None
