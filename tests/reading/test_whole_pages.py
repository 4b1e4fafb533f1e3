"""Whole split documents as web pages: their tables come through whole, with and without words around them."""

from __future__ import annotations

import html

import pytest

from luoshi.reading import Source, read
from luoshi.reading.sources import from_bytes
from tests.reading.test_whole_documents import ALL, LATER, score
from tests.splits import Case

TITLE = "2025年重点工作责任分工一览表"


def _page(case: Case, title: str = "") -> Source:
    """A case as a page of a site of the administration; with a title, it is shown and named."""
    if "text" in case:
        body = _paragraphs(case["text"])
    else:
        tables = _table(case["rows"]) + (_table(case["more"]) if "more" in case else "")
        body = _paragraphs(case.get("before", "")) + tables + _paragraphs(case.get("after", ""))
    head = f"<title>{title}_桐溪县人民政府</title>" if title else ""
    shown = f"<h1>{title}</h1>" if title else ""
    page = f'<html><head><meta charset="utf-8">{head}</head><body>{shown}<div class="view">{body}</div></body></html>'
    return from_bytes(page.encode(), "page.html")


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n") if line.strip())


def _table(rows: list[list[str]]) -> str:
    """Rows as a table, `<` and `^` as cells over columns and rows."""
    out = ""
    for number, row in enumerate(rows):
        cells = ""
        for column, words in enumerate(map(str, row)):
            if words not in ("<", "^"):
                wide = _run([row[i] for i in range(column + 1, len(row))], "<")
                high = _run([below[column] for below in rows[number + 1 :]], "^")
                shown = html.escape(words).replace("\n", "<br>")
                cells += f'<td colspan="{wide}" rowspan="{high}">{shown}</td>'
        out += f"<tr>{cells}</tr>"
    return f'<table border="1">{out}</table>'


def _run(cells: list[str], mark: str) -> int:
    return 1 + next((i for i, cell in enumerate(cells) if cell != mark), len(cells))


@pytest.mark.parametrize("title", ["", TITLE], ids=["untitled", "titled"])
def test_it_works(title: str) -> None:
    found = score([*ALL, *LATER], lambda case: _page(case, title))
    shown = "\n".join([str(found), *found.wrong])
    assert found.items_f1 >= 0.97 and found.leads >= 0.97, shown
    assert found.owners_f1 >= 0.97 and found.due / found.dues >= 0.97, shown


ROWS = [["序号", "任务", "责任单位"], *([str(i), f"新建第{i}号泵站", "县水利局"] for i in range(1, 91))]


@pytest.mark.parametrize("before", ["", "现将任务分解如下，请抓好落实。"])
@pytest.mark.parametrize("after", ["", "桐溪县水利局", "各乡镇要按月报送进展，确保年底前完成。"])
@pytest.mark.parametrize("title", ["", TITLE], ids=["untitled", "titled"])
def test_a_long_table_comes_through_whole(before: str, after: str, title: str) -> None:
    found = read(_page({"before": before, "rows": ROWS, "after": after}, title))
    assert sum(bool(directive.lead) for directive in found.directives) == 90
