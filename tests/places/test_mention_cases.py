"""Sentences in context: `mentions` settles on the units that stand there, and never on a part of a longer word."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest
import yaml

from luoshi.places.names import Context, default_directory, mentions
from tests.places.judging import assigned
from tests.places.name_cases import TABLE, known_units

# Of the units that the sentences name.
FOUND = 0.95


class Sentence(NamedTuple):
    """A sentence, who speaks when, the units it names in order; `may` are units that it is right to name too."""

    text: str
    place: str
    day: date
    units: list[str]
    may: list[str]


def _sentences() -> dict[str, list[Sentence]]:
    table: dict[str, list[dict[str, Any]]] = yaml.safe_load(TABLE.with_name("mentions.yaml").read_text("utf-8"))
    return {section: [Sentence(**{"may": [], **row}) for row in rows] for section, rows in table.items()}


SENTENCES = _sentences()


def test_it_works() -> None:
    assert len([each for each in SENTENCES["offices"] if each.units]) > 10


def test_every_unit_of_the_sentences_is_there() -> None:
    for each in (each for rows in SENTENCES.values() for each in rows):
        named = {*each.units, *each.may}
        assert named == set(known_units(named, each.day)), each.text


def _settled(sentence: Sentence) -> list[str]:
    context = Context(place=sentence.place, day=sentence.day)
    found = mentions(sentence.text, context, default_directory())
    return [unit for each in found for unit in assigned(each.answer)]


@pytest.mark.parametrize("section", SENTENCES)
def test_no_wrong_unit_is_settled_on(section: str) -> None:
    wrong = {each.text: set(_settled(each)) - {*each.units, *each.may} for each in SENTENCES[section]}
    assert {text: units for text, units in wrong.items() if units} == {}


def test_nearly_all_units_are_found_in_their_order() -> None:
    named = [
        (each, [unit for unit in _settled(each) if unit in each.units]) for rows in SENTENCES.values() for each in rows
    ]
    missed = [(each.text, found) for each, found in named if found != each.units]
    wanted = sum(len(each.units) for each, _ in named)
    assert sum(len(found) for _, found in named) >= FOUND * wanted, missed
    assert len(missed) <= (1 - FOUND) * len(named), missed
