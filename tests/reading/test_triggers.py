"""What the index of triggers lets through holds all that the patterns find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.reading.rules import FOUND_IN_PAGES, load, rules
from luoshi.reading.sentences import clauses, masked
from luoshi.reading.signs import masked_signs, signs
from luoshi.reading.tables import beginning, first, possible
from luoshi.reading.tries import trie
from luoshi.reading.triggers import Index, needed
from tests.folders import PROJECT

FILES = (
    *("joins", "kinds", "strengths", "cues", "lines", "announcements", "times", "openings", "speech", "amounts"),
    *("attributions", "verbs", "shortfalls", "priority", "programmes"),
)


def _lines() -> list[str]:
    """The clauses of the project's own reports."""
    paths = sorted((PROJECT / "gold").glob("*.txt"))
    return [line for path in paths for line in re.split("[，。；\n]", path.read_text("utf-8"))]


def test_it_works() -> None:
    index = Index([re.compile("必须|务必"), re.compile("(?:要)?抓(?:实|好)"), re.compile(".")])
    assert index.possible("务必办好") == 0b101
    assert index.possible("抓好落实") == 0b110
    assert index.possible("") == 0b100


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("必须|务必", {"必须", "务必"}),
        ("确保(?:完成|实现)", {"确保完成", "确保实现"}),
        ("(?:确保)?完成", {"完成", "确保完成"}),
        ("[要应]", {"要", "应"}),
        ("[一-龥]", None),
        ("(?:确保)*", None),
        ("确保|.", None),
        ("(?i)copyright", None),
        ("(?=确保).", {"确保"}),
        ("(?=[要应]).", None),
        ("(?:抓好|抓)[落]实", {"抓好落实", "抓落实"}),
        ("(?:确保){2}", {"确保"}),
    ],
)
def test_words_that_every_match_holds(pattern: str, words: set[str] | None) -> None:
    found = needed(re.compile(pattern))
    if words is None:
        assert found is None
    else:
        assert found is not None and found <= words and all(found)


@pytest.mark.parametrize("file", FILES)
def test_every_rule_that_is_found_was_let_through(file: str) -> None:
    lines = [line for each in rules(file) for line in (*each.must, *each.must_not)]
    for line in lines + _lines():
        listed = [each for each in rules(file) if each.find(line)]
        through = possible(file, line)
        assert [each for each in through if each.find(line)] == listed
        assert first(file, line) is (listed[0] if listed else None)


WORDS = st.lists(st.text("要抓实好落", min_size=1, max_size=4), min_size=1, max_size=12)


@given(WORDS, st.text("要抓实好落，", max_size=12))
def test_a_trie_finds_what_an_alternation_finds(words: list[str], text: str) -> None:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    plain = re.compile("|".join(map(re.escape, ordered)))
    assert [m.span() for m in re.finditer(trie(words), text)] == [m.span() for m in plain.finditer(text)]


def test_a_trie_takes_words_literally() -> None:
    assert re.fullmatch(trie(["a.b", "[c]", "a.b*"]), "a.b*")
    assert not re.fullmatch(trie(["a.b", "[c]"]), "axb")


def test_no_word_of_the_lexicon_is_lost_in_its_trie() -> None:
    for name, listed in load("words").items():
        words = listed.split() if isinstance(listed, str) else [str(word) for word in listed]
        pattern = re.compile(trie(words))
        assert all(pattern.fullmatch(word) for word in words), name


@pytest.mark.parametrize("file", FOUND_IN_PAGES)
def test_the_signs_of_a_stretch_let_through_what_is_found_in_it(file: str) -> None:
    page = "。".join(_lines())
    for match in re.finditer("[^。]+", page):
        line, seen = match.group(), signs(page, *match.span())
        listed = [each for each in rules(file) if each.find(line)]
        assert [each for each in possible(file, line, seen) if each.find(line)] == listed
        assert first(file, line, seen) is (listed[0] if listed else None)
        assert [each for each in rules(file) if each.shown(line, seen)] == listed
        sharper = beginning(page, match.start(), seen)
        assert [each for each in rules(file) if each.shown(line, sharper)] == listed
        assert first(file, line, sharper) is (listed[0] if listed else None)


def test_signs_of_masked_words_let_through_what_is_found_in_them() -> None:
    text = "要抓实“一网统管”，（二）办好《十件实事清单》，到2027年建成三座泵站"
    for start, end in [(0, len(text)), *clauses(text, 0, len(text)), (4, 8), (11, 20)]:
        words = masked(text, start, end)
        seen = masked_signs(text, start, end, words)
        for file in FOUND_IN_PAGES:
            listed = [each for each in rules(file) if each.find(words)]
            assert [each for each in rules(file) if each.shown(words, seen)] == listed


@pytest.mark.parametrize("most", [0, 1, 400])
def test_a_pattern_with_many_single_characters_counts_as_possible(most: int) -> None:
    index = Index([re.compile("[要应]"), re.compile("必须")], most)
    assert index.possible("办好") == (0b01 if most < 2 else 0)
