"""Pages made of templates and the project's own reports, in; floors for what comes through, held.

Every template is filled with every report by `python -m bench.html`; here with every seventh, so that each template
and each report has its turn within seconds.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from luoshi.reading import Reading, read
from luoshi.reading.sources.html import read_html
from tests.made_pages import TEMPLATES, Kept, MadePage, Report, all_reports, judged, made_pages

EVERY = 7
PAGES = tuple(made_pages(EVERY))


@cache
def _kept() -> tuple[Kept, ...]:
    out = []
    for page in PAGES:
        found = read_html(page.data, page.template)
        known = found.known
        out.append(judged(page, found.text, (known.published, known.publisher, known.editor)))
    return tuple(out)


@cache
def _plain(report: Report) -> Reading:
    return read(report.plain())


@cache
def _read(page: MadePage) -> Reading:
    return read(page.data)


def test_it_works() -> None:
    assert len(TEMPLATES) >= 35 and len(all_reports()) == 20
    assert {page.template for page in PAGES} == {path.name.removesuffix(".html") for path in TEMPLATES}


def test_the_body_comes_through_whole() -> None:
    assert sum(k.body[0] for k in _kept()) / sum(k.body[1] for k in _kept()) >= 0.99
    assert all(k.title for k in _kept())


def test_little_of_the_rest_comes_through() -> None:
    assert sum(len(k.leaked) for k in _kept()) / sum(k.chrome for k in _kept()) <= 0.04


def test_publisher_date_and_editor_come_through() -> None:
    lost, shown = sum(len(k.lost) for k in _kept()), sum(len(page.shows) for page in PAGES)
    assert 1 - lost / shown >= 0.98


def test_a_page_tells_what_its_text_tells() -> None:
    """The same directives, by their cleaned words, and the same title and day."""
    both = apart = 0
    wrong: Counter[str] = Counter()
    for page in PAGES:
        plain, reading = _plain(page.report), _read(page)
        told, again = (Counter(d.span.text for d in r.directives) for r in (plain, reading))
        both += 2 * (told & again).total()
        apart += (told - again).total() + (again - told).total()
        wrong["published"] += reading.published != page.report.date
        wrong["editor"] += "editor" in page.shows and reading.editor != page.report.editor
    assert both / (both + apart) >= 0.98
    assert max(wrong.values()) <= 0.02 * len(PAGES)


def test_a_publisher_is_read_where_the_page_names_it_as_one() -> None:
    named = [page for page in PAGES if re.search("(?:来源|來源)\\s*[：:]", read_html(page.data, "").text)]
    assert len(named) > len(PAGES) / 2
    assert [page.template for page in named if _read(page).publisher != page.report.publisher] == []
