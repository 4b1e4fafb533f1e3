"""Entries of YAML files in, the faults of their form out: file, line, field, what is wrong and what to write."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    yield from _fields(entry, LINE_FIELDS, ("key", "name", "branch", "names"), "")
    if "key" in entry and not _KEY.fullmatch(str(entry["key"])):
        yield "key", "a key is English words in small letters joined by _"
    yield from _one_of(entry, "branch", BRANCHES)
    yield from _one_of(entry, "kind", KINDS)
    for number, name in enumerate(_dicts(entry, "names"), 1):
        for field, what in _of_name(name, reforms, scopes):
            yield f"names {number} {field}".rstrip(), what
    for number, handed in enumerate(_dicts(entry, "handed_over"), 1):
        yield from _fields(handed, HANDED_FIELDS, ("to",), f"handed_over {number} ")
        yield from _one_of(handed, "extent", get_args(Extent))
        for level in _list(handed.get("at")):
            if level not in LEVELS:
                yield f"handed_over {number} at", f"{level} is no level: {', '.join(LEVELS)}"
    for field in ("names", "handed_over"):
        listed = entry.get(field)
        if listed is not None and (not isinstance(listed, list) or not all(isinstance(i, dict) for i in listed)):
            yield field, "write a list of {field: value}"


def _of_name(name: dict[str, Any], reforms: set[int], scopes: set[str]) -> Iterator[Fault]:
    yield from _fields(name, NAME_FIELDS, ("at",) if name.get("none") else ("at", "full"), "")
    for at in _list(name.get("at")):
        if at not in scopes:
            yield "at", f"{at} is no level or scope: {', '.join(sorted(scopes))}"
    for field in ("since", "until"):
        if isinstance(read := moment(name.get(field)), Problem):
            yield field, read.what
    if ("since" in name or "until" in name) and not name.get("by"):
        yield "by", "a dated name says by which reform (its year) or document"
    if isinstance(name.get("by"), int) and name["by"] not in reforms:
        yield "by", f"{name['by']} is no reform of reforms.yaml"
    for code in _list(name.get("in")):
        if not re.fullmatch(r"[1-9]\d{5}", str(code)):
            yield "in", f"{code} is no code of six digits"
    for text in (name.get("full"), *_list(name.get("short"))):
        yield from _of_pattern(text)


def _of_pattern(text: Any) -> Iterator[Fault]:
    if text is not None and (not isinstance(text, str) or not text.strip()):
        yield "full", f"{text!r} is no name"
    elif text:
        for slot in re.findall(r"\{(\w*)\}?", text):
            if slot not in SLOTS:
                yield "full", f"{{{slot}}} is no slot: {', '.join(SLOTS)}"


def _list(given: Any) -> list[Any]:
    return [] if given is None else given if isinstance(given, list) else [given]


def _dicts(entry: dict[str, Any], field: str) -> list[dict[str, Any]]:
    return [each for each in _list(entry.get(field)) if isinstance(each, dict)]


def _fields(given: dict[str, Any], known: set[str], needed: tuple[str, ...], where: str) -> Iterator[Fault]:
    for field in given:
        if field not in known:
            yield f"{where}{field}", f"unknown field; known are {', '.join(sorted(known))}"
    for field in needed:
        if given.get(field) in (None, "", []):
            yield f"{where}{field}", "the field is missing"


def _one_of(given: dict[str, Any], field: str, allowed: tuple[str, ...]) -> Iterator[Fault]:
    if field in given and given[field] not in allowed:
        yield field, f"{given[field]} is not one of {', '.join(allowed)}"
