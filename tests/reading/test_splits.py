"""Made split documents, in running text and in tables: who leads, who supports, and by when, as a clerk would read it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.reading import Reading, read
from luoshi.reading.clean import clean
from tests.splits import Case, cases, score, source

FILES = ("splits", "splits_later", "splits_unseen", "splits_third")
ALL = cases(*FILES)


def test_it_works() -> None:
    assert score(cases("splits")[:1]).wrong == []


@pytest.mark.parametrize("name", FILES)
def test_cases(name: str) -> None:
    found = score(cases(name))
    shown = "\n".join(found.wrong)
    assert found.lead / found.items >= 0.97, shown
    assert found.f1 >= 0.97, shown
    assert found.due / found.items >= 0.97, shown


def test_half_of_them_are_tables() -> None:
    assert len(ALL) >= 80 and sum("rows" in case for case in ALL) * 2 >= len(ALL)


@pytest.mark.parametrize("case", ALL, ids=lambda case: str(case["name"]))
def test_nothing_is_said_twice_or_invented(case: Case) -> None:
    reading = read(source(case))
    spans = sorted((d.span.start, d.span.end) for d in reading.directives)
    assert all(a[1] <= b[0] for a, b in pairwise(spans)), "one directive for one thing to do"
    for directive in reading.directives:
        assert all(directive.span.start <= a.span.start and a.span.end <= directive.span.end for a in directive.actions)
        for span in (*directive.units, *([directive.number] if directive.number else [])):
            words = reading.source.text[span.start : span.end]
            # A line by itself does not show its script.
            assert clean(words).text.replace("\n", "") == span.text.replace("\n", "") or reading.script == "hant"


def test_a_task_of_several_rows_is_one_item() -> None:
    rows = [
        ["任务", "责任单位", "时限"],
        ["疏浚河道", "县水利局", "6月底前"],
        ["^", "县财政局", "^"],
        ["修闸", "各镇", ""],
    ]
    found = read(source({"rows": rows})).directives
    assert [[u.text for u in d.lead] for d in found] == [["县水利局", "县财政局"], ["各镇"]]


def _first(reading: Reading) -> list[str]:
    return list(reading.directives[0].actions[0].gaps)


def test_what_is_printed_is_no_gap() -> None:
    said = read("1.扩建泵站，疏浚河道。（市水利局；2025年6月底前）\n2.更换闸门。（市水利局）")
    assert all(not {"owner", "deadline"} & set(action.gaps) for action in said.directives[0].actions)
    assert "deadline" in said.directives[1].actions[0].gaps and "owner" not in said.directives[1].actions[0].gaps
    table = {"rows": [["任务", "目标", "责任单位", "时限"], ["疏浚河道", "不少于80公里", "", "长期坚持"]]}
    assert _first(read(source(table))) == ["owner"]


def test_the_problem_of_a_row_is_told() -> None:
    rows = [["存在问题", "整改措施", "责任单位"], ["围挡破损", "修复围挡", "县住建局"]]
    assert [d.problem for d in read(source({"rows": rows})).directives] == ["围挡破损"]


def test_a_report_of_a_meeting_keeps_its_directives_and_gains_the_roles() -> None:
    reading = read(
        "3月1日，县政府召开会议。周晓禾强调，一要疏浚河道。加固堤防。（牵头单位：县水利局；配合单位：县财政局）"
    )
    assert reading.statements and all(d.statement for d in reading.directives)
    last = reading.directives[-1]
    assert [u.text for u in last.units] == ["县水利局", "县财政局"]
    assert [u.text for u in last.lead] == ["县水利局"] and [u.text for u in last.support] == ["县财政局"]


def test_a_plan_is_a_document_whoever_spoke_before() -> None:
    reading = read("会议强调，防汛事关重大。为此，制定本方案。\n1.扩建泵站。疏浚河道。（责任单位：市水利局）")
    assert [(d.number.text if d.number else None, len(d.actions)) for d in reading.directives] == [("1", 2)]


def test_a_row_is_no_noise_and_its_date_no_day_of_publication() -> None:
    rows = [["任务", "责任单位", "时限"], ["疏浚河道", "县水利局", "2025-06-30"]]
    reading = read(source({"rows": rows}))
    assert reading.noise == () and reading.published is None


@given(
    st.lists(st.sampled_from(["市水利局", "，", "\n", "**", "(", "\u3000", "a", "⼯", "，，"]), min_size=1).map("".join)
)
def test_a_place_of_the_source_is_found_in_the_clean_text(text: str) -> None:
    kept = clean(text).kept
    assert all(kept.forward(kept.origin(at)) == at for at in range(len(kept.text)))
    assert [kept.forward(at) for at in range(len(text))] == sorted(kept.forward(at) for at in range(len(text)))


PIECES = """一、 （一） 1. （1） ① 一是 整治内涝 更换管道30公里 。 ； ， （责任单位：市水利局、县财政局） （市水利局牵头，各区配合）
（市水利局、市财政局） 责任单位：市水利局 完成时限：2025年6月底前 牵头领导：周晓禾 （2025年6月底前） （见附件1） （ ） 周晓禾强调，
会议要求，要 附件： 主办单位： 来源： 到2027年， 列第一位的为牵头单位 持续推进"""
CELLS = [
    "序号",
    "任务",
    "问题",
    "责任单位",
    "配合单位",
    "完成时限",
    "1",
    "整治内涝",
    "市水利局、市财政局",
    "2025年6月",
    "",
    "^",
    "同上",
]
TEXTS = st.lists(st.sampled_from([*PIECES.split(), "\n", "\n", "\n"]), max_size=20).map("".join)
TABLES = st.lists(st.lists(st.sampled_from(CELLS), min_size=3, max_size=3), max_size=5)


@settings(max_examples=150)
@given(TEXTS, TABLES, TEXTS)
def test_no_two_directives_share_words(before: str, rows: list[list[str]], after: str) -> None:
    head = [["任务", "责任单位", "完成时限"]]
    reading = read(source({"before": before, "rows": [*head, *rows], "after": after}))
    spans = sorted((d.span.start, d.span.end) for d in reading.directives)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
