"""An uploaded ledger and who uploaded it in, kept on the server between preview and import, out again by its hash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext_lazy

from luoshi.documents.filing import Lost, fetch, keep
from luoshi.intake.tables.filling import Filled
from luoshi.intake.tables.headings import fields
from luoshi.intake.tables.messages import message, where
from luoshi.intake.tables.nouns import Column, Table

# Ledgers that one has before oneself at a time; an older one is uploaded again.
KEPT = 5
SESSION = "ledgers"
# Lines, faults and passed lines that a preview shows.
SHOWN, FAULTS, PASSED = 20, 100, 30

FIELDS = {
    "number": gettext_lazy("序号栏"),
    "task": gettext_lazy("工作任务"),
    "step": gettext_lazy("具体举措"),
    "problem": gettext_lazy("存在问题"),
    "lead": gettext_lazy("牵头单位"),
    "owner": gettext_lazy("责任单位"),
    "support": gettext_lazy("配合单位"),
    "due": gettext_lazy("完成期限"),
    "goal": gettext_lazy("目标成效"),
    "basis": gettext_lazy("督办依据"),
    "state": gettext_lazy("完成状态"),
    "progress": gettext_lazy("进展情况"),
    "remark": gettext_lazy("备注栏"),
    "pass": gettext_lazy("不导入"),
}
PASSED_AS = {
    "title": gettext_lazy("表题"),
    "heading": gettext_lazy("表头"),
    "group": gettext_lazy("分组行"),
    "total": gettext_lazy("合计"),
    "note": gettext_lazy("表注"),
    "empty": gettext_lazy("空行"),
    "sheet": gettext_lazy("工作表没有任务列"),
}
GAPS = {
    "owner": gettext_lazy("没有写责任单位"),
    "unit": gettext_lazy("责任单位待选定"),
    "support": gettext_lazy("配合单位待选定"),
    "deadline": gettext_lazy("没有写时限"),
    "day": gettext_lazy("时限不是具体日期"),
    "measure": gettext_lazy("没有写目标成效"),
}


def kept(session: SessionBase, data: bytes, name: str) -> str:
    """Keep a file for whoever has this session; its sha256. Raises OSError."""
    sha256 = keep(data)
    there = {key: each for key, each in session.get(SESSION, {}).items() if key != sha256}
    newest = list(there.items())[-(KEPT - 1) :]
    session[SESSION] = dict([*newest, (sha256, name[:200])])
    return sha256


def again(session: SessionBase, sha256: str) -> tuple[bytes, str] | None:
    """The bytes and name of a file that this session uploaded; None: it did not, or not lately."""
    name = session.get(SESSION, {}).get(sha256)
    try:
        return (fetch(sha256), name) if name is not None else None
    except Lost:
        return None


def chosen_of(given: Mapping[str, str]) -> dict[tuple[int, int], str]:
    """What somebody said that columns hold: `c0-3=lead` is the fourth column of the first sheet."""
    out = {}
    for name, value in given.items():
        sheet, dash, column = name.removeprefix("c").partition("-")
        numbers = name.startswith("c") and dash and sheet.isdecimal() and column.isdecimal() and len(name) < 12
        if numbers and value in FIELDS:
            out[int(sheet), int(column)] = value
    return out


class Choosing(NamedTuple):
    """A column with the name of its input."""

    column: Column
    name: str


class Preview(NamedTuple):
    """All that the page of a ledger shows before anything is made."""

    table: Table
    sheets: list[tuple[str, list[Choosing]]]
    lines: list[tuple[Filled, list[str]]]
    faults: list[tuple[str, str]]
    passed: list[tuple[str, int, str, str]]
    counts: list[tuple[str, int]]
    done: int

    @property
    def more(self) -> int:
        """Lines that are not shown."""
        return len(self.table.entries) - len(self.lines)

    @property
    def more_faults(self) -> int:
        """Faults that are not shown."""
        return len(self.table.faults) - len(self.faults)

    @property
    def more_passed(self) -> int:
        """Passed lines that are not shown."""
        return len([line for line in self.table.passed if line.kind != "empty"]) - len(self.passed)


def preview(table: Table, lines: Iterable[Filled]) -> Preview:
    """What a page shows of a ledger."""
    every = list(lines)
    choosing = [Choosing(column, f"c{column.sheet}-{column.at}") for column in table.columns]
    by_sheet = [(name, [c for c in choosing if c.column.sheet == at]) for at, name in enumerate(table.sheets)]
    gaps = [gap for line in every for gap in line.gaps]
    passed = [line for line in table.passed if line.kind != "empty"]
    return Preview(
        table,
        by_sheet,
        [(line, [str(GAPS[gap]) for gap in line.gaps]) for line in every[:SHOWN]],
        told_of(table),
        [(line.sheet, line.line, str(PASSED_AS[line.kind]), line.words[:60]) for line in passed[:PASSED]],
        [(str(label), gaps.count(gap)) for gap, label in GAPS.items() if gap in gaps],
        sum(line.done for line in every),
    )


def told_of(table: Table) -> list[tuple[str, str]]:
    """Where each fault is, and what is wrong there."""
    return [(where(fault), message(fault)) for fault in table.faults[:FAULTS]]


def choices() -> list[tuple[str, str]]:
    """What a column may be said to hold."""
    return [(field.name, str(FIELDS[field.name])) for field in fields()]
