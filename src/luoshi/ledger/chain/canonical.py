"""A value of JSON in, its one spelling as bytes out (RFC 8785), the same on every machine and database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import rfc8785

JSON = Any
# Whole numbers that every language keeps (RFC 8785, 3.2.2.3).
LARGEST = 2**53 - 1
# The library is written in Python; of plain values, which all events are, that of Python itself, in C, writes the same
# bytes ten times as fast (a test compares them).
SPELL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


class NotCanonical(ValueError):
    """A value that has no spelling which every machine and both databases keep as it is."""


def canonical(value: JSON) -> bytes:
    """The canonical JSON of a value: keys sorted, no spaces, UTF-8.

    Null, true and false, whole numbers below 2⁵³, text, lists and objects. A fraction is text or a number of smaller
    units: floats are refused, because databases and languages do not agree on how they are written.

    Raises:
        NotCanonical: anything else, with its path: `payload.fields.share: 0.5 is a float`.
    """
    try:
        if _plain(value):
            return SPELL(value).encode()
        _expect(value, "")
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as wrong:
        raise NotCanonical(str(wrong)) from None


def instant(moment: datetime) -> str:
    """A moment as RFC 3339 in UTC with all six digits, which is what both databases keep.

    Raises:
        NotCanonical: it does not say which zone it is in.
    """
    if moment.tzinfo is None:
        raise NotCanonical(f"{moment.isoformat()} names no time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def _plain(value: JSON) -> bool:
    """True of values that both spell the same: no fraction, no number beyond those kept, keys whose order by characters
    is that by UTF-16 units, as that of ASCII is."""
    kind = type(value)
    if kind is str:
        return "\0" not in value
    if kind is dict:
        for key, each in value.items():
            if not (type(key) is str and key.isascii() and "\0" not in key and _plain(each)):
                return False
        return True
    if kind is list or kind is tuple:
        return all(map(_plain, value))
    return value is None or kind is bool or (kind is int and -LARGEST <= value <= LARGEST)


def _expect(value: JSON, path: str) -> None:
    """Refuse what the library would spell and a database would not give back."""
    if isinstance(value, float):
        raise NotCanonical(f"{path or 'it'}: {value} is a float; say it as text or in smaller units")
    if isinstance(value, str):
        _expect_text(value, path)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            _expect_text(key, path) if isinstance(key, str) else None
            _expect(each, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value):
            _expect(each, f"{path}[{number}]")


def _expect_text(text: str, path: str) -> None:
    # PostgreSQL keeps no U+0000, neither in text nor in JSON.
    if "\0" in text:
        raise NotCanonical(f"{path or 'it'}: a character that is none (U+0000)")
