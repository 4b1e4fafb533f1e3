"""The gate: readings of the gold reports score at least their floors, clean and with noise put in."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.folders import GOLD, SHARED, SHARED_GOLD
from tests.gold import clean_scores, noisy_scores, reports, score
from tests.noisy import KINDS

FLOORS = yaml.safe_load((GOLD / "floors.yaml").read_text("utf-8"))
# The least that was asked of this part of the reading.
ASKED = {
    "directives, tight": 0.92,
    "actions": 0.90,
    "actions with the right kind": 0.86,
    "work actions (the task list)": 0.88,
    "statements with the right speaker": 0.94,
    "body boundaries (±3)": 0.95,
}
# How far noise may push a score below its floor, and how far a floor may lag behind.
SLACK = 0.02

FOLDERS = [
    pytest.param("own", GOLD, id="own"),
    pytest.param("shared", SHARED_GOLD, id="shared", marks=pytest.mark.shared),
]


@pytest.mark.parametrize(("name", "folder"), FOLDERS)
def test_scores_reach_their_floors(name: str, folder: Path) -> None:
    reached = clean_scores(folder)
    short = {key: (reached[key], floor) for key, floor in FLOORS[name].items() if reached[key] < floor}
    assert not short, f"below the floor (reached, floor): {short}"


@pytest.mark.parametrize(("name", "folder"), FOLDERS)
def test_floors_are_raised_with_the_scores(name: str, folder: Path) -> None:
    reached = clean_scores(folder)
    low = {key: round(reached[key], 3) for key, floor in FLOORS[name].items() if reached[key] > floor + SLACK}
    assert not low, f"raise these floors in gold/floors.yaml: {low}"


def test_floors_are_at_least_what_was_asked() -> None:
    for name in ("own", "shared"):
        assert FLOORS[name].keys() >= ASKED.keys()
        assert all(FLOORS[name][key] >= asked for key, asked in ASKED.items())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("name", "folder"), FOLDERS)
def test_floors_hold_with_noise_put_in(name: str, folder: Path, kind: str) -> None:
    reached = noisy_scores(folder, [kind], seed=20260101)
    short = {k: (reached[k], f) for k, f in FLOORS[name].items() if reached[k] < f - SLACK}
    assert not short, f"{kind} noise pushes below the floor: {short}"


def test_all_noise_together_is_read_too() -> None:
    kinds = ["pinyin", "more", "broken", "doubled", "half_width", "marked", "chrome"]
    reached = noisy_scores(GOLD, kinds, seed=7)
    assert reached["directives, tight"] >= FLOORS["own"]["directives, tight"] - 2 * SLACK


def test_own_gold_resolves() -> None:
    assert len(list(reports(GOLD))) >= 10


@pytest.mark.shared
def test_the_scorer_is_the_shared_one() -> None:
    assert SHARED
    assert (GOLD / "score.py").read_bytes() == (SHARED / "gold" / "score.py").read_bytes()


@pytest.mark.shared
def test_the_seeds_lose_their_608_readings_and_keep_their_14_brackets() -> None:
    from luoshi.reading import read

    assert SHARED
    removed, kept = 0, 0
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        reading = read(path)
        text = reading.source.text
        pinyin = [n for n in reading.noise if n.kind == "pinyin"]
        removed += len(pinyin)
        assert not any("市" in text[n.start : n.end] or ":" in text[n.start : n.end] for n in pinyin)
        dropped = {i for n in pinyin for i in range(n.start, n.end)}
        kept += sum(c in "(（" for i, c in enumerate(text) if i not in dropped)
    assert removed == 608
    assert kept == 14


def test_scorer_counts_what_is_said_too_much() -> None:
    """The scorer itself: a reading that says everything twice loses precision."""
    _, _, gold = next(iter(reports(GOLD)))
    said = [{"start": d["span"][0], "end": d["span"][1], "actions": []} for d in gold["directives"]]
    once = score.score_report(gold, {"directives": said})["directives"]
    twice = score.score_report(gold, {"directives": said + said})["directives"]
    assert score.f1(*once)[2] == 1.0 and score.f1(*twice)[2] < 0.7
