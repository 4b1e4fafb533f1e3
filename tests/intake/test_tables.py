"""Ledgers as offices lay them out in; columns, lines and what is passed over out, or what is wrong and where."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any, NamedTuple

import openpyxl  # type: ignore[import-untyped]
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from luoshi.intake.tables.dating import dated, year_of
from luoshi.intake.tables.headings import FILE, field_of, fields
from luoshi.intake.tables.messages import MESSAGES, message, where
from luoshi.intake.tables.nouns import Table
from luoshi.intake.tables.sheets import UNREADABLE, sheets_of
from luoshi.intake.tables.understanding import understood
from luoshi.reading.sources import from_bytes

from .books import PLAIN, Rows, book, saved


def read(*rows: tuple[Any, ...], name: str = "台账.xlsx", **more: Any) -> Table:
    return understood(book(*rows, **more), name)


def words(table: Table) -> list[str]:
    return [entry.words.text for entry in table.entries]


def held(table: Table) -> dict[str, str]:
    return {column.heading: column.field for column in table.columns}


def test_it_works() -> None:
    table = read(*PLAIN)
    assert table.faults == ()
    assert words(table) == ["修好青溪县三座病险水库", "清查全市山塘隐患", "备足乡镇抢险物资"]
    first = table.entries[0]
    assert (first.line, first.words.name) == (2, "B2")
    assert (first.said("lead"), first.said("support")) == ("临川市水利局", "临川市民政局")
    assert (first.said("due"), first.said("goal")) == ("2026年12月31日前", "三座水库通过验收")


def test_an_example_is_of_a_task_and_not_of_a_group() -> None:
    groups = next(layout for layout in LAYOUTS if layout.name == "groups merged over the width")
    assert [column.example for column in read(*groups.rows, merged=groups.merged).columns][:2] == [
        "1",
        "清淤河道三公里",
    ]


@pytest.mark.parametrize("row", yaml.safe_load(FILE.read_text("utf-8")), ids=lambda row: row["field"])
def test_a_column_is_told_by_its_heading(row: dict[str, Any]) -> None:
    assert {heading: field_of(heading) for heading in row["must"]} == dict.fromkeys(row["must"], row["field"])
    assert [heading for heading in row["must_not"] if field_of(heading) == row["field"]] == []


class Layout(NamedTuple):
    """A layout of an office, with the tasks, the columns by their headings, and the kinds of lines passed over."""

    name: str
    rows: Rows
    words: list[str]
    columns: dict[str, str]
    passed: list[str]
    merged: str = ""


LAYOUTS = (
    Layout(
        "a title and who filled it in above",
        (
            ("临川市2026年重点工作任务台账",),
            ("填报单位：市政府办公室", None, None, "单位：万元"),
            ("序号", "重点任务", "责任单位", "完成时间"),
            (1, "建成城东泵站", "市水利局", "6月底前"),
        ),
        ["建成城东泵站"],
        {"序号": "number", "重点任务": "task", "责任单位": "owner", "完成时间": "due"},
        ["title", "title", "heading"],
        "A1:D1",
    ),
    Layout(
        "two rows of headings, merged",
        (
            ("序号", "工作任务", "责任分工", None, "完成时限"),
            (None, None, "牵头单位", "配合单位", None),
            (1, "建成城东泵站", "市水利局", "市民政局", "2026年6月"),
        ),
        ["建成城东泵站"],
        {"责任分工 / 牵头单位": "lead", "责任分工 / 配合单位": "support", "完成时限": "due"},
        ["heading", "heading"],
        "C1:D1 A1:A2 B1:B2 E1:E2",
    ),
    Layout(
        "two rows of headings, not merged",
        (
            ("序号", "工作任务", "责任分工", None, "完成时限"),
            (None, None, "牵头单位", "配合单位", None),
            (1, "建成城东泵站", "市水利局", "市民政局", "2026年6月"),
        ),
        ["建成城东泵站"],
        {"责任分工 / 牵头单位": "lead", "牵头单位": "lead", "配合单位": "support"},
        ["heading", "heading"],
    ),
    Layout(
        "groups merged over the width",
        (
            ("序号", "事项", "牵头单位", "时限"),
            ("一、防汛", None, None, None),
            (1, "清淤河道三公里", "市水利局", "2026年5月1日"),
            ("二、民政", None, None, None),
            (2, "改造养老院两所", "市民政局", "2026年9月1日"),
        ),
        ["清淤河道三公里", "改造养老院两所"],
        {"事项": "task"},
        ["heading", "group", "group"],
        "A2:D2 A4:D4",
    ),
    Layout(
        "groups in the first column, not merged",
        (
            ("工作任务", "牵头单位", "时限"),
            ("（一）防汛备汛",),
            ("清淤河道三公里", "市水利局", "2026年5月1日"),
        ),
        ["清淤河道三公里"],
        {"工作任务": "task"},
        ["heading", "group"],
    ),
    Layout(
        "totals, notes and who made it below",
        (
            ("序号", "工作任务", "责任单位"),
            (1, "清淤河道三公里", "市水利局"),
            ("合计", 1, None),
            ("备注：完成情况每月25日前报送。",),
            ("填表人：周远",),
        ),
        ["清淤河道三公里"],
        {},
        ["heading", "total", "note", "note"],
    ),
    Layout(
        "numbers filled in ahead",
        (("序号", "工作任务", "责任单位"), (1, "清淤河道三公里", "市水利局"), (2,), (3, "—", "/")),
        ["清淤河道三公里"],
        {},
        ["heading", "empty", "empty"],
    ),
    Layout(
        "headings again where a page ends",
        (
            ("序号", "工作任务", "责任单位"),
            (1, "清淤河道三公里", "市水利局"),
            ("序号", "工作任务", "责任单位"),
            (2, "改造养老院两所", "市民政局"),
        ),
        ["清淤河道三公里", "改造养老院两所"],
        {},
        ["heading", "heading"],
    ),
    Layout(
        "a list of problems with what mends them",
        (
            ("序号", "存在问题", "整改措施", "整改责任单位", "整改时限", "是否完成"),
            (1, "两座水库未按期除险", "十月底前完成除险", "市水利局", "2026年10月31日", "否"),
            (2, "养老院消防通道堵塞", None, "市民政局", "立行立改", "是"),
        ),
        ["十月底前完成除险", "养老院消防通道堵塞"],
        {"存在问题": "problem", "整改措施": "step", "整改责任单位": "owner", "整改时限": "due", "是否完成": "state"},
        ["heading"],
    ),
    Layout(
        "a task carried down over its steps",
        (
            ("重点任务", "工作举措", "牵头单位"),
            ("提升防汛能力", "清淤河道三公里", "市水利局"),
            (None, "改造泵站两座", "市水利局"),
        ),
        ["清淤河道三公里", "改造泵站两座"],
        {"重点任务": "task", "工作举措": "step"},
        ["heading"],
        "A2:A3",
    ),
    Layout(
        "a task carried down over its units",
        (
            ("序号", "工作任务", "牵头单位", "配合单位"),
            (1, "清淤河道三公里", "市水利局", "市民政局"),
            (None, None, None, "青溪县"),
            (2, "改造养老院两所", "市民政局", None),
        ),
        ["清淤河道三公里", "改造养老院两所"],
        {},
        ["heading"],
        "A2:A3 B2:B3 C2:C3",
    ),
    Layout(
        "kinds in front, people and telephones behind",
        (
            ("类别", "任务名称", "主责单位", "协同单位", "责任人", "联系电话", "时限要求", "备注"),
            ("民生", "改造养老院两所", "市民政局", "市水利局", "周远", "8850", "年内", "每月报送"),
        ),
        ["改造养老院两所"],
        {
            "类别": "pass",
            "主责单位": "lead",
            "协同单位": "support",
            "责任人": "pass",
            "联系电话": "pass",
            "备注": "remark",
        },
        ["heading"],
    ),
    Layout(
        "where it comes from, how it goes, how far it is",
        (
            ("编号", "督办事项", "任务来源", "承办单位", "办结时限", "目前进展情况", "办理状态"),
            ("D-01", "改造养老院两所", "市长办公会", "市民政局", "2026年12月1日", "已开工", "办理中"),
        ),
        ["改造养老院两所"],
        {"任务来源": "basis", "承办单位": "owner", "目前进展情况": "progress", "办理状态": "state"},
        ["heading"],
    ),
    Layout(
        "headings with blanks, breaks and brackets",
        (
            ("序 号", "工作\n任务", "责任单位（盖章）", "完成 时限（年月日）"),
            (1, "改造养老院两所", "市民政局", "2026-12-01"),
        ),
        ["改造养老院两所"],
        {"序 号": "number", "工作 任务": "task", "责任单位（盖章）": "owner", "完成 时限（年月日）": "due"},
        ["heading"],
    ),
    Layout(
        "one column of tasks alone",
        (("工作任务",), ("清淤河道三公里",), ("改造养老院两所",)),
        ["清淤河道三公里", "改造养老院两所"],
        {"工作任务": "task"},
        ["heading"],
    ),
    Layout(
        "the same as above",
        (
            ("序号", "工作任务", "责任单位", "时限"),
            (1, "清淤河道三公里", "市水利局", "2026年5月1日"),
            (2, "改造泵站两座", "同上", "〃"),
        ),
        ["清淤河道三公里", "改造泵站两座"],
        {},
        ["heading"],
    ),
)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_layouts_of_offices(layout: Layout) -> None:
    table = read(*layout.rows, merged=layout.merged)
    assert table.faults == ()
    assert words(table) == layout.words
    assert {heading: field for heading, field in held(table).items() if heading in layout.columns} == {
        heading: field for heading, field in layout.columns.items() if heading in held(table)
    }
    assert [line.kind for line in table.passed] == layout.passed


def test_what_is_carried_down_and_what_is_the_same_as_above() -> None:
    by_name = {layout.name: layout for layout in LAYOUTS}
    units = by_name["a task carried down over its units"]
    assert read(*units.rows, merged=units.merged).entries[0].said("support") == "市民政局；青溪县"
    steps = by_name["a task carried down over its steps"]
    assert [e.said("task") for e in read(*steps.rows, merged=steps.merged).entries] == ["提升防汛能力"] * 2
    same = read(*by_name["the same as above"].rows).entries[1]
    assert (same.said("owner"), same.said("due")) == ("市水利局", "2026年5月1日")
    groups = by_name["groups merged over the width"]
    assert [e.group for e in read(*groups.rows, merged=groups.merged).entries] == ["一、防汛", "二、民政"]


def test_several_sheets() -> None:
    other: Rows = (("事项", "责任单位"), ("改造养老院两所", "市民政局"))
    table = understood(book(sheets={"任务": PLAIN, "说明": (("怎样填表",),), "民政": other}), "台账.xlsx")
    assert (table.faults, len(table.entries), table.sheets) == ((), 4, ("任务", "说明", "民政"))
    assert [(line.sheet, line.kind) for line in table.passed if line.kind != "heading"] == [("说明", "sheet")]


def test_hidden_sheets_are_left_out() -> None:
    made = openpyxl.Workbook()
    made.active.append(["工作任务", "责任单位"])
    made.active.append(["改造养老院两所", "市民政局"])
    made.create_sheet("旧").append(["工作任务", "责任单位"])
    made["旧"].sheet_state = "hidden"
    assert understood(saved(made), "a.xlsx").sheets == ("Sheet",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv(encoding: str, separator: str) -> None:
    lines = [("序号", "工作任务", "责任单位", "完成时限"), ("1", "改造养老院两所", "市民政局", "2026年9月1日前")]
    data = "\r\n".join(separator.join(line) for line in lines).encode(encoding)
    table = understood(data, "台账.csv")
    assert (words(table), table.entries[0].line, table.entries[0].said("due")) == (
        ["改造养老院两所"],
        2,
        "2026年9月1日前",
    )


def test_dates_of_excel_are_days() -> None:
    entry = read(("任务", "责任单位", "时限"), ("改造养老院两所", "市民政局", datetime.date(2026, 9, 1))).entries[0]
    assert dated(entry.said("due"), None).due == datetime.date(2026, 9, 1)


def test_a_person_says_what_a_column_holds() -> None:
    rows = (("甲", "乙"), ("改造养老院两所", "市民政局"))
    assert [fault.code for fault in read(*rows).faults] == ["no_words_column"]
    table = understood(book(*rows), "a.xlsx", {(0, 0): "task", (0, 1): "lead"})
    assert (table.faults, words(table), table.entries[0].said("lead")) == ((), ["改造养老院两所"], "市民政局")


HEAD = ("序号", "工作任务", "责任单位", "时限")


def formula() -> bytes:
    made = openpyxl.Workbook()
    made.active.append(list(HEAD))
    made.active.append([1, "改造养老院两所", "=A1", "2026年9月1日"])
    return saved(made)


def with_member(name: str) -> bytes:
    file = io.BytesIO(book(*PLAIN))
    with zipfile.ZipFile(file, "a") as packed:
        packed.writestr(name, b"x")
    return file.getvalue()


def wide() -> bytes:
    return book((*HEAD, *range(300)), (1, "改造养老院两所", "市民政局", "2026年9月1日", *range(300)))


WRONG = (
    ("no task in a line", book(HEAD, (1, None, "市水利局", None)), "a.xlsx", "no_words", "工作表“台账” 第 2 行 B 列"),
    ("a number for a task", book(HEAD, (1, 12, "市水利局", None)), "a.xlsx", "no_words", "工作表“台账” 第 2 行 B 列"),
    (
        "twice the same",
        book(HEAD, (1, "清淤", "市水利局"), (2, "清 淤", "市水利局")),
        "a.xlsx",
        "doubled",
        "工作表“台账” 第 3 行",
    ),
    (
        "no headings",
        book(("改造养老院", "市民政局"), ("清淤", "市水利局")),
        "a.xlsx",
        "no_words_column",
        "工作表“台账”",
    ),
    ("no column of tasks", book(("序号", "责任单位"), (1, "市民政局")), "a.xlsx", "no_words_column", "工作表“台账”"),
    ("headings alone", book(HEAD), "a.xlsx", "nothing", ""),
    ("a formula without a value", formula(), "a.xlsx", "formula", "工作表“Sheet” 第 2 行 C 列"),
    ("an error of a formula", book(HEAD, (1, "清淤", "#REF!")), "a.xlsx", "formula_error", "工作表“台账” 第 2 行 C 列"),
    ("too many lines", book(HEAD, *((i, f"清淤第{i}段") for i in range(5001))), "a.xlsx", "too_many_lines", ""),
    ("too many columns", wide(), "a.xlsx", "too_many_columns", "工作表“台账”"),
    ("macros", with_member("xl/vbaProject.bin"), "a.xlsm", "macros", ""),
    ("a password", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "password", ""),
    ("the old format", b"\xd0\xcf\x11\xe0 Workbook", "a.xls", "old", ""),
    ("cut off", book(*PLAIN)[:900], "a.xlsx", "damaged", ""),
    ("nothing at all", b"", "a.csv", "empty", ""),
    ("no cell", book(), "a.xlsx", "empty", ""),
    ("a report", "青溪县召开防汛会议".encode(), "a.txt", "not_a_table", ""),
    ("a page", b"<html><script>alert(1)</script></html>", "a.xlsx", "not_a_table", ""),
    ("a picture", b"\x89PNG\r\n\x1a\n", "a.xlsx", "not_a_table", ""),
    ("a program", b"\x7fELF", "a.xlsx", "not_a_table", ""),
    ("bytes", b"\xff\xfe\xfd\xfc\xfb\x80\x81" * 9, "a.csv", "encoding", ""),
    ("too large", b"a,b\n" * 3_000_000, "a.csv", "too_large", ""),
)


@pytest.mark.parametrize(("data", "name", "code", "place"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_wrong_is_told_with_its_place(data: bytes, name: str, code: str, place: str) -> None:
    fault = understood(data, name).faults[0]
    assert (fault.code, where(fault)) == (code, place)
    assert "；" in message(fault) and "\n" not in message(fault) and "%(" not in message(fault)


def test_all_faults_are_told_at_once() -> None:
    faults = read(
        HEAD, (1, None, "市水利局"), (2, "清淤", "市水利局"), (3, "清淤", "市水利局"), (4, None, "市民政局")
    ).faults
    assert [(fault.code, fault.line) for fault in faults] == [("no_words", 2), ("no_words", 5), ("doubled", 4)]


def test_every_fault_has_its_message() -> None:
    assert {code for _, code in UNREADABLE} <= set(MESSAGES)


# A value that Excel worked out to the empty text is a value: =IF(A2="","",A2).
def test_a_formula_whose_value_is_empty_is_sound() -> None:
    made = formula()
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<c r="C2">', b'<c r="C2" t="str">'))
    assert understood(file.getvalue(), "a.xlsx").faults == ()


DAYS = (
    ("2026年6月30日前", None, "2026-06-30"),
    ("2026-06-30", None, "2026-06-30"),
    ("2026/6/30", None, "2026-06-30"),
    ("2026年6月底前", None, "2026-06-30"),
    ("2026年底前完成", None, "2026-12-31"),
    ("6月30日前", 2026, "2026-06-30"),
    ("6月底前", 2026, "2026-06-30"),
    ("6月30日前", None, None),
    ("2026年6月", None, None),
    ("2026年", None, None),
    ("3-6月", 2026, None),
    ("汛期前", 2026, None),
    ("长期坚持", 2026, None),
    ("2026年6月31日", None, None),
    ("待定", None, None),
)


@pytest.mark.parametrize(("printed", "year", "day"), DAYS)
def test_only_an_exact_day_is_a_deadline(printed: str, year: int | None, day: str | None) -> None:
    found = dated(printed, year)
    assert (found.due and found.due.isoformat(), found.deadline["text"]) == (day, printed)


def test_a_title_names_one_year_or_none() -> None:
    assert [year_of(title) for title in ("2026年台账", "2025年总结及2026年任务", "台账")] == [2026, None, None]


CELLS = st.one_of(
    st.none(),
    st.integers(-9, 9),
    st.text("清淤河道市水利局合计一、同上\n\t—=#", max_size=8),
    st.dates(),
    st.sampled_from(HEAD),
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=8))
def test_whatever_stands_in_a_sheet_every_line_is_accounted_for(rows: list[list[Any]]) -> None:
    """No line is lost unseen, and every word stands in the reader's text where it is said to."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append([f"'{cell}" if isinstance(cell, str) and cell.startswith("=") else cell for cell in row])
    data = saved(made)
    table = understood(data, "a.xlsx")
    if any(fault.code in ("empty", "no_words_column", "formula_error") for fault in table.faults):
        return
    text = from_bytes(data, "a.xlsx").text
    told = {e.line for e in table.entries} | {p.line for p in table.passed} | {f.line for f in table.faults}
    assert {line.number for line in sheets_of(data, "a.xlsx")[1][0].lines} <= told
    for entry in table.entries:
        assert " ".join(text[entry.words.start : entry.words.end].split()) == entry.words.text


def test_the_names_of_fields_are_unique() -> None:
    names = [field.name for field in fields()]
    assert len(set(names)) == len(names)
