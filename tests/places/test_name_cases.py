"""Names in context: the table is sound, and `resolve` says what a careful clerk knows, and never a wrong unit."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.places.name_cases import KINDS, Case, country, known_units, province_of, read_cases

CASES = read_cases()
SECTIONS = tuple(dict.fromkeys(case.section for case in CASES))
# Of provinces other than the one whose reports were at hand when the rules were made.
ELSEWHERE = 0.45


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
