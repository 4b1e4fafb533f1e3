"""A field of a row and what a person wrote there in, the value to keep out, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import Action, Directive, Kind, Level, Meeting, Report, Strength
from .models.report import day_of
from .packing import storable

Check = Callable[[Any], Any]

# As long as the longest title page of the corpora has room for, ten times; more is a mistake of pasting.
LONGEST = 2000
# More people than a plenary session of a province seats, ten times.
MOST_PEOPLE = 100_000
# Names in one list.
MOST_NAMES = 1000
GAPS = ("owner", "deadline", "measure")


def words(value: Any) -> str:
    """Words, or none of them."""
    if not isinstance(value, str):
        raise ValidationError(_("须为文字。"))
    kept: str = storable(" ".join(value.split()))
    if len(kept) > LONGEST:
        raise ValidationError(_("超过%(most)d个字符。") % {"most": LONGEST})
    return kept


def some_words(value: Any) -> str:
    """Words that there have to be."""
    kept = words(value)
    if not kept:
        raise ValidationError(_("不能为空。"))
    return kept


def day(value: Any) -> str:
    """A day of the calendar, with a time or without; --03-12 where the year is not known; or nothing."""
    kept = words(value)
    known = day_of(kept) is not None and re.fullmatch(r"\d{4}-\d{2}-\d{2}([T ][\d:.+Z-]{1,25})?", kept)
    without_year = re.fullmatch(r"--(\d{2}-\d{2})", kept) and day_of(f"2024{kept[1:]}")
    if kept and not known and not without_year:
        raise ValidationError(_("日期应写作 2023-06-07；年份不详写作 --06-07。"))
    return kept


def one_of(choices: list[str]) -> Check:
    """One of some words."""

    def check(value: Any) -> str:
        if value not in choices:
            raise ValidationError(_("只能是：%(choices)s。") % {"choices": "、".join(filter(None, choices))})
        return str(value)

    return check


def names(value: Any) -> list[str]:
    """A list of names, each once, in their order."""
    if not isinstance(value, list | tuple) or len(value) > MOST_NAMES:
        raise ValidationError(_("须为名称的列表，最多%(most)d个。") % {"most": MOST_NAMES})
    return list(dict.fromkeys(some_words(each) for each in value))


def gaps(value: Any) -> list[str]:
    """Gaps, in their own order."""
    if not set(names(value)) <= set(GAPS):
        raise ValidationError(_("只能是：%(choices)s。") % {"choices": "、".join(GAPS)})
    return [gap for gap in GAPS if gap in value]


def owners(value: Any) -> list[dict[str, Any]]:
    """Owners by name, as READING.md has them; those written by a person stand nowhere in the text."""
    return [{"text": name} for name in names(value)]


def deadline(value: Any) -> dict[str, Any]:
    """A deadline by its last day, with words or without; nothing: there is none."""
    if not value:
        return {}
    if not isinstance(value, Mapping) or not set(value) <= {"text", "from", "by"}:
        raise ValidationError(_("时限由 text、from、by 组成。"))
    begins, by = day(value.get("from") or ""), day(value.get("by") or "")
    told = words(value.get("text") or "") or by
    if not told:
        raise ValidationError(_("不能为空。"))
    return {"text": told, "from": begins or None, "by": by or None}


def people(value: Any) -> int | None:
    """How many people; nothing: not known."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_PEOPLE:
        raise ValidationError(_("人数应为 0 至 %(most)d。") % {"most": MOST_PEOPLE})
    return value


def venues(value: Any) -> list[dict[str, Any]]:
    """Branch venues: each a name and how many were there."""
    if not isinstance(value, list | tuple) or not all(isinstance(each, Mapping) for each in value):
        raise ValidationError(_("分会场由 name、attendance 组成。"))
    called = names([each.get("name", "") for each in value])
    if len(called) != len(value):
        raise ValidationError(_("分会场重复。"))
    return [
        {"name": name, "attendance": people(each.get("attendance"))} for name, each in zip(called, value, strict=True)
    ]


# What a person can put right, by table. Where a row stands in its report, and its exact words there, is no opinion.
CHECKS: Mapping[type[Any], Mapping[str, Check]] = {
    Report: {"title": words, "publisher": words, "published": day},
    Directive: {
        "words": some_words,
        "speaker": words,
        "strength": one_of(Strength.values),
        "units": owners,
        "lead": owners,
        "support": owners,
        "deadline": deadline,
        "problem": words,
        "priority": one_of(["urgent", "normal"]),
    },
    Action: {
        "words": some_words,
        "verb": words,
        "object": words,
        "kind": one_of(Kind.values),
        "gaps": gaps,
    },
    Meeting: {
        "name": some_words,
        "date": day,
        "form": one_of(["video", ""]),
        "level": one_of([*Level.values, ""]),
        "convener": words,
        "where": words,
        "main_venue": words,
        "branch_venues": venues,
        "attendance": people,
        "chairs": names,
        "speakers": names,
        "attendees": names,
        "groups": names,
        "presenters": names,
    },
}


def checked(model: type[Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """All fields, fit to be kept.

    Raises:
        ValidationError: with every fault, by field.
    """
    kept, faults = {}, {}
    for name, value in fields.items():
        try:
            kept[name] = _check(model, name)(value)
        except ValidationError as wrong:
            faults[name] = wrong
    if faults:
        raise ValidationError(faults)
    return kept


def _check(model: type[Any], name: str) -> Check:
    if name not in CHECKS[model]:
        raise ValidationError(_("此栏不能更正。"))
    return CHECKS[model][name]
