"""Letters as Word: laid out as the standard asks, every gap shown, nothing invented, nobody's name in what no one sees."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given
from hypothesis import strategies as st

from luoshi.exports.letters import KINDS, Facts, letter, standing

DAY = datetime.date
FULL = Facts(
    number="临川市任务清单〔2026〕12号",
    words="修好青溪县三座病险水库",
    list="任务清单",
    basis="市政府专题会议纪要〔2026〕8号",
    urgency="加急",
    lead="临川市水利局",
    supports=("临川市民政局", "青溪县水利局"),
    handler="临川市水利局 承办人",
    in_charge="临川市人民政府 领导",
    frequency="每周",
    measure="三座水库全部通过验收",
    state="办理中",
    due=DAY(2026, 11, 20),
    opened_on=DAY(2026, 10, 1),
    dispatched_on=DAY(2026, 10, 2),
    signed_on=DAY(2026, 10, 3),
    reported_on=DAY(2026, 11, 1),
    reminded=2,
    sender="临川市人民政府",
    today=DAY(2026, 11, 22),
)
UNKNOWN: dict[str, Any] = {
    **dict.fromkeys(("basis", "urgency", "lead", "handler", "in_charge", "frequency", "measure", "sender"), ""),
    **dict.fromkeys(("due", "dispatched_on", "signed_on", "reported_on")),
}
EMPTY = FULL._replace(**UNKNOWN, supports=(), reminded=0, state="待交办")
# Word counts in twentieths of a point.
TWIP = 635


def opened(kind: str, facts: Facts = FULL) -> Any:
    return Document(io.BytesIO(letter(kind, facts)))


def words(document: Any) -> str:
    lines = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*lines, *cells])


@pytest.mark.parametrize("kind", KINDS)
def test_it_works(kind: str) -> None:
    document = opened(kind)
    said = words(document)
    assert document.paragraphs[0].text == KINDS[kind][1]
    for known in (FULL.number, FULL.words, FULL.basis, FULL.lead, *FULL.supports, "2026年11月20日", FULL.sender):
        assert known in said, known
    assert "已超过完成期限2天" in said and "最近一次反馈为2026年11月1日" in said and "已催办2次" in said
    # Only a person knows when it is sent, until when to answer, whom to call.
    for asked in ("反馈期限", "成文日期"):
        assert f"【待填：{asked}】" in said
    assert "【待填：牵头单位】" not in said


# What is not known, and what a person is asked to fill in; each letter asks for what it says.
GAPS = {
    "supervision": (
        "牵头单位",
        "督办依据",
        "紧急程度",
        "目标成效",
        "承办人",
        "分管领导",
        "交办日期",
        "完成期限",
        "汇报频次",
        "发文单位",
    ),
    "reminder": ("牵头单位", "依据", "交办日期", "完成期限", "发文单位"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_item_does_not_say_is_a_gap(kind: str) -> None:
    said = words(opened(kind, EMPTY))
    assert [gap for gap in GAPS[kind] if f"【待填：{gap}】" not in said] == []
    assert "None" not in said and "未定完成期限" in said and "尚未反馈进展" in said


def test_gaps_are_those_of_the_table() -> None:
    assert set(GAPS) == set(KINDS)


STANDING = [
    ({"due": DAY(2026, 11, 21)}, "已超过完成期限1天"),
    ({"due": DAY(2026, 11, 22)}, "距完成期限还有0天"),
    ({"due": DAY(2026, 11, 25)}, "距完成期限还有3天"),
    ({"due": None}, "未定完成期限"),
    ({"signed_on": None}, "尚未签收"),
    ({"reported_on": None}, "尚未反馈进展"),
    ({"state": "待签收"}, "该事项状态为“待签收”"),
]


@pytest.mark.parametrize(("change", "said"), STANDING)
def test_where_it_stands(change: dict[str, Any], said: str) -> None:
    assert said in standing(FULL._replace(**change))


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_laid_out_as_the_standard_asks(kind: str) -> None:
    document = opened(kind)
    section = document.sections[0]
    high = section.page_height - section.top_margin - section.bottom_margin
    wide = section.page_width - section.left_margin - section.right_margin
    measured = (section.page_width, section.page_height, section.top_margin, section.left_margin, wide, high)
    for is_, wanted in zip(measured, (210, 297, 37, 28, 156, 225), strict=True):
        assert abs(is_ - Mm(wanted)) <= 3 * TWIP
    title, body = document.paragraphs[0].runs[0], next(p.runs[0] for p in document.paragraphs[2:] if p.text)
    assert (title.font.size, body.font.size) == (Pt(22), Pt(16))
    assert body._r.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert document.paragraphs[-1].paragraph_format.line_spacing == Pt(29)
    assert document.settings.odd_and_even_pages_header_footer
    assert "PAGE" in section.footer._element.xml and "PAGE" in section.even_page_footer._element.xml


@pytest.mark.parametrize("kind", KINDS)
def test_name_and_day_stand_in_the_middle_of_one_place(kind: str) -> None:
    """The day ends four characters from the right, the name stands above its middle, and both on the page before."""
    at = [p.text for p in opened(kind).paragraphs].index("【待填：成文日期】")
    before, name, day = opened(kind).paragraphs[at - 2 : at + 1]
    assert (before.text, name.text) == ("", FULL.sender)
    layout = [(p.alignment, p.paragraph_format.left_indent, p.paragraph_format.right_indent) for p in (name, day)]
    assert layout[0] == layout[1] == (WD_ALIGN_PARAGRAPH.CENTER, layout[0][1], None)
    # 2026年11月24日 is seven characters of 16 points wide: six figures of half a character, four of a whole one.
    ends = (Mm(156) - layout[0][1] - Pt(16) * 7) / 2
    assert abs(ends - Pt(16) * 4) <= TWIP
    assert before.paragraph_format.keep_with_next and name.paragraph_format.keep_with_next


def test_a_form_is_a_table_whose_rows_are_whole() -> None:
    (table,) = opened("supervision").tables
    wide = [column.width for column in table.columns]
    assert all([cell.width for cell in row.cells] == wide for row in table.rows)
    assert abs(sum(wide) - Mm(156)) <= 3 * TWIP and wide[0] < wide[1]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_a_letter_says_whom_to_call_below_the_day() -> None:
    assert opened("reminder").paragraphs[-1].text == "（联系人：【待填：姓名和电话】）"


def test_it_says_nothing_of_who_made_it() -> None:
    about = opened("reminder").core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    assert about.title == f"提醒函 {FULL.number}"


@given(st.text(max_size=40))
def test_whatever_an_item_says_makes_a_file_that_opens(said: str) -> None:
    made = letter("reminder", FULL._replace(words=said, lead=said, basis=said))
    assert zipfile.ZipFile(io.BytesIO(made)).testzip() is None
    assert Document(io.BytesIO(made)).paragraphs
