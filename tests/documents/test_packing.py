"""Readings packed and unpacked are the same; what no column takes is replaced one for one."""

from __future__ import annotations

import json
import math
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.documents.drawing import drawing
from luoshi.documents.packing import digest, packed, storable, unpacked
from luoshi.reading import as_dict, read

from .made import FLOOD

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def test_it_works() -> None:
    reading: dict[str, Any] = as_dict(read(FLOOD))
    assert unpacked(packed(reading)) == reading
    assert digest({**reading, "reader": "99"}) == digest(reading) != digest({**reading, "script": "hant"})


@settings(max_examples=40)
@given(st.dictionaries(st.text(st.characters(codec=None)), st.text(st.characters(codec=None))))
def test_any_words_come_back(words: dict[str, str]) -> None:
    assert unpacked(packed(words)) == words


@settings(max_examples=40)
@given(ANY)
def test_what_is_stored_can_be_stored_and_is_stored_once(value: Any) -> None:
    kept = storable(value)
    json.dumps(kept, allow_nan=False, ensure_ascii=False).encode("utf-8")
    assert "\\u0000" not in json.dumps(kept)
    assert storable(kept) == kept


@settings(max_examples=40)
@given(st.text(st.characters(codec=None)))
def test_a_character_stays_a_character(words: str) -> None:
    kept = storable(words)
    assert len(kept) == len(words)
    assert all(a == b or b == "\ufffd" for a, b in zip(words, kept, strict=True))


def test_infinities_are_nothing_known() -> None:
    assert storable({"value": math.inf, "upper": (1.5, -math.inf)}) == {"value": None, "upper": [1.5, None]}


# Reports put together of clauses that a reader knows, in any order: rows must quote what stands there.
PARTS = st.sampled_from(
    [
        "会议强调，",
        "要压实防汛责任，",
        "加密巡堤查险。",
        "\n\n",
        "必须落实值班值守；",
        "6月底前完成12座水库加固，",
        "\u3000",
        "(kāi)",
        "严禁瞒报。",
        "甲县",
    ]
)


@settings(max_examples=40)
@given(st.lists(PARTS, min_size=1, max_size=30).map("".join).filter(str.strip))
def test_rows_quote_the_text_and_every_action_has_its_directive(text: str) -> None:
    reading = read(text)
    drawn = drawing(reading)
    assert set(drawn.directives) == {told.id for told in reading.directives}
    assert set(drawn.parents) == set(drawn.actions) and set(drawn.parents.values()) <= set(drawn.directives)
    for fields in [*drawn.directives.values(), *drawn.actions.values()]:
        quoted = fields["quotation"]
        assert text[quoted["start"] : quoted["end"]] == quoted["exact"]
        assert text[: quoted["start"]].endswith(quoted["prefix"]) and text[quoted["end"] :].startswith(quoted["suffix"])
