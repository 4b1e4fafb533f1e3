"""Ledgers made for the tests, as offices lay them out: rows of cells in, the bytes of a workbook out."""

from __future__ import annotations

import io
from typing import Any

import openpyxl  # type: ignore[import-untyped]

Rows = tuple[tuple[Any, ...], ...]

PLAIN: Rows = (
    ("序号", "工作任务", "牵头单位", "配合单位", "完成时限", "目标成效"),
    (1, "修好青溪县三座病险水库", "临川市水利局", "临川市民政局", "2026年12月31日前", "三座水库通过验收"),
    (2, "清查全市山塘隐患", "临川市水利局", None, "2026年12月底前", None),
    (3, "备足乡镇抢险物资", "临川市物资局", None, "汛期前", None),
)


def book(*rows: tuple[Any, ...], merged: str = "", sheets: dict[str, Rows] | None = None) -> bytes:
    """A workbook of one sheet, or of several by their names; `merged`: ranges parted by blanks."""
    made = openpyxl.Workbook()
    for at, (name, lines) in enumerate((sheets or {"台账": rows}).items()):
        sheet = made.active if at == 0 else made.create_sheet()
        sheet.title = name
        for line in lines:
            sheet.append(list(line))
        for stretch in merged.split():
            sheet.merge_cells(stretch)
    return saved(made)


def saved(made: Any) -> bytes:
    """The bytes of a workbook of openpyxl."""
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()
