"""What is filled into a field: what is taken as which value, and what is said of the rest."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from luoshi.ledger.machine.values import BadValue, value
from luoshi.ledger.playbook import Field, FieldKind, Names

NAME = Names("栏", "Field")
CHOICES = (("well", Names("好", "Well")), ("badly", Names("差", "Badly")))


def field(kind: FieldKind) -> Field:
    return Field("f", kind, NAME, choices=CHOICES if kind == "choice" else ())


TAKEN: list[tuple[FieldKind, Any, Any]] = [
    ("text", " 一\r\n二\t三 ", "一\n二\t三"),
    ("text", "字" * 20_000, "字" * 20_000),
    ("phrase", "浙政发〔2023〕\n 2号", "浙政发〔2023〕 2号"),
    ("date", "2028-02-29", "2028-02-29"),
    ("date", date(2026, 6, 30), "2026-06-30"),
    ("number", 0, 0),
    ("number", -(2**53) + 1, -(2**53) + 1),
    ("number", " 1200.50 ", "1200.50"),
    ("choice", "well", "well"),
    ("unit", "330100.water", "330100.water"),
    ("units", ("a", "b"), ["a", "b"]),
    ("post", "post:12", "post:12"),
    ("milestones", [{"words": "开工"}], [{"words": "开工", "due": None, "done_on": None}]),
    ("milestones", [{"words": "开工", "due": date(2026, 5, 1)}], [{"words": "开工", "due": "2026-05-01", "done_on": None}]),
    ("parts", [{"words": "东区", "lead": "a", "supports": [], "due": None}], [{"words": "东区", "lead": "a"}]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "given_", "taken"), TAKEN)
def test_what_is_taken(kind: FieldKind, given_: Any, taken: Any) -> None:
    assert value(field(kind), given_) == taken


def test_it_works() -> None:
    assert {kind for kind, _, _ in TAKEN} == {kind for kind, _, _, _ in REFUSED}


REFUSED: list[tuple[FieldKind, Any, str, str]] = [
    ("text", 5, "bad_field", "f"),
    ("text", "字" * 20_001, "too_long", "f"),
    ("text", "a\0b", "bad_field", "f"),
    ("text", "\ud800", "bad_field", "f"),
    ("phrase", "字" * 301, "too_long", "f"),
    ("date", "2026-02-30", "bad_field", "f"),
    ("date", "2026-6-3", "bad_field", "f"),
    ("date", "20260630", "bad_field", "f"),
    ("date", "２０２６-06-30", "bad_field", "f"),
    ("date", 20260630, "bad_field", "f"),
    ("number", 1.5, "bad_field", "f"),
    ("number", True, "bad_field", "f"),
    ("number", 2**53, "bad_field", "f"),
    ("number", "1e9", "bad_field", "f"),
    ("number", "１２", "bad_field", "f"),
    ("number", "NaN", "bad_field", "f"),
    ("choice", "best", "unknown_choice", "f"),
    ("choice", ["well"], "unknown_choice", "f"),
    ("unit", 7, "bad_field", "f"),
    ("unit", "x" * 91, "bad_field", "f"),
    ("units", "a", "bad_field", "f"),
    ("units", ["a", "a"], "twice", "f"),
    ("units", [f"u{n}" for n in range(201)], "too_many", "f"),
    ("post", "user:1", "bad_field", "f"),
    ("post", "post:", "bad_field", "f"),
    ("milestones", ["开工"], "bad_field", "f[0]"),
    ("milestones", [{"words": ""}], "missing_field", "f[0].words"),
    ("milestones", [{"words": "a"}, {"words": "b", "due": "soon"}], "bad_field", "f[1].due"),
    ("milestones", [{"words": "a", "by": "b"}], "unknown_field", "f[0].by"),
    ("parts", [{"words": "东区"}], "missing_field", "f[0].lead"),
    ("parts", [{"words": "东区", "lead": "a", "supports": ["b", "b"]}], "twice", "f[0].supports"),
    ("parts", [{"words": "东区", "lead": "a", "urgency": "urgent"}], "unknown_field", "f[0].urgency"),
    ("parts", {"words": "东区"}, "bad_field", "f"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "given_", "code", "at"), REFUSED)
def test_what_is_refused(kind: FieldKind, given_: Any, code: str, at: str) -> None:
    with pytest.raises(BadValue) as raised:
        value(field(kind), given_)
    assert (raised.value.fault.code, raised.value.fault.field) == (code, at)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.characters(categories=["Cs"]),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.sampled_from(["words", "lead", "due", "supports", "x"]), inside, max_size=4)
    ),
    max_leaves=8,
)


@given(st.sampled_from(sorted({kind for kind, *_ in TAKEN})), ANYTHING)
def test_what_is_taken_can_be_kept_and_anything_else_is_said(kind: FieldKind, raw: Any) -> None:
    """What is taken goes into canonical JSON and comes back the same, and is taken again as it is."""
    try:
        taken = value(field(kind), raw)
    except BadValue as bad:
        assert bad.fault.field.startswith("f")
        return
    assert json.loads(rfc8785.dumps(taken)) == taken
    assert value(field(kind), taken) == taken
