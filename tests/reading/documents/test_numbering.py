"""Lists of Word files in, the numbers that Word prints out."""

from __future__ import annotations

import pytest

from luoshi.reading.sources import from_bytes
from luoshi.reading.sources.word.counting import printed

from .made import OFFICIAL, level, numbered, numbering, paragraph, word_file


def text(body: str, **parts: str) -> str:
    return from_bytes(word_file(body, **parts)).text


def test_it_works() -> None:
    assert text(numbered("压实责任") + numbered("定人", 1), numbering=OFFICIAL) == "一、压实责任\n（一）定人\n"


def test_official_documents_are_numbered_as_printed() -> None:
    body = (
        numbered("压实责任")
        + numbered("明确分工。", 1)
        + numbered("定人", 2)
        + numbered("定岗", 2)
        + numbered("到村", 3)
        + numbered("加强督查。", 1)
        + numbered("5万亩农田", 2)
        + paragraph("不编号")
        + numbered("保障到位")
        + numbered("经费", 1)
    )
    assert text(body, numbering=OFFICIAL).splitlines() == [
        "一、压实责任",
        "（一）明确分工。",
        "1.定人",
        "2.定岗",
        "(1)到村",
        "（二）加强督查。",
        "1. 5万亩农田",
        "不编号",
        "二、保障到位",
        "（一）经费",
    ]


def _override(start: int) -> str:
    inside = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    return f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{inside}</w:num>'


STYLED = (
    '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)
LOOP = "".join(f'<w:style w:styleId="{a}"><w:basedOn w:val="{b}"/><!--numPr--></w:style>' for a, b in ("ab", "ba"))
TABLED = '<w:style w:type="table" w:styleId="t"><w:pPr><w:numPr/></w:pPr></w:style>'
LINKED = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="b"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


@pytest.mark.parametrize(
    ("levels", "body", "styles", "lines"),
    [
        (numbering(level(0, "decimal", "第%1条")), numbered("甲") + numbered("乙"), "", ["第1条甲", "第2条乙"]),
        (numbering(level(0, "bullet", "\uf0b7")), numbered("甲"), "", ["甲"]),
        (numbering(level(0, "none", "")), numbered("甲"), "", ["甲"]),
        (
            numbering(level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2", "<w:isLgl/>")),
            numbered("甲") + numbered("乙", 1),
            "",
            ["一、甲", "1.1乙"],
        ),
        (
            numbering(level(0, "decimal", "%1.") + level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')),
            numbered("甲") + numbered("乙", 1) + numbered("丙") + numbered("丁", 1),
            "",
            ["1.甲", "(1)乙", "2.丙", "(2)丁"],
        ),
        (
            numbering(level(0, "decimal", "%1."), _override(5)),
            numbered("甲") + numbered("乙", 0, 2) + numbered("丙", 0, 2),
            "",
            ["1.甲", "5.乙", "6.丙"],
        ),
        (OFFICIAL, paragraph("甲", '<w:pStyle w:val="a"/>'), STYLED, ["一、甲"]),
        (OFFICIAL, paragraph("甲", '<w:pStyle w:val="a"/>'), LOOP, ["甲"]),
        (OFFICIAL, paragraph("甲", '<w:pStyle w:val="a"/>'), TABLED + STYLED, ["一、甲"]),
        (OFFICIAL, paragraph("甲", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr>'), STYLED, ["甲"]),
        (LINKED, numbered("甲"), STYLED, ["甲"]),
        (OFFICIAL, numbered("甲", 0, 99), "", ["甲"]),
        (OFFICIAL, numbered("甲", 8), "", ["甲"]),
        (OFFICIAL, numbered("") + numbered("乙"), "", ["二、乙"]),
    ],
)
def test_lists(levels: str, body: str, styles: str, lines: list[str]) -> None:
    assert text(body, numbering=levels, styles=styles).splitlines() == lines


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (1, "decimal", "1"),
        (3, "decimalZero", "03"),
        (10, "chineseCounting", "十"),
        (11, "chineseCountingThousand", "十一"),
        (20, "japaneseCounting", "二十"),
        (21, "chineseCounting", "二十一"),
        (101, "chineseCounting", "一百〇一"),
        (110, "chineseCountingThousand", "一百一十"),
        (3, "ideographTraditional", "丙"),
        (11, "ideographTraditional", "11"),
        (3, "ideographZodiac", "寅"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (12, "ideographDigital", "一二"),
        (7, "decimalEnclosedCircle", "⑦"),
        (21, "decimalEnclosedCircleChinese", "21"),
        (12, "decimalFullWidth", "１２"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (2, "upperLetter", "B"),
        (5, "some form of the future", "5"),
    ],
)
def test_numbers_as_word_prints_them(number: int, form: str, shown: str) -> None:
    assert printed(number, form) == shown
