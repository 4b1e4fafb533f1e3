"""Readings in, an .xlsx out as offices lay out a 任务分解表: work, 态度要求 and 问题, a sheet each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from math import ceil
from typing import IO

import xlsxwriter  # type: ignore[import-untyped]
from rich.cells import cell_len

from luoshi.exports.cells import FORMULA, HIGHEST, fit, set_up_print
from luoshi.reading import Reading
from luoshi.reading.facts import Gap

from .tasks import GAPS, Line, evidence, lines, problems, title

HEAD_ROW = 1
# Points: the lowest row, and the lines in it (smaller where the words are).
LOWEST = 24
LEADING = {"small": 12.0}
# A workbook of the same readings is the same file, whenever it is written.
MADE = datetime(2000, 1, 1)
Look = dict[str, str | float | bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: its number in its sheet, its line, and the reading it is of."""

    number: int
    reading: Reading
    line: Line


@dataclass(frozen=True, slots=True)
class Column:
    """A column: head, width in characters, what stands in it, the gap an empty cell stands for, and its manner."""

    head: str
    width: float
    value: Callable[[Entry], str | int]
    gap: Gap | None = None
    manner: str = "text"


def _where(entry: Entry) -> str:
    line = entry.line
    return f"{entry.reading.source.name}\n{line.part or f'第{line.line}行'} {line.start}–{line.end}"


NUMBER = Column("序号", 5, lambda e: e.number, manner="middle")
FORCE = Column("力度", 6, lambda e: e.line.strength, manner="middle")
SPEAKER = Column("提出人", 9, lambda e: e.line.speaker, manner="middle")
QUOTE = Column("依据原文", 32, lambda e: evidence(e.reading, e.line.start, e.line.end), manner="quote")
WHERE = Column("出处（报道·位置·起止）", 14, _where, manner="small")
ID = Column("编号", 20, lambda e: e.line.id, manner="small")
WORK = (
    NUMBER,
    Column("工作任务（举措）", 30, lambda e: e.line.words),
    Column("目标要求（指标）", 13, lambda e: "；".join(e.line.targets), "measure"),
    Column("牵头单位", 13, lambda e: "、".join(e.line.lead), "owner"),
    Column("配合单位", 11, lambda e: "、".join(e.line.support)),
    Column(
        "完成时限",
        15,
        lambda e: "\n".join(f"{words}（{last}）" if last else words for words, last in e.line.deadlines),
        "deadline",
    ),
    FORCE,
    SPEAKER,
    QUOTE,
    WHERE,
    Column("要素缺口", 10, lambda e: "、".join(GAPS[gap] for gap in e.line.gaps), manner="small"),
    ID,
)
STANCE = (NUMBER, Column("态度要求", 52, lambda e: e.line.words), FORCE, SPEAKER, QUOTE, WHERE, ID)
PROBLEM = (NUMBER, Column("问题", 52, lambda e: e.line.words), SPEAKER, QUOTE, WHERE)


def write_workbook(readings: Iterable[Reading], stream: IO[bytes]) -> None:
    """Write one workbook for all readings, in bounded memory."""
    coming = iter(readings)
    first = list(islice(coming, 2))
    name = f"{title(first[0])} " if len(first) == 1 else ""
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        book.set_properties({"title": f"{name}任务分解表", "created": MADE})
        looks = _looks(book)
        sheets = {
            "work": _Sheet(book.add_worksheet("任务分解表"), looks, f"{name}任务分解表", WORK),
            "stance": _Sheet(book.add_worksheet("态度要求"), looks, f"{name}态度要求", STANCE),
            "problem": _Sheet(book.add_worksheet("问题"), looks, f"{name}问题清单", PROBLEM),
        }
        for reading in chain(first, coming):
            for line in chain(lines(reading), problems(reading)):
                sheets[line.kind].add(reading, line)
        for sheet in sheets.values():
            sheet.close()


def _looks(book: xlsxwriter.Workbook) -> dict[str, xlsxwriter.format.Format]:
    """The formats: one a manner, each also for an empty cell to be filled and for words that look like a formula."""
    cell: Look = {"font_name": "宋体", "font_size": 10.5, "border": 1, "text_wrap": True, "valign": "vcenter"}
    manners: dict[str, Look] = {
        "text": {},
        "middle": {"align": "center"},
        "quote": {"font_name": "仿宋", "font_color": "#333333"},
        "small": {"font_size": 9, "font_color": "#555555"},
    }
    looks = {name: book.add_format(cell | manner) for name, manner in manners.items()}
    looks |= {f"{name}'": book.add_format(cell | manner | {"quote_prefix": True}) for name, manner in manners.items()}
    looks["gap"] = book.add_format(cell | {"bg_color": "#FFFBEA"})
    looks["head"] = book.add_format(
        cell | {"font_name": "黑体", "align": "center", "bg_color": "#EFEDE6", "font_size": 11}
    )
    looks["title"] = book.add_format(
        {"font_name": "方正小标宋简体", "font_size": 18, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    return looks


class _Sheet:
    """One sheet, written row by row."""

    def __init__(
        self,
        sheet: xlsxwriter.worksheet.Worksheet,
        looks: dict[str, xlsxwriter.format.Format],
        name: str,
        columns: tuple[Column, ...],
    ) -> None:
        self.sheet, self.looks, self.columns = sheet, looks, columns
        self.rows = 0
        set_up_print(self.sheet, HEAD_ROW, "&C第 &P 页 共 &N 页")
        last = len(columns) - 1
        sheet.set_row(0, 36)
        sheet.merge_range(0, 0, 0, last, "", looks["title"])
        sheet.write_string(0, 0, fit(name), looks["title"])
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
        sheet.set_row(HEAD_ROW, 34)
        for place, column in enumerate(columns):
            sheet.write_string(HEAD_ROW, place, column.head, looks["head"])
        sheet.freeze_panes(HEAD_ROW + 1, 2)

    def add(self, reading: Reading, line: Line) -> None:
        """One row more."""
        self.rows += 1
        row, entry = HEAD_ROW + self.rows, Entry(self.rows, reading, line)
        words = [fit(str(column.value(entry))) for column in self.columns]
        self.sheet.set_row(row, min(max(LOWEST, 6 + max(map(_depth, words, self.columns))), HIGHEST))
        for place, column in enumerate(self.columns):
            self._write(row, place, column, words[place], line)

    def _write(self, row: int, place: int, column: Column, words: str, line: Line) -> None:
        if column is NUMBER:
            self.sheet.write_number(row, place, int(words), self.looks[column.manner])
        elif words:
            look = column.manner + ("'" if words.startswith(FORMULA) else "")
            self.sheet.write_string(row, place, words, self.looks[look])
        else:
            self.sheet.write_blank(row, place, None, self.looks["gap" if column.gap in line.gaps else "text"])

    def close(self) -> None:
        """Filter over all rows; the id is not printed."""
        last_row, last = HEAD_ROW + self.rows, len(self.columns) - 1
        self.sheet.autofilter(HEAD_ROW, 0, last_row, last)
        printed = last - 1 if self.columns[-1] is ID else last
        self.sheet.print_area(0, 0, last_row, printed)


def _depth(words: str, column: Column) -> float:
    """Points that words take in a column: not every office program sets the height of a row by itself."""
    deep = sum(max(1, ceil(cell_len(part) / (column.width - 1))) for part in words.split("\n"))
    return deep * LEADING.get(column.manner, 14.5)
