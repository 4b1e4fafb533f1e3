"""PDFs with ruled tables in, rows of cells out, the text around them as before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from luoshi.reading import Source, read
from luoshi.reading.sources import drawing, from_bytes
from tests import splits

from .ruled import WAYS, Lines, by_lines, document, drawn_table, gap, table
from .test_pdf import LONG, SENTENCE, drawn, lines

ROWS = [
    ["序号", "工作任务", "责任单位", "完成时限"],
    ["1", "疏浚骨干河道八十公里，加固堤防", "县水利局、各乡镇人民政府", "2025年6月底前"],
    ["2", "更换排涝泵站闸门", "县住建局", "年底前"],
]
CASES = [case for case in splits.cases("splits", "splits_later", "splits_unseen", "splits_third") if "rows" in case]


def cells(source: Source) -> list[list[list[str]]]:
    """The words of the cells of every table."""
    return [[[source.text[a:b] for a, b in row] for row in rows] for rows in source.tables]


def misplaced(data: bytes, source: Source) -> list[str]:
    """Characters that do not stand on the page where the runs say; what parts cells and words has no place."""
    document = pdfium.PdfDocument(data)
    pages = {f"page {number}": page.get_textpage() for number, page in enumerate(document, 1)}
    ends = [run.start for run in source.runs[1:]] + [len(source.text)]
    return [
        source.text[at]
        for run, end in zip(source.runs, ends, strict=True)
        for at in range(run.start, end)
        if not source.text[at].isspace()
        and pages[run.part].get_text_range(run.offset + at - run.start, 1) != source.text[at]
    ]


def test_it_works() -> None:
    source = from_bytes(document(LONG, table(ROWS), gap(), SENTENCE))
    assert source.text.splitlines() == [LONG, *("\t".join(row) for row in ROWS), SENTENCE]
    assert cells(source) == [ROWS]


@pytest.mark.parametrize("way", WAYS)
def test_however_its_rules_are_drawn(way: Callable[[Canvas, Lines, Lines], None]) -> None:
    data = drawn(drawn_table(ROWS, way))
    source = from_bytes(data)
    assert cells(source) == [ROWS]
    assert misplaced(data, source) == []


def test_on_a_turned_page() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        canvas.translate(0, -750)
        drawn_table(ROWS, by_lines)(canvas)

    assert cells(from_bytes(drawn(draw))) == [ROWS]


def test_a_merged_cell_is_one_stretch_in_all_its_rows_and_columns() -> None:
    rows = [["任务", "举措", "单位"], ["治水", "修闸", "水利局"], ["^", "清淤", "住建局"], ["以上按月报送", "<", "<"]]
    source = from_bytes(document(table(rows)))
    (made,) = source.tables
    assert made[1][0] == made[2][0] and len(set(made[3])) == 1
    assert cells(source)[0][2] == ["治水", "清淤", "住建局"]
    assert source.text.splitlines() == ["任务\t举措\t单位", "治水\t修闸\t水利局", "\t清淤\t住建局", "以上按月报送"]


def as_pdf(case: splits.Case, middle: bool) -> Source:
    tables = [table(case["rows"], middle=middle)]
    if "more" in case:
        tables += [gap(), table(case["more"], middle=middle, like=case["rows"])]
    return from_bytes(document(case.get("before", ""), *tables, gap(), case.get("after", "")))


@pytest.mark.parametrize("middle", [False, True])
def test_the_items_of_tables_are_those_of_their_rows(middle: bool) -> None:
    def told(source: Source, case: splits.Case) -> set[tuple[object, ...]]:
        published = str(case["published"]) if case.get("published") else None
        return {
            ("".join(d.span.text.split()), *(tuple(u.text for u in units) for units in (d.lead, d.support)),
             d.number and d.number.text, d.deadline and d.deadline.by)
            for d in read(source, published).directives
        }  # fmt: skip

    right = most = 0
    for case in CASES:
        expected, found = told(splits.source(case), case), told(as_pdf(case, middle), case)
        right += 2 * len(expected & found)
        most += len(expected) + len(found)
    assert most > 150 and right / most >= 0.98


def test_a_table_of_many_pages_is_read_to_its_end() -> None:
    tasks = [[str(i), f"疏浚第{i}号河道，加固两岸堤防", "县水利局", "2025年6月底前"] for i in range(1, 91)]
    for repeated in (0, 1):
        reading = read(document(SENTENCE, table([ROWS[0], *tasks], repeated=repeated), gap(), LONG))
        assert len(reading.source.tables) > 2
        items = [d for d in reading.directives if d.lead]
        assert [d.number.text if d.number else None for d in items] == [row[0] for row in tasks]
        assert {u.text for d in items for u in d.units} == {"县水利局"}


def test_a_row_left_for_the_next_page_belongs_to_the_table() -> None:
    def draw(canvas: Canvas) -> None:
        drawn_table(ROWS, by_lines)(canvas)
        canvas.showPage()
        drawn_table([["3", "安装护栏十二公里，补种行道树", "县公安局", "长期坚持"]], by_lines)(canvas)

    assert [[u.text for u in d.lead] for d in read(drawn(draw)).directives] == [
        ["县水利局", "各乡镇人民政府"],
        ["县住建局"],
        ["县公安局"],
    ]


def test_heads_and_numbers_of_pages_full_of_tables_are_dropped() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(1, 4):
            drawn_table(ROWS, by_lines)(canvas)
            canvas.drawString(250, 780, "云溪市人民政府办公室")
            canvas.drawString(290, 40, f"— {page} —")
            canvas.showPage()

    assert from_bytes(drawn(draw)).text.splitlines() == ["\t".join(row) for row in ROWS] * 3


FRAMED = "会议强调，要压实防汛责任，紧盯水库、河道。"


@pytest.mark.parametrize(
    "rows", [[[FRAMED]], [[FRAMED], [FRAMED]], [[FRAMED, FRAMED]], [["", FRAMED], ["", FRAMED]], [["", ""], ["", ""]]]
)
def test_a_frame_is_no_table(rows: list[list[str]]) -> None:
    head = [FRAMED, *[""] * (len(rows[0]) - 1)]  # above the frame
    plain = from_bytes(drawn(drawn_table([head, *rows], lambda *_: None))).text
    framed = from_bytes(drawn(drawn_table([head, *rows], lambda canvas, xs, ys: by_lines(canvas, xs, ys[:-1]))))
    assert framed.text == plain and not framed.tables


def test_the_border_of_a_page_and_underlines_change_nothing() -> None:
    text = [LONG[i : i + 26] for i in range(0, len(LONG), 26)]

    def draw(canvas: Canvas) -> None:
        lines(*text)(canvas)
        canvas.rect(60, 60, 475, 720)
        canvas.line(80, 698, 300, 698)

    assert from_bytes(drawn(draw)).text == from_bytes(drawn(lines(*text))).text == LONG + "\n"


def test_a_table_in_the_border_of_a_page() -> None:
    def draw(canvas: Canvas) -> None:
        drawn_table(ROWS, by_lines)(canvas)
        canvas.rect(30, 30, 535, 780)

    assert cells(from_bytes(drawn(draw))) == [ROWS]


def test_paragraphs_of_a_cell_are_parted_and_its_wrapped_words_whole() -> None:
    rows = [["任务", "单位"], ["疏浚骨干河道八十公里", "县水利局"], ["修闸", "县住建局"]]

    def draw(canvas: Canvas) -> None:
        drawn_table(rows, by_lines, width=7)(canvas)
        canvas.drawString(60 + 7 * 12 + 12 + 6, 700 - 24 - 15 - 16, "县财政局")

    assert cells(from_bytes(drawn(draw)))[0][1] == ["疏浚骨干河道八十公里", "县水利局 县财政局"]


def test_units_below_each_other_are_parted() -> None:
    rows = [["类别", "任务", "单位"], ["水利", "疏浚河道", "县水利局县财政局各乡镇"]]
    source = from_bytes(drawn(drawn_table(rows, by_lines, width=4)))
    assert cells(source)[0][1] == ["水利", "疏浚河道", "县水利局 县财政局 各乡镇"]


def test_words_set_downwards_in_a_cell_are_whole() -> None:
    task = "疏浚骨干河道二十公里加固堤防"

    def draw(canvas: Canvas) -> None:
        drawn_table([["类别", "任务"], ["", task]], by_lines, width=4)(canvas)
        for row, character in enumerate("民生实事"):
            canvas.drawString(84, 661 - 16 * row, character)

    assert cells(from_bytes(drawn(draw)))[0][1] == ["民生实事", task]


def test_tables_and_the_text_around_them_keep_their_order() -> None:
    source = from_bytes(document(LONG, table(ROWS), gap(), SENTENCE, table(ROWS), gap(), LONG))
    row = ["\t".join(words) for words in ROWS]
    assert source.text.splitlines() == [LONG, *row, SENTENCE, *row, LONG]


@settings(max_examples=20)
@given(st.lists(st.lists(st.text("要抓好落实，。12a", max_size=14), min_size=3, max_size=3), min_size=3, max_size=5))
def test_no_character_is_lost_or_made_up(rows: list[list[str]]) -> None:
    rows = [["任务", "单位", "时限"], *rows]
    data = drawn(drawn_table(rows, by_lines))
    source = from_bytes(data)
    assert misplaced(data, source) == []
    assert "".join(source.text.split()) == "".join(words for row in rows for words in row)


RULES = st.lists(
    st.tuples(*[st.integers(5, 90)] * 2, st.sampled_from([(300, 0), (0, 300), (80, 0), (0, 80)])), max_size=30
)


@settings(max_examples=20)
@given(RULES)
def test_whatever_is_drawn_across_no_character_is_lost(rules: list[tuple[int, int, tuple[int, int]]]) -> None:
    def draw(canvas: Canvas) -> None:
        drawn_table(ROWS, lambda *_: None)(canvas)
        for x, y, (along, down) in rules:
            canvas.line(6 * x, 8 * y, 6 * x + along, 8 * y - down)

    source = from_bytes(drawn(draw))
    assert Counter("".join(source.text.split())) == Counter("".join(words for row in ROWS for words in row))
    stretches = [span for rows in source.tables for row in rows for span in row]
    assert all("\t" not in source.text[a:b] and "\n" not in source.text[a:b] for a, b in stretches)


@pytest.mark.parametrize("bound", ["MOST_POINTS", "MOST_OBJECTS"])
def test_a_page_drawn_of_too_much_is_read_as_plain_text(bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = drawn(drawn_table(ROWS, by_lines))
    monkeypatch.setattr(drawing, bound, 3)
    source = from_bytes(data)
    assert not source.tables and "县住建局" in source.text


@pytest.mark.parametrize(
    "code",
    [
        "1e9 1e9 100 0.5 re f",
        "1e38 1e38 m 1e38 -1e38 l S",
        "1e30 0 0 1e30 0 0 cm 1e30 1e30 10 1 re f",
        "0 0 0 0 0 0 cm 0 0 10 10 re S",
        "BT /F1 12 Tf 1 0 0 1 1e20 100 Tm ( ) Tj ET",
        "0 0 m S 10 10 l h S",
    ],
)
def test_drawing_beyond_all_bounds_changes_nothing(code: str) -> None:
    def draw(canvas: Canvas) -> None:
        drawn_table(ROWS, by_lines)(canvas)
        canvas._code.append(code)

    assert cells(from_bytes(drawn(draw))) == [ROWS]


def spaced(*words: str, gap: float, blanks: bool) -> Callable[[Canvas], None]:
    """Words of one line as browsers write them: each by itself, and blanks by themselves too, or only left."""

    def draw(canvas: Canvas) -> None:
        x = 80.0
        for word in words:
            canvas.drawString(x, 700, word)
            x += canvas.stringWidth(word)
            if blanks:
                canvas.drawString(x, 700, " ")
            x += gap * 16

    return draw


@pytest.mark.parametrize(
    ("words", "gap", "blanks", "expected"),
    [
        (("2025-03-04", "09:12"), 0.25, True, "2025-03-04 09:12"),
        (("2025-03-04", "09:12"), 0.25, False, "2025-03-04 09:12"),
        (("AI", "5G"), 0.3, False, "AI 5G"),
        (("首页", "政务公开"), 0.25, True, "首页 政务公开"),
        (("首页", "政务公开"), 0.25, False, "首页政务公开"),
        (("到", "2025", "年"), 0.25, False, "到2025年"),
        (("要", "抓", "好"), 0.4, False, "要抓好"),
    ],
)
def test_blanks_that_are_written_are_kept(words: tuple[str, ...], gap: float, blanks: bool, expected: str) -> None:
    assert from_bytes(drawn(spaced(*words, gap=gap, blanks=blanks))).text == expected + "\n"
