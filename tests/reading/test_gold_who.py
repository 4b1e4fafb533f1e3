"""The gate for who, when and how much: gold reports, own marks, and the shared amounts reach their floors."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from luoshi.reading import as_dict, read
from tests.folders import GOLD, SHARED, SHARED_GOLD
from tests.gold import clean_scores, published
from tests.marks import marks_scores

FLOORS = yaml.safe_load((GOLD / "floors.yaml").read_text("utf-8"))
SLACK = 0.02
# The least that was asked of this part of the reading on the shared gold.
ASKED = {
    **dict.fromkeys(("chairs", "attendees", "presenters", "meeting date", "title", "published", "publisher"), 0.95),
    **dict.fromkeys(("speakers", "units"), 0.90),
    **dict.fromkeys(("person–post pairs", "meetings"), 0.85),
    "programmes": 0.78,
    "problems": 0.65,
}
MARKS = ("strength", "verb", "object", "purpose", "groups", "convener", "level", "gaps")


def _gate(reached: dict[str, float], floors: dict[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """What is below its floor, and what has risen so far above that the floor must follow."""
    short = {key: round(reached[key], 3) for key, floor in floors.items() if reached[key] < floor}
    low = {key: round(reached[key], 3) for key, floor in floors.items() if reached[key] > floor + SLACK}
    return short, low


FOLDERS = [
    pytest.param("own-who", GOLD, id="own"),
    pytest.param("shared-who", SHARED_GOLD, id="shared", marks=pytest.mark.shared),
]


@pytest.mark.parametrize(("name", "folder"), FOLDERS)
def test_scores_reach_their_floors(name: str, folder: Path) -> None:
    assert _gate(clean_scores(folder), FLOORS[name]) == ({}, {})


def test_marks_reach_their_floors() -> None:
    assert _gate(marks_scores(), FLOORS["marks"]) == ({}, {})


def test_floors_are_at_least_what_was_asked() -> None:
    assert all(FLOORS["shared-who"][key] >= asked for key, asked in ASKED.items())
    assert all(FLOORS["marks"][key] >= 0.90 for key in MARKS)
    assert len(list(GOLD.glob("*.marks.json"))) >= 10


@pytest.mark.shared
def test_the_shared_amounts() -> None:
    """Deadlines and targets of real work reports and documents, by the shared scorer."""
    assert SHARED
    folder = SHARED / "gold" / "amounts"
    lines = []
    for path in sorted(folder.glob("*.txt")):
        reading = as_dict(read(path, published(folder, path.stem)))
        lines.append(json.dumps(reading, ensure_ascii=False))
    scorer = str(SHARED / "gold" / "score_amounts.py")
    out = subprocess.run(
        [sys.executable, scorer, str(folder), "-"], input="\n".join(lines), capture_output=True, text=True
    )
    shown = out.stdout
    targets, deadlines = (float(found) for found in re.findall(r"F1 ([\d.]+)", shown))
    right, past = re.search(r"right in ([\d.]+)", shown), re.search(r"for targets: ([\d.]+)", shown)
    assert right and past, shown + out.stderr
    assert targets >= 0.90 and deadlines >= 0.90 and float(right[1]) >= 0.93 and float(past[1]) <= 0.03, shown
