"""The values of the calendar: what a day is and why, a count of working days to show, what is known of days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple


class Day(NamedTuple):
    """What a day is, and why.

    `reason` is a key of words.yaml, or the name of a holiday as a notice gives it where the table has none;
    `provisional`: no notice of the State Council is known for its year; `source` is who says so.
    """

    date: date
    working: bool
    reason: str
    provisional: bool
    source: str


class Count(NamedTuple):
    """Where a count of working days ends, the rest days that were passed over, in order, and whether any day of it is
    provisional."""

    end: date
    skipped: tuple[Day, ...]
    provisional: bool


class Known(NamedTuple):
    """What is known beside the days of the week: days that are special; years a notice settled, with who says so."""

    days: Mapping[date, Day]
    years: Mapping[int, str]
