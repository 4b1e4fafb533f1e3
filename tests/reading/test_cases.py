"""Hand-made time, number and name expressions with negatives: at least 97 in 100 are read as a careful reader would."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from luoshi.reading.amounts import targets
from luoshi.reading.clean import clean
from luoshi.reading.deadlines import deadlines
from luoshi.reading.posts import people
from luoshi.reading.sentences import sentences
from luoshi.reading.speech import statements
from luoshi.reading.times import event_day

ASKED = 0.97
Case = dict[str, Any]


def _cases(name: str) -> list[Case]:
    found: list[Case] = yaml.safe_load((Path(__file__).parent / "cases" / f"{name}.yaml").read_text("utf-8"))
    return found


def _published(case: Case) -> datetime.date | None:
    value = case.get("published")
    return datetime.date.fromisoformat(str(value)) if value else None


def _times(case: Case) -> tuple[Any, Any]:
    """What is read and what is expected of a time."""
    text = clean(case["text"]).text
    if case["sense"] == "event":
        return event_day(text, 0, len(text), _published(case)), case["expect"] and str(case["expect"])
    said = [(text[d.start : d.end], d.by) for d in deadlines(text, 0, len(text), _published(case))]
    return said, [(e["quote"], e["by"] and str(e["by"])) for e in case["expect"]]


def _numbers(case: Case) -> tuple[Any, Any]:
    text = clean(case["text"]).text
    said = [(a.relation, a.value, a.upper, a.unit) for a in targets(text, 0, len(text))]
    return said, [(e["relation"], e["value"], e["upper"], e["unit"]) for e in case["expect"]]


def _names(case: Case) -> tuple[Any, Any]:
    text = clean(case["text"]).text
    found = sentences(text, [(0, len(text))])
    speakers = [s.speaker for s in statements(text, found) if s.speaker]
    said = {(p.name, tuple(p.posts)) for p in people(text, found, speakers)}
    return said, {(e["name"], tuple(e["posts"])) for e in case["expect"]}


KINDS = {"times": _times, "numbers": _numbers, "names": _names}


@pytest.mark.parametrize("name", KINDS)
def test_cases(name: str) -> None:
    cases = _cases(name)
    wrong = [(case["text"], *KINDS[name](case)) for case in cases if not _equal(*KINDS[name](case))]
    share = 1 - len(wrong) / len(cases)
    shown = "\n".join(f"{text}\n   said {said}\n   not  {expected}" for text, said, expected in wrong)
    assert share >= ASKED, f"{name}: {share:.3f}\n{shown}"


def _equal(said: Any, expected: Any) -> bool:
    return bool((said or None) == (expected or None))


def test_there_are_800() -> None:
    assert sum(len(_cases(name)) for name in KINDS) >= 800
