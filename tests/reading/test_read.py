"""A report in, what it tells whom to do out."""

from __future__ import annotations

import re

import pytest

from luoshi.reading import Unreadable, as_dict, read

REPORT = """全市防汛工作调度会召开

来源：某某日报 2024-06-12

6月11日，市委副书记、市长周晓禾主持召开全市防汛工作调度会。周晓禾强调，当前已进入主汛期，雨情复杂。\
各县区要压实防汛责任，加密巡堤查险；坚决守住安全底线，确保人民群众生命财产安全。\
要提高政治站位，严禁擅离职守。

（责任编辑：林小满）
"""


def test_it_works() -> None:
    reading = read(REPORT)
    assert [action.span.text for d in reading.directives for action in d.actions] == [
        "压实防汛责任",
        "加密巡堤查险",
        "坚决守住安全底线",
        "确保人民群众生命财产安全",
        "提高政治站位",
        "严禁擅离职守",
    ]
    assert {statement.speaker for statement in reading.statements} == {"周晓禾"}
    assert reading.title and reading.title.text == "全市防汛工作调度会召开"


def test_every_line_holds_its_evidence() -> None:
    reading = read(REPORT)
    for directive in reading.directives:
        assert REPORT[directive.span.start : directive.span.end] == directive.span.text
        for action in directive.actions:
            assert directive.span.start <= action.span.start < action.span.end <= directive.span.end
            assert REPORT[action.span.start : action.span.end] == action.span.text


def test_kind_strength_verb_and_object() -> None:
    reading = read(REPORT)
    first, second, third = reading.directives
    assert (first.strength, second.strength, third.strength) == ("push", "must", "push")
    assert [a.kind for a in third.actions] == ["stance", "work"]
    action = first.actions[1]
    assert (action.verb, action.object) == ("加密", "巡堤查险")


def test_a_kind_comes_with_its_reason() -> None:
    reading = read("会议强调，要坚持问题导向，建立工作台账。")
    assert [(a.kind, a.reason) for a in reading.directives[0].actions] == [
        ("stance", "holding-on"),
        ("work", "done-or-not"),
    ]


def test_the_title_and_the_editor_are_no_part_of_the_body() -> None:
    reading = read(REPORT)
    assert reading.body
    body = REPORT[reading.body.start : reading.body.end]
    assert body.startswith("6月11日") and body.endswith("严禁擅离职守。")


def test_the_same_source_gives_the_same_reading() -> None:
    assert as_dict(read(REPORT)) == as_dict(read(REPORT))


def test_ids_follow_source_and_words() -> None:
    ids = [d.id for d in read(REPORT).directives]
    assert len(set(ids)) == len(ids) and all(re.fullmatch("d-[0-9a-f]{16}", i) for i in ids)
    assert [d.id for d in read(REPORT + "\n").directives] != ids, "another source, other ids"


def test_ids_stay_when_only_the_reader_changes() -> None:
    """Frozen: these ids were given by version 0.1.0; people's corrections hang on them."""
    reading = read("会议强调，要压实防汛责任，加密巡堤查险。")
    assert [d.id for d in reading.directives] == ["d-6365de3aa3014b0e"]


@pytest.mark.parametrize("text", ["", " \n ", "\ufeff"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="empty"):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "。",
        "要",
        "，，，",
        "“",
        "（" * 500,
        "要" * 3000,
        "一是" * 500,
        "a" * 5000,
        "会议强调，" * 400,
        "a\x0b\x0c",
    ],
)
def test_odd_texts_are_read_without_a_fall(text: str) -> None:
    read(text)
