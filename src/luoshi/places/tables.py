"""The bytes of a CSV table in, its rows by column out, or every fault with its line, column and reason."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

# Excel in China saves CSV in GB18030; everything newer writes UTF-8, with or without a mark.
ENCODINGS = ("utf-8-sig", "gb18030")
# A table for a country of villages has some 600,000 rows; a longer one is a mistake that would fill the memory.
MOST_ROWS = 1_000_000
# Faults told at once: enough to see what is wrong, few enough to read.
MOST_FAULTS = 200


class Fault(NamedTuple):
    """One thing wrong with a table: line (1 is the heading), column (empty: the whole line), reason."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        if not self.column:
            return _("第%(line)d行：%(reason)s") % {"line": self.line, "reason": self.reason}
        said = {"line": self.line, "column": self.column, "reason": self.reason}
        return _("第%(line)d行“%(column)s”：%(reason)s") % said


class BadTable(ValueError):
    """A table with faults; nothing of it is used."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        shown = [str(fault) for fault in self.faults[:MOST_FAULTS]]
        more = [_("……共%(number)d处") % {"number": len(self.faults)}] if len(self.faults) > MOST_FAULTS else []
        super().__init__("\n".join([*shown, *more]))


class Column(NamedTuple):
    """One column: its heading in Chinese, whether each row must fill it, what turns its text into a value."""

    heading: str
    required: bool = False
    parse: Callable[[str], Any] = str
    # Most characters; as many as the database keeps.
    most: int = 200


class Row(NamedTuple):
    """One line of a table: its number in the file, and its values by the columns' English names."""

    line: int
    values: dict[str, Any]


def day(text: str) -> datetime.date | None:
    """A day as 2021-04-09, 2021/4/9 or 2021年4月9日; none for an empty cell.

    Raises:
        ValueError: anything else.
    """
    if not text:
        return None
    parts = text.rstrip("日").replace("年", "-").replace("月", "-").replace("/", "-").split("-")
    try:
        year, month, number = (int(part) for part in parts)
        return datetime.date(year, month, number)
    except ValueError:
        raise ValueError(_("“%(text)s”不是日期，请写成2021-04-09") % {"text": text}) from None


@cache
def chinese(choices: type[models.TextChoices]) -> dict[str, str]:
    """The words of a closed list in Chinese, by value: tables have them so, whatever language is spoken."""
    with translation.override("zh-hans"):
        return {choice.value: str(choice.label) for choice in choices}


def one_of(choices: type[models.TextChoices]) -> Callable[[str], str]:
    """A parser for a closed list: its value or its Chinese word in, value out."""

    def parse(text: str) -> str:
        words = chinese(choices)
        values = {**{value: value for value in words}, **{word: value for value, word in words.items()}}
        if text and text not in values:
            raise ValueError(_("“%(text)s”不在%(known)s之中") % {"text": text, "known": "、".join(words.values())})
        return values.get(text, "")

    return parse


def read_table(data: bytes, columns: Mapping[str, Column]) -> list[Row]:
    """The rows of a CSV table.

    Raises:
        BadTable: all that is wrong with its form, with line numbers.
    """
    rows, faults = read_rows(data, columns)
    if faults:
        raise BadTable(faults)
    return rows


def read_rows(data: bytes, columns: Mapping[str, Column]) -> tuple[list[Row], list[Fault]]:
    """The rows of a CSV table that are right by themselves, and the faults of the others: so that whoever knows what
    rows must be to each other can tell everything at once.

    Headings are the columns' English names or Chinese headings, in any order.

    Raises:
        BadTable: the encoding or the headings are wrong, so that no row can be told.
    """
    rows = csv.reader(io.StringIO(_decoded(data), newline=""), strict=True)
    try:
        heading = next(rows, [])
        names = _names(heading, columns)
        out: list[Row] = []
        faults: list[Fault] = []
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            row, wrong = _row(rows.line_num, cells, names, columns)
            out += [] if wrong else [row]
            faults += wrong
            if len(out) > MOST_ROWS:
                raise BadTable([Fault(rows.line_num, "", _("超过%(most)d行，请分开导入") % {"most": MOST_ROWS})])
    except csv.Error as error:
        raise BadTable([Fault(rows.line_num, "", _("不是完整的CSV（%(error)s）") % {"error": error})]) from None
    return out, faults


def _decoded(data: bytes) -> str:
    first_wrong = 0
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            first_wrong = max(first_wrong, error.start)
            continue
        if "\0" not in text and not (encoding == "gb18030" and _garbled(text)):
            return text
        first_wrong = max(text.find("\0"), 0)
    line = data[:first_wrong].count(b"\n") + 1
    raise BadTable([Fault(line, "", _("编码既不是UTF-8也不是GB18030，请另存为UTF-8的CSV"))])


# Of real names of places and units in GB18030, more than nine in ten characters are of GB2312; of Big5 read as
# GB18030, about half.
RARE = 0.2


def _garbled(text: str) -> bool:
    """True when too many characters are rare: bytes of another encoding, Big5 first of all, that decode by chance."""
    letters = [character for character in text if character > "\x7f"]
    rare = sum(not character.encode("gb2312", "ignore") for character in letters)
    return rare > RARE * len(letters)


def _names(heading: Sequence[str], columns: Mapping[str, Column]) -> list[str]:
    by_word = {**{name: name for name in columns}, **{column.heading: name for name, column in columns.items()}}
    words = [word.strip() for word in heading]
    known = "、".join(_headings(columns))
    faults = [
        Fault(1, word, _("没有这一列；可用：%(known)s") % {"known": known}) for word in words if word not in by_word
    ]
    names = [by_word[word] for word in words if word in by_word]
    faults += [Fault(1, columns[name].heading, _("重复的列")) for name in sorted(set(names)) if names.count(name) > 1]
    missing = [column.heading for name, column in columns.items() if column.required and name not in names]
    faults += [Fault(1, word, _("缺少这一列")) for word in missing]
    if faults:
        raise BadTable(faults)
    return names


def _headings(columns: Mapping[str, Column]) -> list[str]:
    return [column.heading for column in columns.values()]


def _row(line: int, cells: Sequence[str], names: list[str], columns: Mapping[str, Column]) -> tuple[Row, list[Fault]]:
    if len(cells) != len(names):
        said = _("有%(cells)d格，表头有%(names)d列") % {"cells": len(cells), "names": len(names)}
        return Row(line, {}), [Fault(line, "", said)]
    values: dict[str, Any] = dict.fromkeys(columns)
    faults = []
    for name, cell in zip(names, cells, strict=True):
        column, text = columns[name], cell.strip()
        if column.required and not text:
            faults.append(Fault(line, column.heading, _("不能为空")))
            continue
        if len(text) > column.most or not text.isprintable():
            said = _("超过%(most)d个字符，或有换行等控制字符") % {"most": column.most}
            faults.append(Fault(line, column.heading, said))
            continue
        try:
            values[name] = column.parse(text)
        except ValueError as error:
            faults.append(Fault(line, column.heading, str(error)))
    return Row(line, values), faults


def write_table(columns: Mapping[str, Column], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Rows as a CSV table under the Chinese headings, in UTF-8 with the mark that Excel looks for."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_headings(columns))
    for row in rows:
        writer.writerow(["" if row.get(name) is None else str(row[name]) for name in columns])
    return ("\ufeff" + out.getvalue()).encode()
