"""Whatever a reading says of owners, times and numbers stands in the report, at its offsets."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from luoshi.reading import Reading, Span, read
from luoshi.reading.clean import clean
from tests.folders import GOLD, SHARED

HOW_MANY = 300


def _texts() -> list[Path]:
    assert SHARED
    found = sorted(p for p in (SHARED / "corpora").rglob("*") if p.suffix in (".txt", ".md"))
    return random.Random(20260101).sample(found, min(HOW_MANY, len(found)))


def _spans(reading: Reading) -> list[Span]:
    out: list[Span] = []
    for directive in reading.directives:
        out += [directive.span, *directive.units, *directive.programmes]
        out += [action.span for action in directive.actions]
        out += [d.span for d in (directive.deadline, *directive.deadlines) if d]
        out += [t.span for t in directive.targets]
    return out + [p.span for p in reading.problems] + [m.name for m in reading.meetings if m.name]


def _faults(path: Path) -> list[str]:
    """What a reading says that the report does not hold."""
    reading = read(path)
    text = reading.source.text
    faults = []
    for span in _spans(reading):
        words = re.sub(r"\W", "", span.text)
        if words != re.sub(r"\W", "", clean(text[span.start : span.end]).text):
            faults.append(f"{path.name}: {span.text} is not at {span.start}")
    for directive in reading.directives:
        for target in directive.targets:
            if not re.search(r"[\d一二两三四五六七八九十百半零全翻]", target.span.text):
                faults.append(f"{path.name}: a number without a number: {target.span.text}")
    for person in reading.people:
        faults += [f"{path.name}: {person.name}" for s, e in person.mentions if clean(text[s:e]).text != person.name]
    return faults


@pytest.mark.shared
@pytest.mark.long
def test_on_300_texts_of_the_corpora() -> None:
    faults = [fault for path in _texts() for fault in _faults(path)]
    assert faults == []


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.txt")), ids=lambda p: p.stem)
def test_on_the_own_gold(path: Path) -> None:
    if path.stem in NOISY:
        pytest.skip("its noise is told by the page, not by a piece of it")
    assert _faults(path) == []


# Reports whose noise a piece of them does not show: pinyin, and traditional characters, need enough of it on the page.
NOISY = {
    "gold-ditie",
    "gold-yingshang-sheng",
    "gold-fangxun-shi",
    "gold-xinfang-qu",
    "gold-fagai-xianchang",
    "gold-nongye-xianchang",
    "gold-guozi-tuijin",
}
