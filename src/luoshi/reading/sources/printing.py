"""The value of a cell and its number format in, the words that the sheet shows out."""

from __future__ import annotations

import datetime
import re

_DECIMALS = re.compile(r"\.(0+)")
# Digits that Excel keeps of a number.
_DIGITS = 15


def printed(value: object, form: str | None) -> str:
    """Words as they are, days in ISO 8601, numbers as printed (percent, decimals and thousands of the format)."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    if isinstance(value, int | float):
        return _number(value, (form or "General").split(";")[0])
    return str(value)


def _number(value: int | float, form: str) -> str:
    percent = "%" in form
    decimals = _DECIMALS.search(form)
    if percent or decimals or re.search(r"(?<![A-Za-z\"])0(?![A-Za-z\"])|#", form):
        comma = "," if "," in form else ""
        places = len(decimals.group(1)) if decimals else 0
        return f"{value * 100 if percent else value:{comma}.{places}f}" + "%" * percent
    return f"{value:.{_DIGITS}g}" if isinstance(value, float) else str(value)
