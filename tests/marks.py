"""Readings scored against the own marks: {measure: F1} out (strength, verb, object, purpose, gaps, convener, level, groups).

A mark is compared where the reading has the same directive and action; verbs, objects and groups word for word
after cleaning. An element that neither has counts for nothing.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from luoshi.reading import Action, Directive, Reading, read
from luoshi.reading.clean import clean

from .folders import GOLD
from .gold import published, score

Counts = dict[str, list[int]]


def marks_scores(folder: Path = GOLD) -> dict[str, float]:
    """F1 of every marked element over the reports that have marks."""
    counts: Counts = defaultdict(lambda: [0, 0, 0])
    for path in sorted(folder.glob("*.marks.json")):
        name = path.name.removesuffix(".marks.json")
        text = (folder / f"{name}.txt").read_bytes().decode("utf-8")
        marks = json.loads(path.read_text("utf-8"))
        reading = read(text, published(folder, name))
        _meetings(counts, marks["meetings"], reading)
        _directives(counts, marks["directives"], reading, text)
    return {key: score.f1(*found)[2] or 0.0 for key, found in counts.items()}


def _count(counts: Counts, key: str, wanted: Iterable[str], said: Iterable[str]) -> None:
    want, have = Counter(wanted), Counter(said)
    for place, number in enumerate((want & have, want, have)):
        counts[key][place] += number.total()


def _words(text: str | None) -> list[str]:
    """A phrase to compare: cleaned, without marks; nothing for None."""
    return [re.sub(r"[\W_]", "", clean(text).text)] if text else []


def _meetings(counts: Counts, marks: list[dict[str, Any]], reading: Reading) -> None:
    for number, mark in enumerate(marks):
        named = [m for m in reading.meetings if m.name and _words(m.name.text) == _words(mark["name"])]
        held = [*named, *reading.meetings[number : number + 1]][:1]
        for key in ("convener", "level"):
            _count(counts, key, _words(mark[key]), [w for m in held for w in _words(getattr(m, key))])
        groups = [w for m in held for g in m.groups for w in _words(g)]
        _count(counts, "groups", [w for g in mark["groups"] for w in _words(g)], groups)


def _directives(counts: Counts, marks: list[dict[str, Any]], reading: Reading, text: str) -> None:
    for mark in marks:
        start = text.index(mark["quote"])
        found = _same(reading.directives, start, start + len(mark["quote"]))
        if not isinstance(found, Directive):
            continue
        _count(counts, "strength", [mark["strength"]], [found.strength])
        purposes = [w for p in mark["purpose"] for w in _words(p)]
        _count(counts, "purpose", purposes, [w for p in found.purpose for w in _words(p)])
        place = start
        for deed in mark["actions"]:
            place = text.index(deed["quote"], place)
            action = _same(found.actions, place, place + len(deed["quote"]))
            if isinstance(action, Action):
                _count(counts, "verb", _words(deed["verb"]), _words(action.verb))
                _count(counts, "object", _words(deed["object"]), _words(action.object))
                _count(counts, "gaps", deed["gaps"], action.gaps)


def _same(found: Sequence[Directive | Action], start: int, end: int) -> Directive | Action | None:
    """The one that shares most with a stretch, if that is at least half of both."""

    def shared(one: Directive | Action) -> int:
        return min(end, one.span.end) - max(start, one.span.start)

    best = max(found, key=shared, default=None)
    if best is None or shared(best) < 0.5 * max(end - start, best.span.end - best.span.start):
        return None
    return best
