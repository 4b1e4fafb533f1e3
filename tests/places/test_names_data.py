"""Every row of the data of names is there for something that it makes understood."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from luoshi.places.names.script import plain
from luoshi.places.names.splitting import trimmed
from luoshi.places.names.wording import table, words
from tests.places.naming import DIRECTORY, meant

VARIANTS: list[dict[str, Any]] = table("variants")
ENDS = [(kind, row) for kind, rows in table("ends").items() for row in rows]


def test_it_works() -> None:
    assert plain("省发展\n改⾰委 ⻓").text == "省发展改革委长"


@pytest.mark.parametrize("row", VARIANTS, ids=[f"{row['long']}-{row['short']}" for row in VARIANTS])
def test_a_variant_makes_a_name_understood(row: dict[str, Any]) -> None:
    for name, line in row["reads"].items():
        unit = meant(name).unit
        assert unit and unit.rpartition("/")[2] == line, f"{name}: {unit}"


@pytest.mark.parametrize(("kind", "row"), ENDS, ids=[f"{kind} {row['words']}" for kind, row in ENDS])
def test_what_stands_around_a_name_is_taken_off(kind: str, row: dict[str, Any]) -> None:
    for printed, left in row["reads"].items():
        assert trimmed(printed) == left, printed


def test_every_radical_stands_for_one_other_character_in_use() -> None:
    for radical, character in table("radicals").items():
        assert len(radical) == len(character) == 1
        assert "CJK RADICAL" in unicodedata.name(radical) or unicodedata.name(character).startswith("CJK UNIFIED")
        assert plain(character).text == character, f"{radical} leads to {character}, which leads on"


def test_no_radical_is_left_in_a_plain_text() -> None:
    block = [chr(code) for code in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)) if unicodedata.name(chr(code), "")]
    left = [c for c in block if "RADICAL" in unicodedata.name(plain(c).text)]
    # Strokes of a character that never stand for one: two repeats and parts without a character of their own.
    assert set(left) <= set("⺀⺂⺃⺋⺑⺥⺯"), left


def test_everyday_words_are_names_of_places_that_stand_for_none_alone() -> None:
    for word in words("everyday"):
        assert word in DIRECTORY.places.stems, f"{word} is no place: leave it out"
        assert meant(word).kind == "unknown", word


def test_what_is_too_general_stands_for_no_unit_alone() -> None:
    assert [word for word in words("too_general") if meant(word).kind == "unit"] == []
