"""Entries of YAML files in, the faults of their form out: file, line, field, what is wrong and what to write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple, get_args

from .nouns import BRANCHES, KINDS, LEVELS, Extent, Moment
from .slots import SLOTS

LINE_FIELDS = {"key", "name", "branch", "kind", "office", "names", "handed_over", "abolished"}
NAME_FIELDS = {"at", "in", "full", "short", "since", "until", "by", "assumed", "none"}
HANDED_FIELDS = {"to", "extent", "at"}
_KEY = re.compile(r"[a-z]+(?:_[a-z]+)*")
_ABOUT = re.compile(r"about (\d{4})")
DATES = "write a day as 2018-03-17, a year as 2018, or 'about 2018'"


class Problem(NamedTuple):
    """A fault of the data: where it is and what to do, for people."""

    file: str
    line: str
    field: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}, {self.line or '?'}, {self.field}: {self.what}"


def moment(given: Any) -> Moment | Problem | None:
    """A date of the files: a day, a year, `about` a year; None where nothing is given."""
    if given is None:
        return None
    if isinstance(given, date):
        return Moment(given, "day")
    if isinstance(given, int) and not isinstance(given, bool) and 1900 <= given <= 2100:
        return Moment(date(given, 1, 1), "year")
    if isinstance(given, str) and (about := _ABOUT.fullmatch(given)):
        return Moment(date(int(about[1]), 1, 1), "assumed")
    return Problem("", "", "", f"{given!r} is no date: {DATES}")


def schema_faults(entries: list[tuple[str, Any]], reforms: set[int], scopes: set[str]) -> Iterator[Problem]:
    """What is wrong with the form of the entries (file, entry), in their order."""
    for file, entry in entries:
        if not isinstance(entry, dict):
            yield Problem(file, str(entry)[:30], "", "not a line: begin with '- key:' and its fields below")
            continue
        for field, what in _of_line(entry, reforms, scopes):
            yield Problem(file, str(entry.get("key", "?")), field, what)


Fault = tuple[str, str]


def _of_line(entry: dict[str, Any], reforms: set[int], scopes: set[str]) -> Iterator[Fault]:
    yield from _fields(entry, LINE_FIELDS, ("key", "name", "branch", "names"))
    if isinstance(entry.get("key"), str) and not _KEY.fullmatch(entry["key"]):
        yield "key", "a key is English words in small letters joined by _"
    yield from _one_of(entry, "branch", BRANCHES)
    yield from _one_of(entry, "kind", KINDS)
    for number, name in enumerate(_dicts(entry, "names"), 1):
        for field, what in _of_name(name, reforms, scopes):
            yield f"names {number} {field}", what
    for number, handed in enumerate(_dicts(entry, "handed_over"), 1):
        for field, what in _of_handing(handed):
            yield f"handed_over {number} {field}", what


def _of_handing(handed: dict[str, Any]) -> Iterator[Fault]:
    yield from _fields(handed, HANDED_FIELDS, ("to",))
    yield from _one_of(handed, "extent", get_args(Extent))
    for level in _texts(handed.get("at")):
        if level not in LEVELS:
            yield "at", f"{level} is no level: {', '.join(LEVELS)}"


def _of_name(name: dict[str, Any], reforms: set[int], scopes: set[str]) -> Iterator[Fault]:
    yield from _fields(name, NAME_FIELDS, ("at",) if name.get("none") else ("at", "full"))
    for at in _texts(name.get("at")):
        if at not in scopes:
            yield "at", f"{at} is no level or scope: {', '.join(sorted(scopes))}"
    for field in ("since", "until"):
        if isinstance(read := moment(name.get(field)), Problem):
            yield field, read.what
    if ("since" in name or "until" in name) and not name.get("by"):
        yield "by", "a dated name says by which reform (its year) or document"
    if isinstance(name.get("by"), int) and name["by"] not in reforms:
        yield "by", f"{name['by']} is no reform of reforms.yaml"
    for code in name["in"] if isinstance(name.get("in"), list) else ():
        if not re.fullmatch(r"[1-9]\d{5}", str(code)):
            yield "in", f"{code} is no code of six digits"
    for field in ("full", "short"):
        for slot in re.findall(r"\{(\w*)\}?", " ".join(_texts(name.get(field)))):
            if slot not in SLOTS:
                yield field, f"{{{slot}}} is no slot: {', '.join(SLOTS)}"


def _texts(given: Any) -> list[str]:
    return [each for each in (given if isinstance(given, list) else [given]) if isinstance(each, str)]


def _dicts(entry: dict[str, Any], field: str) -> list[dict[str, Any]]:
    listed = entry.get(field)
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _text(given: Any) -> bool:
    return isinstance(given, str) and bool(given.strip())


def _list_of(test: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda given: isinstance(given, list) and all(map(test, given))


# What a field may hold, and how to say it.
SHAPES: dict[str, tuple[Callable[[Any], bool], str]] = {
    **dict.fromkeys(("key", "name", "branch", "kind", "office", "full", "to", "extent"), (_text, "a text")),
    **dict.fromkeys(("abolished", "assumed", "none"), (lambda given: isinstance(given, bool), "true or false")),
    **dict.fromkeys(("names", "handed_over"), (_list_of(lambda i: isinstance(i, dict)), "a list of {field: value}")),
    "at": (lambda given: _text(given) or _list_of(_text)(given), "a level or a list of levels"),
    "in": (_list_of(lambda i: isinstance(i, int | str)), "a list of codes"),
    "short": (_list_of(_text), "a list of names"),
    "by": (lambda given: _text(given) or isinstance(given, int), "the year of a reform or a document"),
}


def _fields(given: dict[str, Any], known: set[str], needed: tuple[str, ...]) -> Iterator[Fault]:
    """Fields that are unknown, missing or hold what they cannot hold."""
    for field, value in given.items():
        if field not in known:
            yield str(field), f"unknown field; known are {', '.join(sorted(known))}"
        elif field in SHAPES and value not in (None, "", []) and not SHAPES[field][0](value):
            yield field, f"{value!r} is not {SHAPES[field][1]}"
        elif value in (None, "", []) and field not in needed:
            yield field, "nothing is said: leave the field out"
    for field in needed:
        if given.get(field) in (None, "", []):
            yield field, "the field is missing"


def _one_of(given: dict[str, Any], field: str, allowed: tuple[str, ...]) -> Iterator[Fault]:
    if isinstance(given.get(field), str) and given[field] not in allowed:
        yield field, f"{given[field]} is not one of {', '.join(allowed)}"
