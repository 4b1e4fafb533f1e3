"""Tables from offices: read as they come, refused with line, column and reason."""

from __future__ import annotations

import datetime

import pytest
from django.db import models

from luoshi.places import tables
from luoshi.places.tables import BadTable, Column, day, one_of, read_table, write_table


class Sort(models.TextChoices):
    VILLAGE = "village", "村级"
    ZONE = "zone", "功能区"


COLUMNS = {
    "name": Column("名称", required=True),
    "level": Column("层级", required=True, parse=one_of(Sort)),
    "since": Column("自", parse=day),
}
GOOD = "名称,层级,自\n高沙社区,村级,2021-04-09\n"


def test_it_works() -> None:
    (row,) = read_table(GOOD.encode(), COLUMNS)
    assert (row.line, row.values) == (2, {"name": "高沙社区", "level": "village", "since": datetime.date(2021, 4, 9)})


# The same table as offices save it.
SAVED = {
    "utf-8": GOOD.encode(),
    "utf-8 with a mark": GOOD.encode("utf-8-sig"),
    "gb18030": GOOD.encode("gb18030"),
    "english headings, other order": "level,since,name\nvillage,2021/4/9,高沙社区\n".encode(),
    "windows line ends, empty lines": "名称,层级,自\r\n\r\n高沙社区,村级,2021年4月9日\r\n,,\r\n".encode(),
    "quoted": '"名称","层级","自"\n"高沙社区"," 村级 ","2021-04-09"\n'.encode(),
}


@pytest.mark.parametrize("data", SAVED.values(), ids=SAVED)
def test_a_table_is_read_however_it_was_saved(data: bytes) -> None:
    assert [row.values for row in read_table(data, COLUMNS)] == [r.values for r in read_table(GOOD.encode(), COLUMNS)]


# A table; the faults that must be told: line, column, a word of the reason.
BAD: dict[str, tuple[bytes, list[tuple[int, str, str]]]] = {
    "nothing": (b"", [(1, "名称", "缺少"), (1, "层级", "缺少")]),
    "unknown column": ("名称,层级,备注\n".encode(), [(1, "备注", "没有这一列")]),
    "column twice": ("名称,层级,名称\n".encode(), [(1, "名称", "重复")]),
    "wrong encoding": ("名称,层级\n高沙社区,村级\n".encode("utf-16"), [(1, "", "编码")]),
    "broken bytes in the third line": ("名称,层级\n甲,村级\n".encode() + b"\xff\xfe,x\n", [(3, "", "编码")]),
    "too many cells": ("名称,层级\n甲,村级,多\n".encode(), [(2, "", "3格")]),
    "empty where required": ("名称,层级\n,村级\n".encode(), [(2, "名称", "不能为空")]),
    "no such level": ("名称,层级\n甲,县\n".encode(), [(2, "层级", "县")]),
    "no such day": ("名称,层级,自\n甲,村级,2021-02-30\n".encode(), [(2, "自", "2021-02-30")]),
    "not a day": ("名称,层级,自\n甲,村级,去年\n".encode(), [(2, "自", "去年")]),
    "several": (
        "名称,层级,自\n,村级,x\n乙,县,\n".encode(),
        [(2, "名称", "空"), (2, "自", "x"), (3, "层级", "县")],
    ),
    "Big5 that decodes by chance": ("name,level\n教育局辦公室,zone\n".encode("big5"), [(1, "", "编码")]),
    "a name too long": (f"名称,层级\n{'长' * 201},村级\n".encode(), [(2, "名称", "200")]),
    "a line break in a name": ('名称,层级\n"甲\n乙",村级\n'.encode(), [(3, "名称", "换行")]),
    "quote never closed": ('名称,层级\n"甲,村级\n'.encode(), [(2, "", "CSV")]),
}


@pytest.mark.parametrize(("data", "faults"), BAD.values(), ids=BAD)
def test_every_fault_has_its_line_column_and_reason(data: bytes, faults: list[tuple[int, str, str]]) -> None:
    with pytest.raises(BadTable) as told:
        read_table(data, COLUMNS)
    found = told.value.faults
    assert [(f.line, f.column) for f in found] == [(line, column) for line, column, _ in faults]
    assert all(word in fault.reason for fault, (_, _, word) in zip(found, faults, strict=True))


def test_a_table_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 100)
    with pytest.raises(BadTable, match="100"):
        read_table(b"name,level\n" + b"a,zone\n" * 102, COLUMNS)


def test_what_is_written_can_be_read() -> None:
    rows: list[dict[str, object]] = [
        {"name": "甲，“乙”", "level": "zone", "since": datetime.date(2021, 4, 9)},
        {"name": "丙", "level": "zone"},
    ]
    read = read_table(write_table(COLUMNS, rows), COLUMNS)
    assert [row.values for row in read] == [rows[0], {"name": "丙", "level": "zone", "since": None}]
