"""Word files in, their text, numbers, tables and places out."""

from __future__ import annotations

import io

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.reading import read
from luoshi.reading.facts import Run, Source
from luoshi.reading.offsets import in_document
from luoshi.reading.sources import from_bytes

from .made import OFFICIAL, cell, numbered, paragraph, run, table, word_file


def text(body: str, **parts: str) -> str:
    return from_bytes(word_file(body, **parts)).text


def test_it_works() -> None:
    document = docx.Document()
    document.add_heading("全市防汛工作会议召开", 0)
    document.add_paragraph("会议强调，要压实防汛责任，加密巡堤查险。")
    document.add_table(1, 2).rows[0].cells[1].text = "市水利局"
    out = io.BytesIO()
    document.save(out)
    reading = read(out.getvalue())
    assert reading.source.text == "全市防汛工作会议召开\n会议强调，要压实防汛责任，加密巡堤查险。\n\t市水利局\n"
    assert [action.span.text for action in reading.directives[0].actions] == ["压实防汛责任", "加密巡堤查险"]


DELETED = "<w:del><w:r><w:delText>不</w:delText></w:r></w:del>"
BOX = f"<w:txbxContent>{paragraph('框里的话')}</w:txbxContent>"
SHAPE = f"<w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing>"
OLD_SHAPE = f"<w:pict><v:textbox>{BOX}</v:textbox></w:pict>"


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        (run("要抓") + run("好落实"), "要抓好落实\n"),
        (f"{run('要')}<w:ins>{run('切实')}</w:ins>{DELETED}{run('落实')}", "要切实落实\n"),
        (f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo>", "新\n"),
        (run("看得见") + run("看不见", "<w:vanish/>"), "看得见\n"),
        (run("关掉的隐藏", '<w:vanish w:val="0"/>'), "关掉的隐藏\n"),
        (f"{run('一')}<w:r><w:br/></w:r>{run('二')}", "一\n二\n"),
        (f'{run("一")}<w:r><w:br w:type="page"/></w:r>{run("二")}', "一二\n"),
        (f"{run('一')}<w:r><w:tab/></w:r>{run('二')}", "一\t二\n"),
        (f'<w:hyperlink w:anchor="a">{run("链接")}</w:hyperlink>', "链接\n"),
        (f"<w:smartTag>{run('杭州')}</w:smartTag>", "杭州\n"),
        ('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>' + run("3"), "3\n"),
        (f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", "控件\n"),
        (
            f"<w:r><w:ruby><w:rt>{run('luò')}</w:rt><w:rubyBase>{run('落')}</w:rubyBase></w:ruby></w:r>" + run("实"),
            "落实\n",
        ),
        (
            f"<w:r><mc:AlternateContent><mc:Choice>{SHAPE}</mc:Choice><mc:Fallback>{OLD_SHAPE}</mc:Fallback></mc:AlternateContent></w:r>{run('正文')}",
            "正文\n框里的话\n",
        ),
        (f"<w:r>{OLD_SHAPE}</w:r>{run('正文')}", "正文\n框里的话\n"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>" + run("好"), "好\n"),
    ],
)
def test_a_paragraph_says_what_a_reader_sees(inside: str, seen: str) -> None:
    assert text(f"<w:p>{inside}</w:p>") == seen


def test_wrapped_blocks_count_and_a_contents_list_does_not() -> None:
    contents = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = (
        f"<w:sdt>{contents}<w:sdtContent>{paragraph('一、压实责任 1')}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('标题')}</w:sdtContent></w:sdt>"
        f"<w:customXml>{paragraph('正文')}</w:customXml>"
    )
    assert text(body) == "标题\n正文\n"


MERGE = '<w:vMerge w:val="restart"/>'
ON = "<w:vMerge/>"


def cells(source: Source) -> list[list[list[str]]]:
    return [[[source.text[a:b] for a, b in row] for row in rows] for rows in source.tables]


@pytest.mark.parametrize(
    ("rows", "lines", "found"),
    [
        (
            [cell("任务") + cell("单位"), cell("修闸") + cell("水利局", MERGE), cell("清淤") + cell("", ON)],
            ["任务\t单位", "修闸\t水利局", "清淤\t"],
            [["任务", "单位"], ["修闸", "水利局"], ["清淤", "水利局"]],
        ),
        (
            [cell("任务", '<w:gridSpan w:val="2"/>') + cell("单位"), cell("甲") + cell("乙") + cell("丙")],
            ["任务\t单位", "甲\t乙\t丙"],
            [["任务", "任务", "单位"], ["甲", "乙", "丙"]],
        ),
        (
            [cell("甲") + cell("乙"), cell("") + cell(" "), cell("丙") + cell("丁")],
            ["甲\t乙", "丙\t丁"],
            [["甲", "乙"], ["丙", "丁"]],
        ),
        (
            [f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("甲")}', f"<w:trPr><w:del/></w:trPr>{cell('删')}"],
            ["甲"],
            [["", "甲"]],
        ),
        (
            [f"<w:tc>{paragraph('一')}{paragraph('二')}{table(cell('里'))}{paragraph('')}</w:tc>{cell('外')}"],
            ["一 二 里\t外"],
            [["一 二 里", "外"]],
        ),
    ],
)
def test_tables(rows: list[str], lines: list[str], found: list[list[str]]) -> None:
    source = from_bytes(word_file(table(*rows)))
    assert source.text.splitlines() == lines
    assert cells(source) == [found]


def test_notes_stand_at_the_end() -> None:
    note = f'<w:footnote w:id="0" w:type="separator">{paragraph("——")}</w:footnote><w:footnote w:id="2">{paragraph("见附件。")}</w:footnote>'
    end = f'<w:endnote w:id="2">{paragraph("尾注。")}</w:endnote>'
    source = from_bytes(word_file(paragraph("正文。"), footnotes=note, endnotes=end))
    assert source.text == "正文。\n见附件。\n尾注。\n"
    assert source.runs == (Run(0, "paragraph 1", 0), Run(4, "footnote 1", 0), Run(9, "endnote 1", 0))


def task(name: str, unit: str, by: str, properties: str = "") -> str:
    return cell(name) + cell(unit, properties) + cell(by)


def test_an_official_document_is_read_as_it_stands() -> None:
    """The order of GB/T 9704-2012: title, addressees, body under numbers, attachment, signature, table of tasks."""
    body = (
        paragraph("云溪市人民政府办公室关于做好防汛工作的通知", '<w:jc w:val="center"/>')
        + paragraph("各县（市、区）人民政府：")
        + paragraph("为做好今年防汛工作，现将有关事项通知如下。")
        + numbered("压实防汛责任")
        + numbered("落实包保制度。各地要逐库逐堤落实责任人，6月底前完成公示。", 1)
        + numbered("强化督查。市水利局要每周通报进展。", 1)
        + numbered("做好物资储备")
        + paragraph("各地要按标准备足抢险物资，严禁挪作他用。")
        + paragraph("附件：防汛重点任务分工表")
        + paragraph("云溪市人民政府办公室")
        + table(
            cell("任务") + cell("责任单位") + cell("时限"),
            task("加固东湖堤防", "市水利局", "6月底", MERGE),
            task("清淤城区排水管网", "", "7月底", ON),
        )
    )
    reading = read(word_file(body, numbering=OFFICIAL))
    assert reading.source.text.splitlines()[3:7] == [
        "一、压实防汛责任",
        "（一）落实包保制度。各地要逐库逐堤落实责任人，6月底前完成公示。",
        "（二）强化督查。市水利局要每周通报进展。",
        "二、做好物资储备",
    ]
    assert cells(reading.source)[0][2] == ["清淤城区排水管网", "市水利局", "7月底"]
    told = [directive.span.text for directive in reading.directives]
    assert any("逐库逐堤落实责任人" in each for each in told) and any("严禁挪作他用" in each for each in told)
    assert reading.title and reading.title.text == "云溪市人民政府办公室关于做好防汛工作的通知"


def test_an_inserted_number_points_at_its_paragraph() -> None:
    source = from_bytes(word_file(paragraph("首段") + numbered("压实责任"), numbering=OFFICIAL))
    assert source.runs == (Run(0, "paragraph 1", 0), Run(3, "paragraph 2", 0), Run(5, "paragraph 2", 0))


def test_heads_and_macros_are_not_read() -> None:
    import zipfile

    data = io.BytesIO(word_file(paragraph("正文")))
    with zipfile.ZipFile(data, "a") as file:
        file.writestr("word/header1.xml", "<broken")
        file.writestr("word/vbaProject.bin", b"\0" * 99)
    assert from_bytes(data.getvalue(), "a.docm").text == "正文\n"


WORDS = st.text(st.sampled_from("要抓好落实，。市委12 a\n\t"), max_size=12)


def derived(document: docx.document.Document) -> dict[str, str]:
    """The text of every part, as python-docx sees it."""
    parts = {f"paragraph {i}": each.text for i, each in enumerate(document.paragraphs, 1)}
    for t, each in enumerate(document.tables, 1):
        for r, row in enumerate(each.rows, 1):
            for c, found in enumerate(row.cells, 1):
                parts[f"table {t} row {r} cell {c}"] = found.text
    return parts


@settings(max_examples=40)
@given(st.lists(st.one_of(WORDS, st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3)), max_size=6))
def test_every_character_stands_where_its_run_says(blocks: list[str | list[tuple[str, str]]]) -> None:
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        made = document.add_table(0, 2)
        for pair in block:
            for found, inside in zip(made.add_row().cells, pair, strict=True):
                found.text = inside
    document.add_paragraph("末段。")
    out = io.BytesIO()
    document.save(out)
    source, parts = from_bytes(out.getvalue()), derived(document)
    ends = [each.start for each in source.runs[1:]] + [len(source.text)]
    for each, end in zip(source.runs, ends, strict=True):
        words = source.text[each.start : end].rstrip("\n\t ")
        there = parts[each.part][each.offset : each.offset + len(words)]
        in_cell = each.part.startswith("table")
        assert words == (there.replace("\n", " ").replace("\t", " ") if in_cell else there)
    joined = "".join(source.text.split())
    assert joined == "".join("".join(p.split()) for p in _in_order(document))


def _in_order(document: docx.document.Document) -> list[str]:
    out = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            out += [found.text for row in block.rows for found in row.cells]
        else:
            out.append(block.text)
    return out


def test_the_first_run_is_at_the_beginning() -> None:
    source = from_bytes(word_file(table(cell("") + cell("甲"))))
    assert source.text == "\t甲\n" and source.runs[0].start == 0
    assert in_document(source, 1) == ("table 1 row 1 cell 2", 0)
