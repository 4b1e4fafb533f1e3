"""Stretches of a page in, the same words and places by the short ways as by the long one, out."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from luoshi.reading.sources.html import spelling
from luoshi.reading.sources.html.spelling import spell
from luoshi.reading.sources.html.tokens import CLOSING, NAME, RAW_CONTENT, WRITTEN, tokens


def test_it_works() -> None:
    assert spell("<p>抓好&#33853;&#23454;，不松劲</p>", [(3, 25)]) == (
        "抓好落实，不松劲",
        ((0, 3), (2, 5), (3, 13), (4, 21)),
    )


def test_every_number_that_is_read_in_a_row_is_one_character() -> None:
    """They are decoded without a look at white space and at what HTML reads otherwise."""
    code = re.compile(spelling._CODE, re.X)
    taken = [number for number in range(0x110000) if code.fullmatch(f"&#{number};")]
    assert len(taken) > 30_000 and {ord("落"), ord("，"), ord("。"), ord("一")} <= set(taken)
    for number in taken:
        assert html.unescape(f"&#{number};") == chr(number) and not chr(number).isspace()


_BITS = st.sampled_from(
    ["会议强调，", "要抓好落实。", " ", "  ", "\xa0", "\n", "\t", "\f", "　　", "A b", "&", "&nbsp;", "&emsp;", "&#12288;", "&#160", "&#33853;",
     "&#23454;", "&#19968;", "&#32;", "&#10;", "&#0;", "&ldquo;", "&amp;", "&lt", "&nosuch;", "&NotEqualTilde;", "&#x4f1a;", "R&D", "\x1f", "\u2028"]
)  # fmt: skip


@given(st.lists(_BITS, max_size=14))
@example(["抓 ", "&#33853;", " ", "&#23454;", " 好"])
@example(["&nbsp;", "　", "\xa0", "&amp;", " ", "好", "&nbsp;"])
def test_a_line_in_one_piece_is_spelled_as_any_other(bits: list[str]) -> None:
    page = "".join(bits)
    piece = [(0, len(page))]
    assert spell(page, piece) == spelling._spell(page, piece)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<p>", [(NAME, "p")]),
        ("<P class='a>b'>", [(WRITTEN, " class='a>b'")]),
        ("</p >", [(CLOSING, "p")]),
        ("<br/>", [(WRITTEN, "/")]),
        ("<script>a<b</script>", [(RAW_CONTENT, "a<b")]),
        ("<span><strong><section>", [(NAME, "span"), (NAME, "strong"), (NAME, "section")]),
        ("<!-- a > b --><!doctype html>", [(None, None), (None, None)]),
        ("<!-- <p>", [(None, None), (NAME, "p")]),
        ("<p<p", [(WRITTEN, ""), (WRITTEN, "")]),
        ("< p>3<5</>", [(None, None)]),
    ],
)
def test_what_a_token_is(page: str, told: list[tuple[int | None, str | None]]) -> None:
    assert [(m.lastindex, m[m.lastindex] if m.lastindex else None) for m in tokens(page)] == told
