"""A fault of a ledger in, one line that says what is wrong, where, and what to do out."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .nouns import Fault
from .sheets import MOST_COLUMNS, MOST_LINES

MESSAGES = {
    "not_a_table": gettext_lazy("这不是 Excel 或 CSV 表格；请上传 .xlsx 或 .csv 文件。"),
    "macros": gettext_lazy("文件带有宏（.xlsm），不予读取；请在 Excel 中另存为 .xlsx 后再上传。"),
    "password": gettext_lazy("文件有打开密码；请用密码打开后，另存为不带密码的 .xlsx。"),
    "old": gettext_lazy("这是旧格式的表格（.xls、.et、.xlsb、.ods）；请打开后另存为 .xlsx。"),
    "empty": gettext_lazy("文件里没有内容；请检查是否选错了文件。"),
    "too_large": gettext_lazy("文件过大（上限 10 MB）；请删去图片，或分成几个文件。"),
    "too_many_cells": gettext_lazy("单元格过多，超出任何台账的规模；请只留下台账所在的工作表。"),
    "damaged": gettext_lazy("文件损坏或不完整；请重新取得，或用 Excel 打开后另存为 .xlsx。"),
    "encoding": gettext_lazy("文字编码无法识别；请用 Excel 打开后另存为 .xlsx。"),
    "unreadable": gettext_lazy("文件读不出来（%(words)s）；请用 Excel 打开后另存为 .xlsx。"),
    "too_many_lines": gettext_lazy("共 %(words)s 行，超过 %(lines)s 行；请按年度或条线分成几个文件。"),
    "too_many_columns": gettext_lazy("有 %(words)s 列，超过 %(columns)s 列；请删去台账右边多余的列。"),
    "no_words_column": gettext_lazy("认不出哪一列是工作任务；请在下面“各列的含义”中指定，或把表头改为“工作任务”。"),
    "nothing": gettext_lazy("表头下面没有一行任务；请检查是否选错了文件。"),
    "no_words": gettext_lazy("没有写任务，却有其他内容（“%(words)s”）；请补上任务，或删去这一行。"),
    "doubled": gettext_lazy("与第 %(other)s 行相同（任务、责任单位、时限都一样）；请删去其中一行。"),
    "doubled_elsewhere": gettext_lazy("与工作表“%(words)s”第 %(other)s 行相同；请删去其中一行。"),
    "formula": gettext_lazy("是公式，但文件里没有它的结果；请用 Excel 打开、保存后再上传，或改为文字。"),
    "formula_error": gettext_lazy("公式出错（%(words)s）；请改正公式，或改为文字。"),
}


def message(fault: Fault) -> str:
    """What is wrong, and what to do."""
    code = fault.code
    if code == "doubled" and fault.words != fault.sheet:
        code = "doubled_elsewhere"
    words = fault.words if len(fault.words) <= 30 else fault.words[:30] + "…"
    lines, columns = f"{MOST_LINES:,}", MOST_COLUMNS
    return str(MESSAGES[code]) % {"words": words, "other": fault.other, "lines": lines, "columns": columns}


def where(fault: Fault) -> str:
    """Where it is: sheet, line and column, as far as they are known."""
    parts = [_("工作表“%(sheet)s”") % {"sheet": fault.sheet}] if fault.sheet else []
    if fault.line is not None:
        parts.append(_("第 %(line)s 行") % {"line": fault.line})
    if fault.column:
        parts.append(_("%(column)s 列") % {"column": fault.column})
    return " ".join(parts)
