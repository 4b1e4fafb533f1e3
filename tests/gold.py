"""Readings scored against gold: a folder in, {measure: F1} out, clean or made noisy."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from luoshi.reading import as_dict, read

from .folders import GOLD
from .noisy import Noisy, made


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


score = _scorer()


def reports(folder: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Name, text and resolved gold of every report of a folder."""
    for path in sorted(folder.glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        text = (folder / f"{name}.txt").read_bytes().decode("utf-8")
        yield name, text, score.resolve(json.loads(path.read_text("utf-8")), text)


def measures(rows: list[dict[str, tuple[int, int, int]]]) -> dict[str, float]:
    """F1 of every measure over the scores of several reports."""
    return {key: score.f1(*counts)[2] or 0.0 for key, counts in score.total(rows).items()}


def clean_scores(folder: Path) -> dict[str, float]:
    """F1 on the reports of a folder as they are."""
    return measures(
        [score.score_report(gold, as_dict(read(text, published(folder, name)))) for name, text, gold in reports(folder)]
    )


def published(folder: Path, name: str) -> str | None:
    """The day of publication that is known from elsewhere than the report: NAME.meta.json."""
    meta = folder / f"{name}.meta.json"
    return str(json.loads(meta.read_text("utf-8"))["published"]) if meta.exists() else None


def noisy_scores(folder: Path, kinds: list[str], seed: int) -> dict[str, float]:
    """F1 on the clean reports of a folder with noise put in."""
    rows = []
    for name, text, gold in reports(folder):
        if not is_clean(text):
            continue
        noisy = made(text, kinds, seed + len(name))
        rows.append(score.score_report(moved(gold, noisy), as_dict(read(noisy.text))))
    return measures(rows)


def is_clean(text: str) -> bool:
    """Whether a report has no noise of its own: simplified script, no readings, no broken marks."""
    return not any(mark in text for mark in ("<!--", "**", "(ā", "ī)", "ì)", "è)", "�", ",,", "⼈")) and not any(
        c in text for c in "會議黨國發"
    )


def moved(gold: dict[str, Any], noisy: Noisy) -> dict[str, Any]:
    """Resolved gold of a clean report in the offsets of the noisy one."""
    return {
        **gold,
        "body": noisy.span(*gold["body"]),
        "title": noisy.span(*gold["title"]) if gold.get("title") else None,
        "directives": [
            {
                **d,
                "span": noisy.span(*d["span"]),
                "actions": [{**a, "span": noisy.span(*a["span"])} for a in d["actions"]],
                "targets": [],
                "deadline": None,
            }
            for d in gold["directives"]
        ],
        "statements": [{**s, "span": noisy.span(*s["span"])} for s in gold["statements"]],
        "problems": [],
        "meetings": [],
    }
