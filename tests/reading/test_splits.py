"""Made split documents, in running text and in tables: who leads, who supports, and by when, as a clerk would read it."""

from __future__ import annotations

import pytest

from tests.splits import cases, score

FILES = ("splits", "splits_later")


def test_it_works() -> None:
    assert score(cases("splits")[:1]).wrong == []


@pytest.mark.parametrize("name", FILES)
def test_cases(name: str) -> None:
    found = score(cases(name))
    shown = "\n".join(found.wrong)
    assert found.lead / found.items >= 0.97, shown
    assert found.f1 >= 0.97, shown
    assert found.due / found.items >= 0.97, shown
