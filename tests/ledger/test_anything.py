"""Whatever is sent to the machine: a step that can be written down, or faults that can be said; never anything else."""

from __future__ import annotations

import json
from typing import Any

import rfc8785
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from luoshi.ledger.machine import Act, Fault, Step, opening, step
from luoshi.ledger.playbook import Playbook
from luoshi.ledger.refusals import refusal

from .made import LEAD, NOW, PAPER, PROBLEM, SUPERVISOR, TASK, VERIFIER, Item, at, opened

STAGES = ("registered", "dispatched", "in_hand", "extension_asked", "closure_asked", "verified", "closed", "dropped")
ITEMS = [at("task", stage) for stage in STAGES]
ITEMS += [at("problem", stage) for stage in ("signed", "rectifying", "verified", "closed", "objected")]
WHO = (LEAD, SUPERVISOR, VERIFIER)

PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates()
LIKELY = st.sampled_from(
    ["water", "2026-06-30", "town", "on_site", "urgent", "merged", "post:4", "x.y[1]", "\ud800", "\0"]
)
ANYTHING = st.recursive(
    PLAIN | LIKELY,
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.sampled_from(["words", "lead", "due", "supports", "done_on", "x"]), inside, max_size=4)
    ),
    max_leaves=6,
)
EVIDENCE = st.lists(
    st.tuples(st.sampled_from(["photo", "document", "rumour", ""]), st.sampled_from([PAPER, "b" * 64, "", "B" * 64])),
    max_size=3,
)


def test_it_works() -> None:
    assert {item.state.state for item in ITEMS} >= {*STAGES, "objected"}


def sound(made: Step | tuple[Fault, ...], playbook: Playbook) -> None:
    """A step is canonical JSON that comes back the same, with its texts apart; faults are lines in both languages."""
    if isinstance(made, Step):
        assert json.loads(rfc8785.dumps(made.payload)) == made.payload
        assert json.loads(rfc8785.dumps(list(made.parts))) == list(made.parts)
        assert not made.texts.keys() & made.payload["fields"].keys()
        return
    assert made
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert all(refusal(each, playbook).count("\n") == 0 for each in made)


@given(st.sampled_from(ITEMS), st.sampled_from(WHO), st.data(), EVIDENCE)
def test_any_move(item: Item, who: Any, data: st.DataObject, evidence: list[tuple[str, str]]) -> None:
    verbs = [move.verb for move in item.playbook.moves if item.state.state in move.sources]
    verb = data.draw(st.sampled_from([*verbs, "burn", "open", "a\nb"]))
    move = item.playbook.move(verb)
    keys = [field.key for field in move.fields] if move else []
    fields = data.draw(st.dictionaries(st.sampled_from([*keys, "x", "parts[x]", "a\nb"]), ANYTHING, max_size=5))
    made = step(item.playbook, item.state, Act(verb, fields, tuple(evidence)), who, item.world, item.now)
    sound(made, item.playbook)
    if isinstance(made, Step):
        before = len(item.entries)
        copy = Item(item.playbook, list(item.entries))
        copy.add(who, verb, made)
        assert copy.state.sequence == before + 1


CORE = ["list", "place", "line", "words", "quotation", "lead", "supports", "due", "parent", "urgency", "found_by", "x"]


@given(st.sampled_from([TASK, PROBLEM]), st.dictionaries(st.sampled_from(CORE), ANYTHING, max_size=6), st.booleans())
def test_any_opening(given_: Any, changes: dict[str, Any], alone: bool) -> None:
    item = opened("task" if given_ is TASK else "problem", **given_)
    fields = changes if alone else {**given_, **changes}
    sound(opening(item.playbook, fields, SUPERVISOR, item.world, NOW), item.playbook)
