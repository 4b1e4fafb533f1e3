"""Reprints: one article under other titles, in other scripts, cut or framed, is one work; another meeting is another."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from luoshi.reading import read
from luoshi.reading.reprints import clauses, is_reprint, likeness
from tests.reading.reprinted import CLEAN, different, noisy, same


@cache
def heard(text: str) -> tuple[int, ...]:
    return clauses(read(text))


def test_it_works() -> None:
    text = next(iter(CLEAN.values()))
    assert is_reprint(likeness(heard(text), heard(noisy("pinyin", "chrome")(text))))


def test_marked_pairs() -> None:
    """Precision and recall over the marked pairs; both were 1.00 when this was written."""
    reprints = [(name, is_reprint(likeness(heard(one), heard(other)))) for name, one, other in same()]
    others = [(name, is_reprint(likeness(heard(one), heard(other)))) for name, one, other in different()]
    assert len(reprints) >= 60 and len(others) >= 30
    assert [name for name, found in others if found] == [], "two works taken for one"
    assert sum(found for _, found in reprints) / len(reprints) >= 0.98, [name for name, found in reprints if not found]


def test_a_report_without_clauses_is_like_nothing() -> None:
    assert not is_reprint(likeness((), ())) and not is_reprint(likeness((), (1, 2)))


hashes = st.lists(st.integers(-9, 9), max_size=12, unique=True).map(tuple)


@given(hashes, hashes)
def test_likeness_does_not_depend_on_which_is_first(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    like, turned = likeness(one, other), likeness(other, one)
    assert (like.shared, like.held, like.length) == (turned.shared, turned.held, turned.length)
    assert all(0 <= share <= 1 for share in (like.shared, like.held, like.length, like.begun))
    if len(one) != len(other):
        assert like == turned


@given(hashes.filter(bool))
def test_a_report_is_a_reprint_of_itself(one: tuple[int, ...]) -> None:
    assert is_reprint(likeness(one, one))


def test_hashes_are_the_same_in_every_process() -> None:
    words = "会议强调，要把水库除险加固排在汛期之前。"
    code = (
        f"from luoshi.reading import read\nfrom luoshi.reading.reprints import clauses\nprint(clauses(read({words!r})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(heard(words)) and heard(words)
