"""Names in context: the table is sound, and `resolve` says what a careful clerk knows, and never a wrong unit."""

from __future__ import annotations

from collections import Counter

import pytest

from luoshi.places.names import default_directory
from tests.places.judging import Judged, judge
from tests.places.name_cases import KINDS, Case, country, known_units, province_of, read_cases

CASES = read_cases()
SECTIONS = tuple(dict.fromkeys(case.section for case in CASES))
# Of provinces other than the one whose reports were at hand when the rules were made.
ELSEWHERE = 0.45
# Of all cases.
RIGHT = 0.985


def test_it_works() -> None:
    first = CASES[0]
    assert (first.name, first.place, first.unit) == ("省发改委", "320000", "320000/development_reform")


def test_the_table_is_large_and_has_each_case_once() -> None:
    asked = Counter((case.name, case.place, case.day, case.sender) for case in CASES)
    assert len(CASES) >= 400
    assert [each for each, times in asked.items() if times > 1] == []


def test_most_of_the_table_is_from_other_provinces() -> None:
    elsewhere = [case for case in CASES if _province(case) not in ("", "330000")]
    assert len(elsewhere) / len(CASES) >= ELSEWHERE


def _province(case: Case) -> str:
    key = case.place or (case.keys[0].rsplit("/", 1)[0] if case.keys else "CN")
    return province_of(country()[key][-1])


@pytest.mark.parametrize("section", SECTIONS)
def test_a_case_is_well_formed(section: str) -> None:
    for case in (case for case in CASES if case.section == section):
        assert case.kinds and set(case.kinds) <= KINDS, case
        assert case.place is None or any(state.on(case.day) for state in country()[case.place]), case
        assert (case.current is None) or case.unit, case
        assert not (case.among and case.unit), case
        assert (len(case.members) > 1) == ("several" in case.kinds), case
        assert bool(case.includes) == (case.kinds == ("set",)), case
        assert case.size is None or case.size >= len(case.includes), case


def test_every_unit_of_the_table_is_there_or_was() -> None:
    missing = [(c.section, c.name, set(c.keys) - set(known_units(set(c.keys), c.day))) for c in CASES]
    assert [each for each in missing if each[2]] == []


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    directory = default_directory()
    return [judge(case, directory) for case in CASES]


@pytest.mark.parametrize("section", SECTIONS)
def test_no_wrong_unit_is_named(judged: list[Judged], section: str) -> None:
    """A name may stay unknown or undecided; a unit that is not meant is never given."""
    wrong = [(each.case.name, each.case.place, each.wrong) for each in judged if each.case.section == section]
    assert [each for each in wrong if each[2]] == []


def test_nearly_all_names_are_right(judged: list[Judged]) -> None:
    missed = [
        f"{each.case.section}: {each.case.name!r} at {each.case.place}: {each.said}"
        for each in judged
        if not each.right
    ]
    print("\n".join(missed))
    assert 1 - len(missed) / len(judged) >= RIGHT
