"""Excel and CSV files in, rows, tables and places out."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.reading import Unreadable
from luoshi.reading.facts import Run, Source
from luoshi.reading.sources import from_bytes, grid
from luoshi.reading.sources.grid import column_name
from luoshi.reading.sources.printing import printed

from .made import zipped


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(source: Source) -> list[list[list[str]]]:
    return [[[source.text[a:b] for a, b in row] for row in rows] for rows in source.tables]


def ledger() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "台账"
    sheet.append(["任务", "责任单位", "时限"])
    sheet.append(["修好\n水闸", "水利局", datetime.date(2024, 6, 30)])
    sheet.append(["清淤", None, datetime.date(2024, 7, 1)])
    sheet.merge_cells("B2:B3")
    return book


def test_it_works() -> None:
    source = from_bytes(saved(ledger()))
    assert source.text == "任务\t责任单位\t时限\n修好 水闸\t水利局\t2024-06-30\n清淤\t\t2024-07-01\n"
    assert cells(source) == [
        [["任务", "责任单位", "时限"], ["修好 水闸", "水利局", "2024-06-30"], ["清淤", "水利局", "2024-07-01"]]
    ]
    assert source.runs[4] == Run(17, "台账!B2", 0)


def test_hidden_sheets_are_left_out_and_empty_rows_passed_over() -> None:
    book = ledger()
    hidden = book.create_sheet("底稿")
    hidden["A1"] = "不给人看"
    hidden.sheet_state = "hidden"
    book.create_sheet("附表")["C5"] = "末格"
    source = from_bytes(saved(book))
    assert source.text.endswith("2024-07-01\n\t\t末格\n")
    assert source.runs[-1].part == "附表!C5"


def test_formulas_are_not_computed() -> None:
    book = openpyxl.Workbook()
    book.active.append(["合计", "=1+1"])
    assert from_bytes(saved(book)).text == "合计\n"


def test_merged_across_and_down() -> None:
    book = openpyxl.Workbook()
    for row in (["总表", None, None], ["甲", "乙", "丙"], ["丁", None, None]):
        book.active.append(row)
    book.active.merge_cells("A1:C1")
    book.active.merge_cells("B2:C3")
    assert cells(from_bytes(saved(book))) == [[["总表"] * 3, ["甲", "乙", "乙"], ["丁", "乙", "乙"]]]


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        ("水利局", "General", "水利局"),
        (3, "General", "3"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (0.855, "0.0%", "85.5%"),
        (0.85, "0%", "85%"),
        (12345.678, "#,##0.00", "12,345.68"),
        (12345.678, "0", "12346"),
        (-3.5, "0.0;(0.0)", "-3.5"),
        (True, "General", "TRUE"),
        (datetime.datetime(2024, 6, 30), "yyyy/m/d", "2024-06-30"),
        (datetime.datetime(2024, 6, 30, 8, 5), "yyyy/m/d h:mm", "2024-06-30 08:05"),
        (datetime.time(8, 5), "h:mm", "08:05"),
    ],
)
def test_values_as_printed(value: object, form: str, shown: str) -> None:
    assert printed(value, form) == shown


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_names_of_columns(column: int, name: str) -> None:
    assert column_name(column) == name


@pytest.mark.parametrize(
    ("text", "codec", "seen"),
    [
        ("任务,单位\n修闸,水利局\n", "utf-8", "任务\t单位\n修闸\t水利局\n"),
        ("任务,单位\n修闸,水利局\n", "gb18030", "任务\t单位\n修闸\t水利局\n"),
        ("\ufeff任务,单位\n修闸,水利局\n", "utf-8", "任务\t单位\n修闸\t水利局\n"),
        ("任务;单位\n修,闸;水利局\n", "utf-8", "任务\t单位\n修,闸\t水利局\n"),
        ("任务\t单位\n修闸\t水利局\n", "utf-16", "任务\t单位\n修闸\t水利局\n"),
        ('任务,单位\n"修\n""闸""",水利局\n\n,\n,末\n', "utf-8", '任务\t单位\n修 "闸"\t水利局\n\t末\n'),
    ],
)
def test_csv(text: str, codec: str, seen: str) -> None:
    assert from_bytes(text.encode(codec), "a.csv").text == seen


def test_a_csv_cell_that_is_too_long_is_named() -> None:
    with pytest.raises(Unreadable, match="the CSV file is damaged"):
        from_bytes(b'a,"' + b"b" * 200_000 + b'"', "a.csv")


WORDS = st.text(st.sampled_from("任务修闸12 a\n\t,"), max_size=6)


@settings(max_examples=40)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_every_cell_stands_where_its_run_says(rows: list[list[str]]) -> None:
    book = openpyxl.Workbook()
    book.active.append(["首格"])
    for row in rows:
        book.active.append(row)
    source = from_bytes(saved(book))
    title = book.active.title
    there = {f"{title}!{each.coordinate}": each.value for row in book.active.iter_rows() for each in row if each.value}
    found = {}
    ends = [run.start for run in source.runs[1:]] + [len(source.text)]
    for run, end in zip(source.runs, ends, strict=True):
        value = there[run.part][run.offset :].replace("\n", " ").replace("\t", " ")
        assert source.text[run.start : end].rstrip("\n\t ") == value.rstrip()
        found[run.part] = True
    assert found.keys() == {place for place, value in there.items() if value.strip()}
    assert all(len(row) == len(rows_[0]) for rows_ in source.tables for row in rows_)


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_CELLS", 3)
    with pytest.raises(Unreadable, match="more than 3 cells"):
        from_bytes(b"a,b\nc,d\n", "a.csv")


def test_a_sheet_that_is_listed_twice_is_read_once() -> None:
    with zipfile.ZipFile(io.BytesIO(saved(ledger()))) as file:
        members = {name: file.read(name) for name in file.namelist()}
    book = members["xl/workbook.xml"]
    entry = book[book.index(b"<sheet ") : book.index(b"</sheets>")]
    twice = zipped({**members, "xl/workbook.xml": book.replace(entry, entry * 2)})
    assert from_bytes(twice).text == from_bytes(saved(ledger())).text
