"""Every rule matches the lines it must, and not the lines it must not: the lexicon tests itself."""

from __future__ import annotations

from importlib.resources import files

import pytest

from luoshi.reading.rules import BrokenLexicon, Rule, compile_pattern, load, rules, words

NOT_RULES = {"words", "characters"}
FILES = sorted(
    p.name.removesuffix(".yaml")
    for p in files("luoshi.reading.lexicon").iterdir()
    if p.name.endswith(".yaml") and p.name.removesuffix(".yaml") not in NOT_RULES
)
RULES = [pytest.param(rule, id=f"{name}:{rule.name}") for name in FILES for rule in rules(name)]


@pytest.mark.parametrize("rule", RULES)
def test_lines_it_must_match(rule: Rule) -> None:
    assert rule.must, "a rule without an example is not understood"
    assert [line for line in rule.must if not rule.find(line)] == []


@pytest.mark.parametrize("rule", RULES)
def test_lines_it_must_not_match(rule: Rule) -> None:
    assert rule.must_not, "a rule without a counter-example is not bounded"
    assert [line for line in rule.must_not if rule.find(line)] == []


@pytest.mark.parametrize("name", FILES)
def test_names_of_rules_are_their_own(name: str) -> None:
    names = [rule.name for rule in rules(name)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", sorted(load("words")))
def test_word_lists_hold_every_word_once(name: str) -> None:
    listed = load("words")[name].split()
    twice = sorted({word for word in listed if listed.count(word) > 1})
    assert not twice


def test_an_unknown_list_is_named() -> None:
    with pytest.raises(BrokenLexicon, match="no list nonsense"):
        compile_pattern("{nonsense}")


def test_word_lists_give_the_longest_first() -> None:
    lengths = [len(word) for word in words("adverb")]
    assert lengths == sorted(lengths, reverse=True)
