"""Works: which reports are reprints of which, whatever order they come in."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from luoshi.reading.reprints import POPULAR
from luoshi.streams.works import Heard, works


def heard(name: str, begins: int, count: int = 20, day: str | None = None) -> Heard:
    return name, day, tuple(range(begins, begins + count))


A, B = 1000, 5000
REPORTS: list[Heard] = [
    heard("r-late", A, day="2024-03-09"),
    heard("r-early", A, day="2024-03-02"),
    heard("r-undated", A),
    heard("r-half", A, 10, day="2024-03-03"),
    heard("r-other", B, day="2024-03-02"),
    ("r-both", "2024-03-04", (*range(B, B + 20), *range(A, A + 20))),
    ("r-empty", None, ()),
    ("r-empty2", None, ()),
]


def found(reports: list[Heard], folder: Path) -> list[tuple[str, str, bool, float]]:
    return list(works(reports, folder / "index"))


def test_it_works(tmp_path: Path) -> None:
    belongs = {report: (work, first, shared) for work, report, first, shared in found(REPORTS, tmp_path)}
    assert belongs == {
        "r-early": ("w-early", True, 1.0),
        "r-late": ("w-early", False, 1.0),
        "r-undated": ("w-early", False, 1.0),
        "r-half": ("w-early", False, 0.5),
        "r-other": ("w-other", True, 1.0),
        "r-both": ("w-other", False, 0.5),
        "r-empty": ("w-empty", True, 1.0),
        "r-empty2": ("w-empty2", True, 1.0),
    }
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_reports_does_not_matter(tmp_path: Path, seed: int) -> None:
    shuffled = random.Random(seed).sample(REPORTS, len(REPORTS))
    assert found(shuffled, tmp_path) == found(REPORTS, tmp_path)


def test_likeness_does_not_run_on_through_a_chain(tmp_path: Path) -> None:
    """Each shares most with the one before; the last nothing with the first, and so is another work."""
    chain = [heard(f"r-{i}", 4 * i, 20, f"2024-01-{i + 1:02}") for i in range(8)]
    belongs = found(chain, tmp_path)
    assert len({work for work, _, _, _ in belongs}) > 1
    assert all(first or shared >= 0.6 for _, _, first, shared in belongs)


def test_a_beginning_that_all_share_costs_no_more(tmp_path: Path) -> None:
    """More works begin with the same clause than are remembered for it; reprints are found by their others."""
    many = [(f"r-{i:05}", None, (7, *range(100 * i + 100, 100 * i + 120))) for i in range(POPULAR + 50)]
    again = [(f"r-{i:05}x", None, clauses) for i, (_, _, clauses) in enumerate(many)]
    belongs = found([*many, *again], tmp_path)
    assert len({work for work, _, _, _ in belongs}) == len(many)


def test_a_few_clauses_are_alike_only_when_all_are(tmp_path: Path) -> None:
    short: list[Heard] = [("r-1", None, (1, 2, 3, 4)), ("r-2", None, (1, 2, 3, 9)), ("r-3", None, (1, 2, 3, 4))]
    assert {report: work for work, report, _, _ in found(short, tmp_path)} == {"r-1": "w-1", "r-2": "w-2", "r-3": "w-1"}


def test_the_index_is_removed_when_it_fails(tmp_path: Path) -> None:
    def failing() -> Iterator[Heard]:
        yield REPORTS[0]
        raise OSError("a part is gone")

    with pytest.raises(OSError, match="gone"):
        list(works(failing(), tmp_path / "index"))
    assert list(tmp_path.iterdir()) == []
