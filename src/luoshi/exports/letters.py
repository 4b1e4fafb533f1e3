"""What an item is known by in, a 督办单 or 提醒函 as Word out: a draft that a person fills in, signs and sends.

Laid out as GB/T 9704-2012 asks of letters, as far as python-docx goes: paper, margins, type, lines, page numbers; no
red head and no seal. What the item does not say is 【待填】, never a guess. Such letters are in simplified Chinese.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from .cells import UNFIT

# GB/T 9704-2012, 5.2: A4, 37 mm above, 28 mm left, a type area of 156 by 225 mm; 22 lines of 28 characters a page,
# which is a line of 225 / 22 mm.
TOP, LEFT, WIDE, HIGH = Mm(37), Mm(28), Mm(156), Mm(225)
PAPER_WIDE, PAPER_HIGH = Mm(210), Mm(297)
LINE = Pt(29)
# 三号 for the text, 二号 for the title, 四号 for the number of a page (5.2.2, 7.3.1, 7.5).
BODY, TITLE, FOOT = Pt(16), Pt(22), Pt(14)
# Where name and day stand, as wide as fifteen characters at the right: a day is seven wide, and so ends four from the
# edge as 7.3.5.1 asks, whatever is put in its place; the name stands in the middle above it.
SIGNED = Length(WIDE - BODY * 15)
HEADS = Mm(34)
FANGSONG, HEITI, TITLE_FACE, SONG = "仿宋_GB2312", "黑体", "方正小标宋简体", "宋体"


class Facts(NamedTuple):
    """What is known of an item on a day; empty is not known, and is to be filled in where a letter asks for it.
    `still`: no clock runs towards its deadline, so that nobody may say that it is late."""

    number: str
    words: str
    list: str
    basis: str
    urgency: str
    lead: str
    supports: tuple[str, ...]
    handler: str
    in_charge: str
    frequency: str
    measure: str
    state: str
    due: datetime.date | None
    opened_on: datetime.date
    dispatched_on: datetime.date | None
    signed_on: datetime.date | None
    reported_on: datetime.date | None
    reminded: int
    sender: str
    today: datetime.date
    still: bool = False


def letter(kind: str, facts: Facts) -> bytes:
    """A letter of KINDS as the bytes of a .docx file."""
    name, title, write = KINDS[kind]
    document = Document()
    _set_up(document, f"{name} {facts.number}", facts.today)
    _paragraph(document, title, TITLE, TITLE_FACE, WD_ALIGN_PARAGRAPH.CENTER)
    _paragraph(document, "")
    write(document, facts)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def gap(what: str) -> str:
    """What a person is to fill in."""
    return f"【待填：{what}】"


def day(value: datetime.date | None, what: str = "") -> str:
    """A day as documents write it; where there is none, what is to be filled in."""
    return f"{value.year}年{value.month}月{value.day}日" if value else gap(what)


def standing(facts: Facts) -> str:
    """Where the item stands on the day, in a sentence; natural days, the day of the deadline included."""
    said = [f"截至{day(facts.today)}，该事项状态为“{facts.state}”"]
    if facts.due is None:
        said.append("未定完成期限")
    elif facts.still:
        said.append("办理时限现停止计算")
    elif facts.today > facts.due:
        said.append(f"已超过完成期限{(facts.today - facts.due).days}天")
    else:
        said.append(f"距完成期限还有{(facts.due - facts.today).days}天")
    if facts.dispatched_on and not facts.signed_on:
        said.append("尚未签收")
    said.append(f"最近一次反馈为{day(facts.reported_on)}" if facts.reported_on else "尚未反馈进展")
    if facts.reminded:
        said.append(f"已催办{facts.reminded}次")
    return "，".join(said) + "。"


def _supervision(document: Any, facts: Facts) -> None:
    _paragraph(document, f"编号：{gap('督办单编号')}")
    rows = (
        ("事项编号", facts.number),
        ("督办事项", facts.words),
        ("清单", facts.list),
        ("督办依据", facts.basis or gap("督办依据")),
        ("紧急程度", facts.urgency or gap("紧急程度")),
        ("目标成效", facts.measure or gap("目标成效")),
        ("牵头单位", facts.lead or gap("牵头单位")),
        ("配合单位", "、".join(facts.supports) or "无"),
        ("承办人", facts.handler or gap("承办人")),
        ("分管领导", facts.in_charge or gap("分管领导")),
        ("交办日期", day(facts.dispatched_on, "交办日期")),
        ("完成期限", day(facts.due, "完成期限")),
        ("汇报频次", facts.frequency or gap("汇报频次")),
        ("办理情况", standing(facts)),
        ("领导批示", gap("领导批示")),
        ("督办要求", f"请于{gap('反馈期限')}前书面反馈办理情况和下一步措施。"),
        ("督办人", gap("督办人和联系电话")),
    )
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for head, words in rows:
        row = table.add_row()
        # A row is not torn in two by the end of a page.
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, said, face in zip(row.cells, (head, words), (HEITI, FANGSONG), strict=True):
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            _write(cell.paragraphs[0], said, BODY, face)
        row.cells[0].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    # Of the columns as well as of their cells: some programs go by the one, some by the other.
    for column, width in zip(table.columns, (HEADS, Length(WIDE - HEADS)), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    _signed(document, facts)


def _reminder(document: Any, facts: Facts) -> None:
    _paragraph(document, f"{facts.lead or gap('牵头单位')}：")
    basis = f"根据{facts.basis}，" if facts.basis else f"根据{gap('依据')}，"
    beside = f"，{'、'.join(facts.supports)}配合" if facts.supports else ""
    _paragraph(document, f"{basis}“{facts.words}”（{facts.number}）由你单位牵头办理{beside}。", indented=True)
    signed = f"，{day(facts.signed_on)}签收" if facts.signed_on else ""
    dispatched, due = day(facts.dispatched_on, "交办日期"), day(facts.due, "完成期限")
    _paragraph(document, f"该事项于{dispatched}交办{signed}，完成期限为{due}。{standing(facts)}", indented=True)
    asked = (
        f"请抓紧办理，并于{gap('反馈期限')}前书面反馈进展情况、存在问题和下一步措施；确需延期的，请在到期前提出申请。"
    )
    _paragraph(document, asked, indented=True).paragraph_format.keep_with_next = True
    _signed(document, facts)
    # 7.3.6: a note in brackets below the day, two characters in.
    _paragraph(document, f"（联系人：{gap('姓名和电话')}）", indented=True)


# What a letter is called, its title (a letter's says what it is about, 7.3.1; a form's does not), and what writes it.
KINDS: Mapping[str, tuple[str, str, Callable[[Any, Facts], None]]] = {
    "supervision": ("督办单", "督办单", _supervision),
    "reminder": ("提醒函", "关于抓紧办理有关事项的提醒函", _reminder),
}


def _signed(document: Any, facts: Facts) -> None:
    """Who sends it and when (7.3.5.1), never on a page of their own."""
    _paragraph(document, "").paragraph_format.keep_with_next = True
    for words in (facts.sender or gap("发文单位"), gap("成文日期")):
        made = _paragraph(document, words, align=WD_ALIGN_PARAGRAPH.CENTER)
        made.paragraph_format.left_indent = SIGNED
        made.paragraph_format.keep_with_next = words != gap("成文日期")


def _set_up(document: Any, title: str, today: datetime.date) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = PAPER_WIDE, PAPER_HIGH
    section.top_margin, section.left_margin = TOP, LEFT
    section.right_margin, section.bottom_margin = PAPER_WIDE - LEFT - WIDE, PAPER_HIGH - TOP - HIGH
    # The number of a page stands 7 mm below the type area (7.5).
    section.footer_distance = Length(section.bottom_margin - Mm(7) - FOOT)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    _face(document.styles["Normal"], FANGSONG)
    # 28 characters a line: no room is put between them and figures.
    layout = document.styles["Normal"].element.get_or_add_pPr()
    for number, name in enumerate(("w:autoSpaceDE", "w:autoSpaceDN")):
        off = OxmlElement(name)
        off.set(qn("w:val"), "0")
        layout.insert(number, off)
    document.styles["Normal"].font.size = BODY
    about, made = document.core_properties, datetime.datetime.combine(today, datetime.time())
    about.author = about.last_modified_by = about.comments = ""
    about.title, about.created, about.modified = _fit(title), made, made


def _paragraph(
    document: Any,
    words: str,
    size: Length = BODY,
    face: str = FANGSONG,
    align: Any = None,
    *,
    indented: bool = False,
) -> Any:
    made = document.add_paragraph()
    made.alignment = align
    if indented:
        # Two characters, whatever their size: what Word calls 首行缩进2字符.
        indent = made.paragraph_format.element.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), "200")
        indent.set(qn("w:firstLine"), str(int(BODY.pt * 2 * 20)))
    _write(made, words, size, face)
    return made


def _write(paragraph: Any, words: str, size: Length, face: str) -> None:
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    run = paragraph.add_run(_fit(words))
    run.font.size = size
    _face(run, face)


def _face(of: Any, face: str) -> None:
    """The face of Chinese characters as well as of others; python-docx sets that of others alone. What could be either
    (“” … —) is Chinese."""
    of.font.name = face
    faces = of.element.get_or_add_rPr().get_or_add_rFonts()
    faces.set(qn("w:eastAsia"), face)
    faces.set(qn("w:hint"), "eastAsia")


def _page_number(paragraph: Any, align: Any) -> None:
    """— 1 — in 四号 宋体, odd pages right and even ones left, a character from the edge (7.5)."""
    paragraph.alignment = align
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = FOOT
    for part in ("— ", "begin", "PAGE", "end", " —"):
        run = paragraph.add_run("" if part in ("begin", "PAGE", "end") else part)
        run.font.size = FOOT
        _face(run, SONG)
        if part == "PAGE":
            made = OxmlElement("w:instrText")
            made.text = part
            run._r.append(made)
        elif part in ("begin", "end"):
            made = OxmlElement("w:fldChar")
            made.set(qn("w:fldCharType"), part)
            run._r.append(made)


def _fit(words: str) -> str:
    return UNFIT.sub("", words)
