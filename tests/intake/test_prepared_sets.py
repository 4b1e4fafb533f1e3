"""Prepared sets: examples are kept, and whatever is wrong with a file is said with its path, all of it at once."""

from __future__ import annotations

import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from luoshi.calendar import base
from luoshi.intake.responding.loading import HERE, BrokenSets, load_sets, sets
from luoshi.intake.responding.nouns import LEVELS, Limit
from luoshi.intake.responding.planning import words_of
from luoshi.intake.responding.reckoning import due_of
from luoshi.ledger.machine.days import CHINA
from luoshi.ledger.machine.values import LONGEST_PHRASE

FLOOD: dict[str, Any] = yaml.safe_load((HERE / "flood.1.yaml").read_text("utf-8"))


def test_it_works() -> None:
    assert {each.key for each in sets()} == {"flood", "frost", "epidemic"}
    assert all(each.examples and [level.key for level in each.levels] == list(LEVELS) for each in sets())


def test_a_level_opens_what_the_lighter_ones_open_and_more() -> None:
    for each in sets():
        opened = [[item.key for item in each.opened_at(level)] for level in LEVELS]
        assert all(graver[: len(lighter)] == lighter for lighter, graver in pairwise(opened))
        assert opened[-1] == [item.key for item in each.items]
        assert all(len(words_of(item)) <= LONGEST_PHRASE for item in each.items)


def at(said: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(said).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("limit", "now", "due"),
    [
        (Limit("hours", 4), "2026-07-03 19:59", "2026-07-03"),
        (Limit("hours", 4), "2026-07-03 20:00", "2026-07-04"),
        (Limit("days", 2), "2026-07-03 23:59", "2026-07-05"),
        (Limit("working_days", 1), "2026-11-27 10:00", "2026-11-30"),
        # Over the national holiday of 2025, which a working Sunday precedes and a working Saturday follows.
        (Limit("working_days", 1), "2025-09-27 10:00", "2025-09-28"),
        (Limit("working_days", 1), "2025-09-30 10:00", "2025-10-09"),
        (Limit("working_days", 3), "2025-10-09 10:00", "2025-10-13"),
        # No notice is known of that year: Monday to Friday.
        (Limit("working_days", 1), "2040-06-01 10:00", "2040-06-04"),
    ],
)
def test_when_an_item_is_due(limit: Limit, now: str, due: str) -> None:
    assert due_of(limit, at(now), base()).isoformat() == due


def broken(folder: Path, content: Any, name: str = "flood.1.yaml") -> str:
    said = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True)
    (folder / name).write_text(said, "utf-8")
    with pytest.raises(BrokenSets) as wrong:
        load_sets(folder)
    return str(wrong.value)


def changed(**item: Any) -> dict[str, Any]:
    """The flood set with its first item changed."""
    content: dict[str, Any] = yaml.safe_load(yaml.safe_dump(FLOOD))
    content["levels"]["iv"]["items"]["duty"] |= item
    return content


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("- a list", "write fields and their values"),
        ("key: [", "not YAML"),
        ("key: flood\nversion: 1\nkey: frost\n", "key is written twice"),
        ("key: 2026-02-30", "not YAML: day is out of range for month"),
        ({"key": "flood"}, "levels: is missing"),
        (changed(line="no_such_line"), "levels.iv.items.duty.line: no line 'no_such_line'"),
        (changed(within={}), "levels.iv.items.duty.within: give one of hours, days, working_days"),
        (changed(within={"hours": 2, "days": 1}), "levels.iv.items.duty.within: give one of"),
        (changed(within={"hours": 0}), "levels.iv.items.duty.within.hours"),
        (changed(within={"hours": "4"}), "levels.iv.items.duty.within.hours"),
        (changed(evidence=["gold"]), "levels.iv.items.duty.evidence[0]"),
        (changed(evidence=["photo", "photo"]), "levels.iv.items.duty.evidence: one kind is written twice"),
        (changed(colour="red"), "levels.iv.items.duty.colour: no such field here"),
        (changed(words=""), "levels.iv.items.duty.words"),
        (changed(within={"hours": 9}), "examples[0].opens.duty: 2026-07-03 is said, 2026-07-04 comes out"),
        ({**FLOOD, "levels": {**FLOOD["levels"], "v": FLOOD["levels"]["i"]}}, "levels.v"),
        ({**FLOOD, "levels": {**FLOOD["levels"], "iii": FLOOD["levels"]["iv"]}}, "has an item of this key"),
        ({**FLOOD, "examples": [{"level": "iv", "at": "July", "opens": {}}]}, "examples[0].at"),
        ({**FLOOD, "version": 2}, "name the file flood.2.yaml"),
    ],
)
def test_what_is_wrong_with_a_file(tmp_path: Path, content: Any, said: str) -> None:
    told = broken(tmp_path, content)
    assert said in told and all(line.startswith(f"{tmp_path.name}/flood.1.yaml: ") for line in told.splitlines())


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(BrokenSets, match="no prepared set there"):
        load_sets(tmp_path)


def test_a_released_set_stays_as_it_is(tmp_path: Path) -> None:
    for path in HERE.glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    content = changed(words="值班值守加岗到位，每日报送")
    assert "flood.1.yaml: released, and changed" in broken(tmp_path, content)
    (tmp_path / "flood.1.yaml").unlink()
    with pytest.raises(BrokenSets, match=r"flood\.1\.yaml: released, and gone"):
        load_sets(tmp_path)
