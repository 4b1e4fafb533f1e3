"""Paragraphs in, documents out: Word, PDF and OFD files as offices make them, to be read back in tests."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


def part(root: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {SPACES}>{content}</w:{root}>'


def word_file(body: str, **parts: str) -> bytes:
    """A DOCX with this body and parts (numbering, styles, footnotes …), everything as XML."""
    links = "".join(
        f'<Relationship Id="r{i}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>' for i, kind in enumerate(parts)
    )
    return zipped(
        {
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{links}</Relationships>',
            **{f"word/{kind}.xml": part(kind, content) for kind, content in parts.items()},
        }
    )


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def numbered(text: str, level: int = 0, list_id: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(levels: str, more: str = "") -> str:
    """One list (1) of these levels, and more lists."""
    made = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    return f'{made}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'


# As official documents number: 一、 （一） 1. (1), GB/T 9704-2012, 7.3.3.
OFFICIAL = numbering(
    level(0, "chineseCounting", "%1、")
    + level(1, "chineseCountingThousand", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "(%4)")
)


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


_NUMBERED = re.compile("([一二三四五六七八九])、(?=.)")


def official(lines: Sequence[str]) -> bytes:
    """A report as Word writers set it: a title, numbers made by Word, words in several runs, tables for layout."""
    out = [paragraph(lines[0], '<w:pStyle w:val="Title"/><w:jc w:val="center"/>')]
    expected = 1
    for i, line in enumerate(lines[1:]):
        found = _NUMBERED.match(line)
        if found and "零一二三四五六七八九".index(found[1]) == expected:
            out.append(numbered(line[found.end() :]))
            expected += 1
        elif i % 5 == 3:
            out.append(table(cell(line)))
        else:
            third = len(line) // 3
            inside = f"<w:ins>{run(line[third : 2 * third])}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
            out.append(f"<w:p>{run(line[:third])}{inside}{run(line[2 * third :])}</w:p>")
    return word_file("".join(out), numbering=OFFICIAL)


def pdf_file(
    lines: Sequence[str],
    columns: int = 1,
    size: float = 16,
    indented: bool = True,
    head: str = "云溪市人民政府办公室",
    copies: int = 1,
) -> bytes:
    """A report on A4 pages with a running head and page numbers, its first line set as the title."""
    out = io.BytesIO()
    width, height = A4
    margin, gap = 79, 2 * size
    measure = (width - 2 * margin - gap * (columns - 1)) / columns
    frames = [
        Frame(margin + i * (measure + gap), 99, measure, height - 204, 0, 0, 0, 0) for i in range(columns)
    ]  # GB/T 9704: 28 mm at the left, 37 mm at the top

    def edges(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(width / 2, height - 60, head)
        canvas.drawCentredString(width / 2, 60, f"— {document.page} —")

    text = ParagraphStyle(
        "text",
        fontName=FONT,
        fontSize=size,
        leading=1.75 * size,
        wordWrap="CJK",
        firstLineIndent=2 * size if indented else 0,
        spaceAfter=0 if indented else size,
    )
    title = ParagraphStyle(
        "title", text, fontSize=1.4 * size, leading=2.2 * size, alignment=1, firstLineIndent=0, spaceAfter=size
    )
    template = BaseDocTemplate(out, pagesize=A4)
    template.addPageTemplates(PageTemplate("page", frames, onPage=edges))
    template.build([Paragraph(escape(line), text if i else title) for i, line in enumerate(lines)] * copies)
    return out.getvalue()


def ofd_file(pages: Sequence[Sequence[str]], size: float = 5.0) -> bytes:
    """An OFD with these lines on its pages, a text object a line, characters a size apart."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    members: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
    }
    for i, lines in enumerate(pages):
        objects = "".join(
            f'<ofd:TextObject ID="{n}" Boundary="20 {30 + 9 * n} 170 7" Size="{size}">'
            f'<ofd:TextCode X="{2 * size if line.startswith("　") else 0}" Y="{size}" DeltaX="g {len(line) - 1} {size}">{escape(line.strip())}</ofd:TextCode></ofd:TextObject>'
            for n, line in enumerate(lines)
        )
        members[f"Doc_0/Pages/Page_{i}/Content.xml"] = (
            f"<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return zipped(members)
