"""Words in, whether they are a day of the calendar; a report's file in, the day that stands beside it out."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

from luoshi.reading import Unreadable


def is_day(words: str) -> bool:
    """Whether words are a day of the calendar like 2023-06-07, a time behind it or none."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}([T ].+)?", words):
        return False
    try:
        return bool(datetime.date.fromisoformat(words[:10]))
    except ValueError:
        return False


def published_beside(path: Path) -> str | None:
    """The day of publication that NAME.meta.json beside a report gives, if it is there."""
    meta = path.with_name(path.stem + ".meta.json")
    try:
        known = json.loads(meta.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as wrong:
        raise Unreadable(f"{meta.name} beside it cannot be used: {wrong}") from None
    value = known.get("published") if isinstance(known, dict) else None
    if value is not None and not (isinstance(value, str) and is_day(value)):
        raise Unreadable(f'{meta.name} beside it: "published" must be a date like "2023-06-07"')
    return value
