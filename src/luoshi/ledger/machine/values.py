"""What somebody filled into a field in, the value as it stands in an event out, or the fault with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ..playbook.nouns import Field
from ..schedule import MOST_STEPS
from .faults import fault, listed
from .nouns import JSON, Fault
from .timetables import LONGEST_STEP_KEY, PLANNED, is_step_key, unplannable

# A report of progress on one item, some ten printed pages; more belongs into a file.
LONGEST_TEXT = 20_000
# Six lines of a form: the longest measure in a printed task list is well below it.
LONGEST_PHRASE = 300
# Keys of units and places are columns of at most 90 characters.
LONGEST_KEY = 90
MOST_MILESTONES = 50
# The province with the most counties has 183: a part for each.
MOST_PARTS = 200
MOST_UNITS = 200
# Canonical JSON (RFC 8785) holds integers exactly up to here.
LARGEST = 2**53 - 1
DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,6})?", re.ASCII)
POST = re.compile(r"post:[0-9A-Za-z-]{1,50}", re.ASCII)
MILESTONE = frozenset({"words", "due", "done_on"})
STEP = frozenset({*PLANNED, "done_on"})
# Working days of one step: four years, the longest that a dam is built.
MOST_DAYS = 1000
PART = frozenset({"words", "lead", "supports", "due", "place", "line"})


# Letters and signs that show nothing: fillers of Hangul, a braille cell without dots.
EMPTY = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# Overrides of direction (UAX 9, 2.2): what follows is shown backwards, so that 不同意 is read where 意同不 stands.
# Marks and isolates, which Uyghur needs beside Chinese, stay.
TURNING = frozenset("\u202d\u202e")


class BadValue(ValueError):
    """A value that a field cannot take, with its fault."""

    def __init__(self, why: Fault) -> None:
        super().__init__(why.code)
        self.fault = why


def storable(text: str) -> bool:
    """True of text that any database and canonical JSON keep."""
    return "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)


def is_blank(raw: JSON) -> bool:
    """Nothing was filled in that anybody sees; zero is something."""
    return (
        raw is None
        or (isinstance(raw, str) and all(_unseen(c) for c in raw))
        or (isinstance(raw, list | tuple) and not raw)
    )


def _unseen(c: str) -> bool:
    return c.isspace() or c in EMPTY or unicodedata.category(c) == "Cf"


def value(field: Field, raw: JSON) -> JSON:
    """The value of a field as an event holds it: text, integers, ISO dates, keys, lists and mappings of these.
    Raises BadValue."""
    return READERS[field.kind](field.key, raw) if field.kind != "choice" else _choice(field, raw)


def words(key: str, raw: JSON, most: int) -> str:
    """Words that any database keeps and that read as they are written: line ends as \\n, no control characters, no half
    characters, none that turns text round. Raises BadValue."""
    if not isinstance(raw, str):
        raise _bad(key, raw, "text")
    said = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in said) or not TURNING.isdisjoint(said):
        raise _bad(key, "", "printable text")
    if len(said) > most:
        raise BadValue(fault("too_long", key, most=most))
    return said


def _text(key: str, raw: JSON) -> str:
    return words(key, raw, LONGEST_TEXT)


def phrase(key: str, raw: JSON) -> str:
    """A few words in one line. Raises BadValue."""
    return " ".join(words(key, raw, LONGEST_PHRASE).split())


def day_of(key: str, raw: JSON) -> str:
    """A date as ISO text. Raises BadValue."""
    if isinstance(raw, date):
        return raw.isoformat()[:10]
    try:
        if isinstance(raw, str) and len(raw) == 10:
            return date.fromisoformat(raw).isoformat()
    except ValueError:
        pass
    raise _bad(key, raw, "2026-06-30")


def _number(key: str, raw: JSON) -> int | str:
    """An integer, or a decimal number as text: floating point is not exact, and not in an event."""
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) <= LARGEST:
        return raw
    if isinstance(raw, str) and DECIMAL.fullmatch(raw.strip()):
        return raw.strip()
    raise _bad(key, raw, "1200, 1200.50")


def key_of(key: str, raw: JSON) -> str:
    """The key of a unit, place or line. Raises BadValue."""
    if not isinstance(raw, str) or not raw.strip() or len(raw) > LONGEST_KEY:
        raise _bad(key, raw, "a key")
    return words(key, raw, LONGEST_KEY)


def units(key: str, raw: JSON) -> list[str]:
    """Keys of units, each once, in their order. Raises BadValue."""
    found = [key_of(key, each) for each in _list(key, raw, MOST_UNITS)]
    if twice := [each for each in found if found.count(each) > 1]:
        raise BadValue(fault("twice", key, value=twice[0]))
    return found


def _post(key: str, raw: JSON) -> str:
    if isinstance(raw, str) and POST.fullmatch(raw):
        return raw
    raise _bad(key, raw, "post:12")


def _choice(field: Field, raw: JSON) -> str:
    choices = [key for key, _ in field.choices]
    if isinstance(raw, str) and raw in choices:
        return raw
    raise BadValue(fault("unknown_choice", field.key, value=shown(raw), choices=listed(choices)))


def _milestones(key: str, raw: JSON) -> list[dict[str, JSON]]:
    return [_milestone(f"{key}[{i}]", each) for i, each in enumerate(_list(key, raw, MOST_MILESTONES))]


def _milestone(key: str, raw: JSON) -> dict[str, JSON]:
    given = _mapping(key, raw, MILESTONE)
    out: dict[str, JSON] = {"words": _required(phrase, f"{key}.words", given.get("words"))}
    for name in ("due", "done_on"):
        out[name] = None if is_blank(given.get(name)) else day_of(f"{key}.{name}", given[name])
    return out


def _plan(key: str, raw: JSON) -> list[dict[str, JSON]]:
    """The steps of a timetable, which go together."""
    rows = [_step(f"{key}[{i}]", each) for i, each in enumerate(_list(key, raw, MOST_STEPS))]
    if wrong := unplannable(key, rows):
        raise BadValue(wrong)
    return rows


def _step(key: str, raw: JSON) -> dict[str, JSON]:
    given = _mapping(key, raw, STEP)
    out: dict[str, JSON] = {
        "key": _required(step_key, f"{key}.key", given.get("key")),
        "words": _required(phrase, f"{key}.words", given.get("words")),
        "takes": _required(_days, f"{key}.takes", given.get("takes")),
        "after": [],
    }
    if not is_blank(given.get("after")):
        out["after"] = [step_key(f"{key}.after", each) for each in _list(f"{key}.after", given["after"], MOST_STEPS)]
    for name in ("start", "end", "expected", "done_on"):
        out[name] = None if is_blank(given.get(name)) else day_of(f"{key}.{name}", given[name])
    return out


def step_key(key: str, raw: JSON) -> str:
    """The key of a step. Raises BadValue."""
    said = unicodedata.normalize("NFKC", phrase(key, raw))
    if len(said) > LONGEST_STEP_KEY:
        raise BadValue(fault("too_long", key, most=LONGEST_STEP_KEY))
    if not is_step_key(said):
        raise _bad(key, raw, "1")
    return said


def _days(key: str, raw: JSON) -> int:
    """Working days, one at least."""
    said = unicodedata.normalize("NFKC", raw).strip() if isinstance(raw, str) else raw
    if isinstance(said, str) and said.isascii() and said.isdigit() and len(said) < 5:
        said = int(said)
    if type(said) is int and 0 < said <= MOST_DAYS:
        return said
    raise _bad(key, raw, f"1–{MOST_DAYS}")


def _parts(key: str, raw: JSON) -> list[dict[str, JSON]]:
    return [_part(f"{key}[{i}]", each) for i, each in enumerate(_list(key, raw, MOST_PARTS))]


def _part(key: str, raw: JSON) -> dict[str, JSON]:
    """A part of a split; what it leaves out is its parent's (stepping)."""
    given = _mapping(key, raw, PART)
    out: dict[str, JSON] = {"words": _required(phrase, f"{key}.words", given.get("words"))}
    out["lead"] = _required(key_of, f"{key}.lead", given.get("lead"))
    for name, read in (("supports", units), ("due", day_of), ("place", key_of), ("line", key_of)):
        if not is_blank(given.get(name)):
            out[name] = read(f"{key}.{name}", given[name])
    return out


def _required(read: Callable[[str, JSON], JSON], key: str, raw: JSON) -> JSON:
    if is_blank(raw):
        raise BadValue(fault("missing_field", key))
    return read(key, raw)


def _list(key: str, raw: JSON, most: int) -> list[JSON]:
    if not isinstance(raw, list | tuple):
        raise _bad(key, raw, "a list")
    if len(raw) > most:
        raise BadValue(fault("too_many", key, most=most))
    return list(raw)


def _mapping(key: str, raw: JSON, names: frozenset[str]) -> Mapping[str, JSON]:
    if not isinstance(raw, Mapping):
        raise _bad(key, raw, listed(sorted(names)))
    if unknown := [str(name) for name in raw if name not in names]:
        raise BadValue(fault("unknown_field", f"{key}.{shown(unknown[0])}"))
    return raw


def _bad(key: str, raw: JSON, expected: str) -> BadValue:
    return BadValue(fault("bad_field", key, value=shown(raw), expected=expected))


def shown(raw: Any) -> str:
    """The beginning of what was filled in, in one line: 40 characters tell which field of a form it was."""
    said = raw if isinstance(raw, str) else repr(raw)[:200]
    return "".join(c if c.isprintable() else "?" for c in said[:40])


READERS: dict[str, Callable[[str, JSON], JSON]] = {
    "text": _text,
    "phrase": phrase,
    "date": day_of,
    "number": _number,
    "unit": key_of,
    "units": units,
    "milestones": _milestones,
    "plan": _plan,
    "step": step_key,
    "parts": _parts,
    "post": _post,
}
