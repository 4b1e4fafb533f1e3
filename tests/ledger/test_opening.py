"""Opening an item: what it begins with, what the parts of a split begin with, what cannot be opened."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from luoshi.ledger.machine import Hand, Quotation, Step, World, opening

from .made import (
    FINANCE,
    LEAD,
    NOW,
    PAPER,
    PLAYBOOKS,
    PROBLEM,
    SUPERVISOR,
    TASK,
    TOWN,
    VERIFIER,
    WATER,
    at,
    hand,
    opened,
    problem,
    task,
)

QUOTE = Quotation("b" * 64, "改造老旧供水管网46公里", 254, 266, "前", "后")
FILE = [("document", PAPER)]


def test_it_works() -> None:
    state = task(due="2026-06-30", lead=WATER, supports=[FINANCE], quotation=QUOTE, line="water").state
    assert (state.state, state.kind, state.sequence, state.opened_by) == ("registered", "waiting", 1, "post:1")
    assert (state.place, state.line, state.words) == ("county", "water", TASK["words"])
    assert (state.lead, state.supports, state.due, state.quotation) == (WATER, (FINANCE,), date(2026, 6, 30), QUOTE)


def test_a_split_says_what_its_parts_begin_with() -> None:
    item = at("task", "in_hand", quotation=QUOTE, line="water", urgency="urgent")
    parts = [
        {"words": "东区12公里", "lead": TOWN, "due": "2026-05-31"},
        {"words": "西区", "lead": FINANCE, "place": "west"},
    ]
    made = item.try_(LEAD, "split", parts=parts)
    assert isinstance(made, Step)
    assert made.payload["fields"] == {}
    east, west = made.parts
    assert east == {
        "list": "tasks", "place": "county", "line": "water", "quotation": QUOTE._asdict(), "words": "东区12公里",
        "lead": TOWN, "due": "2026-05-31",
    }  # fmt: skip
    assert west["place"] == "west"
    child = opened("task", LEAD, **east, parent="the-parent")
    assert (child.state.state, child.state.lead, child.state.due) == ("dispatched", TOWN, date(2026, 5, 31))
    assert (child.state.parent, child.state.quotation, child.state.facts) == ("the-parent", QUOTE, {})


def test_a_check_elsewhere_need_not_say_who_found_what_is_not_found_yet() -> None:
    item = at("problem", "rectifying")
    made = item.try_(SUPERVISOR, "spread", parts=[{"words": "自查同类仓库", "lead": TOWN}])
    assert isinstance(made, Step)
    check = opened("problem", **made.parts[0], parent="the-parent")
    check.act(hand(5, TOWN, "lead"), "sign")
    cleared = check.act(hand(5, TOWN, "lead"), "clear", FILE, result="逐库排查，没有此类问题")
    assert cleared.state == "closure_asked" and "found_by" not in cleared.facts


OPENINGS: list[tuple[str, Hand, dict[str, Any], list[tuple[str, str]]]] = [
    ("task", LEAD, {}, [("not_yours", "")]),
    ("task", LEAD, {"parent": "p", "lead": "new"}, [("not_confirmed", "lead")]),
    ("task", LEAD, {"parent": "p"}, [("missing_field", "lead")]),
    ("task", SUPERVISOR, {"parent": "p", "lead": WATER}, [("not_yours", "")]),
    ("task", LEAD, {"parent": "p", "lead": WATER, "due": "2020-01-01"}, [("in_the_past", "due")]),
    ("task", SUPERVISOR, {"list": "safety"}, [("unknown_list", "list")]),
    ("task", SUPERVISOR, {"list": None, "place": "", "words": " "}, [("missing_field", key) for key in ("list", "place", "words")]),
    ("task", SUPERVISOR, {"basis": None}, [("missing_field", "basis")]),
    ("task", SUPERVISOR, {"colour": "red"}, [("unknown_field", "colour")]),
    ("task", SUPERVISOR, {"lead": WATER, "supports": [WATER]}, [("lead_supports", "supports")]),
    ("task", SUPERVISOR, {"due": "June"}, [("bad_field", "due")]),
    ("task", SUPERVISOR, {"words": "字" * 2001}, [("too_long", "words")]),
    ("task", SUPERVISOR, {"quotation": {"source": "x"}}, [("bad_field", "quotation.exact")]),
    ("task", SUPERVISOR, {"quotation": {**QUOTE._asdict(), "source": "x"}}, [("bad_field", "quotation.source")]),
    ("task", SUPERVISOR, {"quotation": {**QUOTE._asdict(), "start": 9, "end": 9}}, [("bad_field", "quotation.start")]),
    ("task", SUPERVISOR, {"quotation": {**QUOTE._asdict(), "start": True}}, [("bad_field", "quotation.start")]),
    ("task", SUPERVISOR, {"quotation": {**QUOTE._asdict(), "exact": "\ud800"}}, [("bad_field", "quotation.exact")]),
    ("task", SUPERVISOR, {"quotation": "words"}, [("bad_field", "quotation")]),
    ("problem", SUPERVISOR, {"found_by": None}, [("missing_field", "found_by")]),
    ("problem", SUPERVISOR, {"found_by": "nobody"}, [("unknown_choice", "found_by")]),
    ("problem", VERIFIER, {}, [("not_yours", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("key", "who", "fields", "said"), OPENINGS)
def test_what_cannot_be_opened(key: str, who: Hand, fields: dict[str, Any], said: list[tuple[str, str]]) -> None:
    given = {**(TASK if key == "task" else PROBLEM), **fields}
    made = opening(PLAYBOOKS.latest(key), given, who, World(frozenset({WATER})), NOW)
    assert not isinstance(made, Step)
    assert [(fault.code, fault.field) for fault in made] == said


def test_an_item_rests_on_a_quotation_or_a_basis() -> None:
    assert task(basis=None, quotation=QUOTE).state.quotation == QUOTE
    assert task(basis=None, quotation=QUOTE._asdict()).state.quotation == QUOTE


def test_a_unit_registers_a_problem_it_found_itself() -> None:
    found = opened("problem", LEAD, **{**PROBLEM, "found_by": "self", "lead": WATER}).state
    assert (found.state, found.lead, found.facts["found_by"]) == ("registered", WATER, "self")


def test_a_problem_is_registered() -> None:
    assert problem().state.facts == {"basis": PROBLEM["basis"], "found_by": "superior"}
