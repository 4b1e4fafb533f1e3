"""PDFs in, paragraphs with the way back to the characters of the page out."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from luoshi.reading import Unreadable, read
from luoshi.reading.facts import Source
from luoshi.reading.sources import from_bytes, pdf

from .made import FONT, pdf_file

TITLE = "全市防汛工作会议召开"
SENTENCE = "会议强调，要压实防汛责任，加密巡堤查险，紧盯水库、河道和低洼地带，确保群众生命财产安全。"
LONG = "会议指出，今年汛期来得早、雨量大，各级各部门要时刻绷紧安全这根弦，" + SENTENCE


def drawn(draw: Callable[[Canvas], None], **options: object) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), **options)
    canvas.setFont(FONT, 16)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def lines(*texts: str, x: float = 80, y: float = 700, step: float = 28) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        for i, each in enumerate(texts):
            canvas.drawString(x, y - i * step, each)

    return draw


def wrapped(text: str, indent: bool = True) -> list[str]:
    """A paragraph in lines of 27 characters, as a page of 16 points has them."""
    text = "　" * 2 * indent + text
    return [text[i : i + 27] for i in range(0, len(text), 27)]


def test_it_works() -> None:
    reading = read(pdf_file([TITLE, LONG, SENTENCE]))
    assert reading.source.text.splitlines()[-3:] == [TITLE, LONG, SENTENCE]
    assert len(reading.directives) == 3


def test_heads_and_numbers_of_pages_are_dropped() -> None:
    body = [LONG, SENTENCE] * 12
    assert from_bytes(pdf_file([TITLE, *body])).text.splitlines() == [TITLE, *body]


def test_the_same_lines_on_every_page_are_no_heads() -> None:
    body = [SENTENCE] * 60
    assert from_bytes(pdf_file([TITLE, *body])).text.splitlines() == [TITLE, *body]


@pytest.mark.parametrize("number", ["— 1 —", "- 1 -", "1", "第1页", "第 1 页 共 9 页", "第一页", "1/9", "Page 1 of 9"])
def test_a_number_of_a_single_page_is_dropped(number: str) -> None:
    def draw(canvas: Canvas) -> None:
        lines(*wrapped(LONG))(canvas)
        canvas.drawString(280, 60, number)

    assert from_bytes(drawn(draw)).text == LONG + "\n"


@pytest.mark.parametrize("size", [9, 10.5, 12])
def test_columns_are_read_one_after_the_other(size: float) -> None:
    body = [LONG, SENTENCE] * 5
    assert from_bytes(pdf_file([TITLE, *body], columns=2, size=size)).text.splitlines()[-len(body) :] == body


def test_paragraphs_without_indents_are_told_by_their_gaps() -> None:
    body = [LONG, SENTENCE] * 5
    assert from_bytes(pdf_file([TITLE, *body], indented=False, size=12)).text.splitlines()[-len(body) :] == body


def test_a_list_of_short_lines_is_not_joined() -> None:
    items = ["水利局：修闸", "住建局：排涝", "应急局：值守", "气象局：预警", "民政局：安置", "商务局：保供"]
    assert from_bytes(drawn(lines(*items))).text.splitlines() == items


def test_scattered_words_are_read() -> None:
    def draw(canvas: Canvas) -> None:
        for i in range(18):
            canvas.drawString(40 + 28 * (7 * i % 18), 780 - 40 * i, "抓")

    assert from_bytes(drawn(draw)).text == "抓\n" * 18


def test_radicals_stay_for_the_cleaning() -> None:
    source = from_bytes(drawn(lines("⼯作会议由市⻓主持。")))
    assert source.text == "⼯作会议由市⻓主持。\n"
    assert "工作会议由市长主持" in read(drawn(lines("会议强调，⼯作会议由市⻓主持。"))).statements[0].span.text


def test_characters_beyond_the_basic_plane_are_one() -> None:
    assert from_bytes(drawn(lines("在𠮷林召开"))).text == "在𠮷林召开\n"


def test_words_parted_at_the_end_of_a_line_are_whole() -> None:
    text = ["　　" + "要" * 24 + "co-", "operation" + "要" * 20, "要" * 27, "要" * 27, "落实。"]
    assert "要cooperation要" in from_bytes(drawn(lines(*text))).text


def test_watermarks_are_dropped_and_turned_pages_read() -> None:
    def marked(canvas: Canvas) -> None:
        lines(*wrapped(LONG))(canvas)
        canvas.rotate(45)
        canvas.drawString(400, 100, "内部资料")

    def turned(degrees: int, x: float, y: float) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.rotate(degrees)
            lines(*wrapped(LONG), x=x, y=y)(canvas)

        return draw

    assert from_bytes(drawn(marked)).text == LONG + "\n"
    for degrees, x, y in ((90, 100, -100), (180, -500, -100), (270, -700, 500)):
        assert from_bytes(drawn(turned(degrees, x, y))).text == LONG + "\n", degrees


def test_text_set_downwards_is_read_from_the_right() -> None:
    def draw(canvas: Canvas) -> None:
        for column, line in enumerate(wrapped(LONG)):
            for row, character in enumerate(line):
                canvas.drawString(500 - 28 * column, 700 - 16 * row, character)

    assert from_bytes(drawn(draw)).text == LONG + "\n"


def test_cells_side_by_side_are_parted_by_tabs() -> None:
    def draw(canvas: Canvas) -> None:
        for row, words in enumerate((("任务", "单位"), ("修好水闸", "水利局"))):
            for column, word in enumerate(words):
                canvas.drawString(80 + 200 * column, 700 - 30 * row, word)

    assert from_bytes(drawn(draw)).text == "任务\t单位\n修好水闸\t水利局\n"


def mapped_back(data: bytes, source: Source) -> int:
    """Check every run against PDFium's own text of the page; how many characters were checked."""
    document = pdfium.PdfDocument(data)
    pages = [page.get_textpage() for page in document]
    checked = 0
    ends = [run.start for run in source.runs[1:]] + [len(source.text)]
    for run, end in zip(source.runs, ends, strict=True):
        words = source.text[run.start : end].rstrip("\n\t ")
        page = pages[int(run.part.removeprefix("page ")) - 1]
        there = page.get_text_range(run.offset, len(words.encode("utf-16-le")) // 2)
        assert there.replace("\ufffe", "-") == words
        checked += len(words)
    return checked


@pytest.mark.parametrize("columns", [1, 2])
def test_every_character_stands_where_its_run_says(columns: int) -> None:
    data = pdf_file([TITLE, LONG, SENTENCE, "在𠮷林用 AI 和 5G 抓好⼯作，co-operation。"] * 6, columns=columns)
    source = from_bytes(data)
    assert mapped_back(data, source) == sum(len(line) for line in source.text.splitlines())


@settings(max_examples=25)
@given(
    st.lists(st.text(st.sampled_from("要抓好落实，。市委12 a（）"), min_size=1, max_size=60), min_size=1, max_size=8)
)
def test_no_character_is_lost_or_made_up(texts: list[str]) -> None:
    data = pdf_file([TITLE, *texts], head="")
    source = from_bytes(data)
    mapped_back(data, source)
    printed = "".join("".join(texts).split())
    assert "".join(source.text.split()).removeprefix(TITLE) == printed


@pytest.mark.parametrize("share", [0.0005, 0.1, 0.5, 0.9, 0.99])
def test_a_cut_off_file_is_read_or_named(share: float) -> None:
    whole = pdf_file([TITLE, *[LONG] * 30])
    try:
        assert from_bytes(whole[: int(len(whole) * share) + 8]).text
    except Unreadable as wrong:
        assert "\n" not in str(wrong)


def test_an_encrypted_file_is_named() -> None:
    locked = drawn(lines(TITLE), encrypt=pdfencrypt.StandardEncryption("secret", canPrint=0))
    with pytest.raises(Unreadable, match="encrypted; open it with its password"):
        from_bytes(locked)


def three_pages(canvas: Canvas) -> None:
    for _ in range(3):
        canvas.showPage()


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    with pytest.raises(Unreadable, match="3 pages, more than the 2 a report may have"):
        from_bytes(drawn(three_pages))


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)
    with pytest.raises(Unreadable, match=r"pip install 'luoshi\[pdf\]'"):
        from_bytes(drawn(lines(TITLE)))
