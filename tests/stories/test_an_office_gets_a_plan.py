"""A unit clerk's morning: the county's plan comes as a Word file with a table; what concerns his bureau is a filter away."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from openpyxl import load_workbook  # type: ignore
from typer.testing import CliRunner

from luoshi.cli.app import app
from tests.reading.documents.made import cell, paragraph, table, word_file

GOES_ON, BEGINS = "<w:vMerge/>", '<w:vMerge w:val="restart"/>'
PLAN = word_file(
    paragraph("2025年全县养老服务提升任务分工方案")
    + paragraph("县政府办公室    2025年3月4日")
    + table(
        *("".join(cell(words) for words in ("序号", "工作任务", "具体举措", "牵头单位", "配合单位", "完成时限")),),
        cell("1")
        + cell("助餐", BEGINS)
        + cell("新建老年食堂12家")
        + cell("县民政局", BEGINS)
        + cell("县财政局、各乡镇")
        + cell("2025年10月底前"),
        cell("2")
        + cell("", GOES_ON)
        + cell("制定运营补贴办法")
        + cell("", GOES_ON)
        + cell("县财政局")
        + cell("长期坚持"),
        cell("3")
        + cell("照护")
        + cell("为800户独居老人装上报警器")
        + cell("县卫生健康局")
        + cell("")
        + cell("6月底前"),
    )
)


def _read(path: Path, *options: str) -> str:
    result = CliRunner().invoke(app, ["read", *options, str(path)])
    assert result.exit_code == 0, result.output
    return str(result.stdout)


def test_every_row_of_the_table_is_a_task_with_the_owner_that_is_printed(tmp_path: Path) -> None:
    plan = tmp_path / "分工方案.docx"
    plan.write_bytes(PLAN)
    rows = list(csv.DictReader(io.StringIO(_read(plan, "--format", "csv"))))
    assert [(row["action"], row["lead"], row["support"]) for row in rows] == [
        ("新建老年食堂12家", "县民政局", "县财政局、各乡镇"),
        ("制定运营补贴办法", "县民政局", "县财政局"),
        ("为800户独居老人装上报警器", "县卫生健康局", ""),
    ]
    # The dates are the table's; a task that goes on has words and no day.
    assert [(row["deadline"], row["by"][:10]) for row in rows] == [
        ("2025年10月底前", "2025年10月31"),
        ("长期坚持", ""),
        ("6月底前", "2025年6月30日"),
    ]
    # Nothing is said to be missing that the row prints, and each task names the cell it stands in.
    assert not any("责任单位" in row["gaps"] or "完成时限" in row["gaps"] for row in rows)
    assert [row["part"] for row in rows] == ["表1第2行第3格", "表1第3行第3格", "表1第4行第3格"]


def test_the_workbook_has_who_leads_and_who_helps(tmp_path: Path) -> None:
    plan, made = tmp_path / "分工方案.docx", tmp_path / "台账.xlsx"
    plan.write_bytes(PLAN)
    _read(plan, "--format", "xlsx", "--output", str(made))
    head, *rows = list(load_workbook(made)["任务分解表"].iter_rows(min_row=2, values_only=True))
    lead, support = head.index("牵头单位"), head.index("配合单位")
    assert [(row[lead], row[support]) for row in rows] == [
        ("县民政局", "县财政局、各乡镇"),
        ("县民政局", "县财政局"),
        ("县卫生健康局", None),
    ]
    # What was written can be read back as a ledger of the office's own.
    again = list(csv.DictReader(io.StringIO(_read(made, "--format", "csv"))))
    assert [row["lead"] for row in again] == ["县民政局", "县民政局", "县卫生健康局"]
