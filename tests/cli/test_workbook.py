"""The workbook, read back."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook  # type: ignore

from luoshi.cli.workbook import write_workbook
from luoshi.exports.cells import LONGEST, fit
from luoshi.reading import Reading, read
from tests.folders import GOLD

from .made import TEXT, full, many, reading


def written(*readings: Reading) -> io.BytesIO:
    stream = io.BytesIO()
    write_workbook(readings, stream)
    return stream


def sheets(*readings: Reading) -> dict[str, list[dict[str, object]]]:
    """The rows of every sheet under their heads."""
    out = {}
    for sheet in load_workbook(written(*readings)):
        heads, *rows = list(sheet.iter_rows(min_row=2, values_only=True))
        out[sheet.title] = [dict(zip(heads, row, strict=True)) for row in rows]
    return out


def test_it_works() -> None:
    made = sheets(read("会议强调，要压实责任，提高政治站位；严禁弄虚作假。\n"))
    assert [row["工作任务（举措）"] for row in made["任务分解表"]] == ["压实责任", "严禁弄虚作假"]
    assert [row["态度要求"] for row in made["态度要求"]] == ["提高政治站位"]
    assert made["问题"] == []


def test_every_column_says_what_the_report_says_and_no_more() -> None:
    first, second = sheets(full())["任务分解表"]
    start, end = TEXT.index("在6月底前"), TEXT.index("，由县水务局")
    assert first == {
        "序号": 1,
        "工作任务（举措）": "在6月底前压实责任",
        "目标要求（指标）": None,
        "牵头单位": None,
        "配合单位": None,
        "完成时限": "6月底前（2024年6月30日 周日）",
        "力度": "必须",
        "提出人": "会议",
        "依据原文": "在6月底前压实(shí)责任",
        "出处（报道·位置·起止）": f"made.txt\n第3行 {start}–{end}",
        "要素缺口": "责任单位、量化指标",
        "编号": "a-0000000000000001",
    }
    assert (second["牵头单位"], second["目标要求（指标）"], second["完成时限"]) == ("县水务局", "泵站12座", None)
    assert [row["问题"] for row in sheets(full())["问题"]] == ["人手不足"]


def test_it_is_laid_out_to_be_printed_and_filtered() -> None:
    book = load_workbook(written(full()))
    assert book.sheetnames == ["任务分解表", "态度要求", "问题"]
    sheet = book["任务分解表"]
    assert sheet["A1"].value == "县政府会议 任务分解表" and "A1:L1" in map(str, sheet.merged_cells.ranges)
    assert sheet.freeze_panes == "C3" and sheet.auto_filter.ref == "A2:L4"
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$2:$2" and "$A$1:$K$4" in sheet.print_area
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
    for cell in (cell for row in sheet["A2:L4"] for cell in row):
        assert cell.alignment.wrap_text and cell.border.left.style == cell.border.bottom.style == "thin"
    assert sheet["D3"].fill.fgColor.rgb == "FFFFFBEA" and sheet["E3"].fill.patternType is None


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://a")', "{=1}", "http://a", "0012"]
)
def test_words_never_become_a_formula_a_link_or_a_number(words: str) -> None:
    found = full()
    action = found.directives[0].actions[0]
    told = found.directives[0]._replace(actions=(action._replace(span=action.span._replace(text=words)),))
    stream = written(replace(found, directives=(told,), source=replace(found.source, name=words)))
    cell = load_workbook(stream)["任务分解表"]["B3"]
    assert cell.data_type == "s" and cell.value == words and cell.hyperlink is None
    assert cell.quotePrefix is words.startswith(("=", "+", "-", "@", "\t"))
    with zipfile.ZipFile(stream) as made:
        assert "<f>" not in made.read("xl/worksheets/sheet1.xml").decode()


def test_what_no_cell_can_hold_is_left_out() -> None:
    assert fit("甲\0乙\x0b丙\r\n丁\ufffe\ud800𠀀") == "甲乙丙\n丁𠀀"
    assert fit("字" * LONGEST) == "字" * LONGEST
    assert len(fit("字" * (LONGEST + 1))) <= LONGEST and fit("𠀀" * LONGEST).endswith("…")
    made = sheets(reading("会议强调。"), read("会议强调，要压\x0b实_x000D_责任，建好" + "路" * 40000 + "。"))
    assert made["任务分解表"] and all(len(str(row["依据原文"])) <= LONGEST for row in made["任务分解表"])


def test_nothing_read_is_an_empty_list() -> None:
    assert sheets(reading("")) == sheets() == {"任务分解表": [], "态度要求": [], "问题": []}
    assert load_workbook(written())["任务分解表"]["A1"].value == "任务分解表"


def test_several_reports_are_numbered_through_and_named() -> None:
    made = sheets(full(), full(), full())["任务分解表"]
    assert [row["序号"] for row in made] == [1, 2, 3, 4, 5, 6]
    assert load_workbook(written(full(), full()))["任务分解表"]["A1"].value == "任务分解表"


def test_evidence_is_the_report_s_own_words() -> None:
    found = read(GOLD / "gold-yingshang-sheng.txt")
    for row in sheets(found)["任务分解表"]:
        place = re.search(r"第(\d+)行 (\d+)–(\d+)$", str(row["出处（报道·位置·起止）"]))
        assert place
        line, start, end = map(int, place.groups())
        assert row["依据原文"] == found.source.text[start:end]
        assert str(row["依据原文"])[:4] in found.source.text.split("\n")[line - 1]


def test_the_same_readings_make_the_same_file() -> None:
    assert written(full()).getvalue() == written(full()).getvalue()


def test_two_hundred_directives() -> None:
    assert len(sheets(many(200))["任务分解表"]) == 400
