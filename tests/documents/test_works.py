"""Works found one report after the other: as a whole corpus is divided, and never by looking at all of them."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luoshi.documents.models import Beginning, Work
from luoshi.documents.works import belongs
from luoshi.reading.reprints import COMPARED, POPULAR
from luoshi.streams.works import works

# Reports are cuts of a few texts, with clauses of others put between: some of them reprints, some nearly.
CUTS = st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(4, 24), st.sampled_from([0, 3, 5]))


def cut(text: int, begin: int, length: int, every: int) -> tuple[int, ...]:
    own = [100 * text + at for at in range(begin, begin + length)]
    return tuple(900 + clause if every and at % every == 0 else clause for at, clause in enumerate(own))


class AsACorpus(TestCase):
    @settings(max_examples=25)
    @given(st.lists(CUTS, min_size=1, max_size=10))
    def test_the_same_works(self, cuts: list[tuple[int, int, int, int]]) -> None:
        reports = [cut(*each) for each in cuts]
        with tempfile.TemporaryDirectory() as folder:
            heard = ((f"r-{number:02}", None, clauses) for number, clauses in enumerate(reports))
            whole = list(works(heard, Path(folder) / "index"))
        expected = {report: (work, first, shared) for work, report, first, shared in whole}
        names: dict[int, str] = {}
        for number, clauses in enumerate(reports):
            found = belongs(clauses)
            name = names.setdefault(found.work.pk, f"w-{number:02}")
            assert (name, found.first, found.shared) == expected[f"r-{number:02}"]


@pytest.mark.django_db
def test_it_works() -> None:
    first, other = belongs(tuple(range(20))), belongs(tuple(range(100, 120)))
    again = belongs(tuple(range(1, 19)))
    assert (first.first, other.first, again.first) == (True, True, False)
    assert again.work == first.work and again.shared == 0.9


@pytest.mark.django_db
def test_a_set_phrase_that_all_begin_with_costs_no_more() -> None:
    """Neither rows that are read nor queries grow with the works that begin alike."""
    seen = random.Random(7)
    Work.unguarded.bulk_create(Work(clauses=b"") for _ in range(POPULAR + 50))
    Beginning.objects.bulk_create(Beginning(clause=7, work=work) for work in Work.unguarded.all()[:POPULAR])
    with CaptureQueriesContext(connection) as asked:
        belongs((7, *(seen.getrandbits(40) for _ in range(30))))
    assert len(asked) <= 6
    assert Beginning.objects.filter(clause=7).count() == POPULAR
    assert COMPARED < POPULAR


@pytest.mark.django_db
def test_reports_without_clauses_are_works_of_their_own() -> None:
    assert belongs(()).work != belongs(()).work
