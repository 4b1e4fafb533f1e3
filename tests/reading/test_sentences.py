"""What is cut once for a page is what is cut for each stretch of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luoshi.reading.sentences import clauses, covered, divide, masked, trimmed

TEXTS = st.text("抓实办好，，。；“”‘’（）《》\n ", max_size=40)


def test_it_works() -> None:
    text = "要抓实“一网，统管”，办好实事，，补短板。"
    assert [text[s:e] for s, e in clauses(text, 0, len(text))] == ["要抓实“一网，统管”", "办好实事", "补短板"]
    assert masked(text, 0, 10) == "要抓实“〇〇〇〇〇”"


@given(TEXTS, st.data())
def test_clauses_of_a_stretch_are_its_pieces_between_commas(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert list(clauses(text, start, end)) == [trimmed(text, s, e) for s, e in divide(text, start, end, "，")]


@given(TEXTS)
def test_what_is_covered_begins_and_ends_with_its_marks(text: str) -> None:
    reach = 0
    for start, end in covered(text, 0, len(text)):
        opened, closed = text[start], text[end - 1]
        assert start >= reach and opened + closed in ("“”", "‘’", "（）", "《》")
        assert text[start:end].count(opened) == text[start:end].count(closed) and "\n" not in text[start:end]
        reach = end
