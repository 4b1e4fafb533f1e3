"""Lines of a ledger in, the .xlsx out that an office files as its 台账: title, source, frozen head, days as days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from math import ceil
from typing import IO, Any, NamedTuple

import xlsxwriter  # type: ignore[import-untyped]
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .cells import FORMULA, HIGHEST, fit, set_up_print

# Rows of a workbook: some half a minute to write and to open; whoever needs more narrows the list.
MOST = 100_000
TITLE_ROW, SOURCE_ROW, HEAD_ROW = 0, 1, 2
# Points of a row of one line, and of each further line.
LOWEST, LEADING = 24, 14.5
Cell = str | date | None


class Line(NamedTuple):
    """An item as a line of a ledger; empty cells are gaps (要素缺口) where one is to be filled in."""

    number: str
    words: str
    measure: str
    basis: str
    place: str
    line: str
    lead: str
    supports: str
    due: date | None
    light: str
    state: str
    opened_on: date
    ended_on: date | None
    changed: date | None


class Column(NamedTuple):
    """A column: its head, its width in characters, what stands in it, how, and whether an empty cell is a gap."""

    head: Any
    width: float
    value: Callable[[Line], Cell]
    manner: str = "text"
    gap: bool = False


COLUMNS = (
    Column(gettext_lazy("事项编号"), 20, lambda line: line.number, "small"),
    Column(gettext_lazy("事项"), 36, lambda line: line.words),
    Column(gettext_lazy("目标成效"), 16, lambda line: line.measure),
    Column(gettext_lazy("督办依据"), 18, lambda line: line.basis, "small"),
    Column(gettext_lazy("地区"), 9, lambda line: line.place, "middle"),
    Column(gettext_lazy("条线"), 9, lambda line: line.line, "middle"),
    Column(gettext_lazy("牵头单位"), 15, lambda line: line.lead, gap=True),
    Column(gettext_lazy("配合单位"), 15, lambda line: line.supports),
    Column(gettext_lazy("完成期限"), 11, lambda line: line.due, "day", gap=True),
    Column(gettext_lazy("亮灯"), 8, lambda line: line.light, "middle"),
    Column(gettext_lazy("状态"), 10, lambda line: line.state, "middle"),
    Column(gettext_lazy("立项日期"), 11, lambda line: line.opened_on, "day"),
    Column(gettext_lazy("办结日期"), 11, lambda line: line.ended_on, "day"),
    Column(gettext_lazy("更新"), 11, lambda line: line.changed, "day"),
)


def write_ledger(lines: Iterable[Line], title: str, source: str, stream: IO[bytes]) -> int:
    """Write the workbook in bounded memory; how many lines went in, MOST at most. That there were more is written at
    their end."""
    with xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": title})
        looks, sheet = _looks(book), book.add_worksheet(fit(re.sub(r"[\[\]:*?/\\']", "", title))[:31])
        _head(sheet, looks, title, source)
        count = 0
        for count, line in enumerate(lines, 1):
            if count > MOST:
                words = _("只导出了前 %(most)s 项：请缩小筛选范围后再导出其余各项。") % {"most": MOST}
                sheet.write_string(HEAD_ROW + count, 0, words, looks["source"])
                count = MOST
                break
            _write(sheet, looks, HEAD_ROW + count, count, line)
        sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + count, len(COLUMNS))
    return count


def _looks(book: Any) -> dict[str, Any]:
    """The formats: one for each manner, the same for words that look like a formula, for gaps and for heads."""
    cell = {"font_name": "宋体", "font_size": 10.5, "border": 1, "text_wrap": True, "valign": "vcenter"}
    manners: dict[str, dict[str, Any]] = {
        "text": {},
        "middle": {"align": "center"},
        "small": {"font_size": 9, "font_color": "#555555"},
        "day": {"align": "center", "num_format": "yyyy-mm-dd"},
    }
    looks = {name: book.add_format(cell | manner) for name, manner in manners.items()}
    looks |= {f"{name}'": book.add_format(cell | manner | {"quote_prefix": True}) for name, manner in manners.items()}
    looks["gap"] = book.add_format(cell | {"bg_color": "#FFFBEA", "align": "center", "font_color": "#8A5A00"})
    head = {"font_name": "黑体", "align": "center", "bg_color": "#EFEDE6", "font_size": 11}
    looks["head"] = book.add_format(cell | head)
    title = {"font_name": "方正小标宋简体", "font_size": 18, "align": "center", "valign": "vcenter"}
    looks["title"] = book.add_format(title)
    looks["source"] = book.add_format(
        {"font_name": "宋体", "font_size": 9, "font_color": "#555555", "valign": "vcenter"}
    )
    return looks


def _head(sheet: Any, looks: dict[str, Any], title: str, source: str) -> None:
    last = len(COLUMNS)
    set_up_print(sheet, HEAD_ROW, "&C&P / &N")
    sheet.set_column(0, 0, 6)
    for at, column in enumerate(COLUMNS, 1):
        sheet.set_column(at, at, column.width)
    sheet.freeze_panes(HEAD_ROW + 1, 3)
    sheet.set_row(TITLE_ROW, 36)
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, "", looks["title"])
    sheet.write_string(TITLE_ROW, 0, fit(title), looks["title"])
    sheet.set_row(SOURCE_ROW, 20)
    sheet.write_string(SOURCE_ROW, 0, fit(source), looks["source"])
    sheet.set_row(HEAD_ROW, 30)
    sheet.write_string(HEAD_ROW, 0, _("序号"), looks["head"])
    for at, column in enumerate(COLUMNS, 1):
        sheet.write_string(HEAD_ROW, at, str(column.head), looks["head"])


def _write(sheet: Any, looks: dict[str, Any], row: int, number: int, line: Line) -> None:
    cells = [(column, column.value(line)) for column in COLUMNS]
    sheet.set_row(row, min(max(LOWEST, 6 + LEADING * max(_depth(column, value) for column, value in cells)), HIGHEST))
    sheet.write_number(row, 0, number, looks["middle"])
    for at, (column, value) in enumerate(cells, 1):
        if isinstance(value, date):
            sheet.write_datetime(row, at, value, looks["day"])
        elif value:
            words = fit(value)
            sheet.write_string(row, at, words, looks[column.manner + ("'" if words.startswith(FORMULA) else "")])
        elif column.gap:
            sheet.write_string(row, at, _("缺"), looks["gap"])
        else:
            sheet.write_blank(row, at, None, looks["text"])


def _depth(column: Column, value: Cell) -> int:
    """Lines that words take in a column: a Chinese character is as wide as two others."""
    if not isinstance(value, str):
        return 1
    wide = sum(1 if character < "\u1100" else 2 for character in value)
    return max(1, ceil(wide / (column.width - 1)))
