"""Page templates and the project's own reports in, pages with what a reader must keep and must not keep out.

A template (`tests/pages/NAME.html`, or `NAME.gb18030.html`) holds places: `{{title}}`, `{{publisher}}`,
`{{author}}`, `{{editor}}`, `{{date}}` (2023-02-17), `{{cdate}}` (2023年2月17日), `{{clock}}`, and
`{{#paragraphs}}…{{.}}…{{/paragraphs}}` once for every paragraph; `{{.|entities}}` writes every character as an
entity. `NAME-short` takes the first paragraph alone. What stands in `[[…]]` is chrome.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from luoshi.reading import read
from luoshi.reading.clean import clean

from .folders import GOLD, PROJECT

TEMPLATES = sorted((PROJECT / "tests" / "pages").glob("*.html"))
_EACH = re.compile(r"\{\{#paragraphs\}\}(.*?)\{\{/paragraphs\}\}", re.S)
_PLACE = re.compile(r"\{\{(\w+|\.)(\|entities)?\}\}")
_CHROME = re.compile(r"\[\[(.*?)\]\]", re.S)
# Publishers, authors and editors of pages: one of each a report, so that no two pages are alike.
_PUBLISHERS = (
    "云岭观察网",
    "河畔日报",
    "绿洲县融媒体中心",
    "东山晚报",
    "松原发布",
    "青川县人民政府办公室",
    "江城新闻网",
)
_SURNAMES, _GIVEN = "林周闻简邬桑佟阮郝葛", ("小满", "知远", "正", "晓禾", "采薇", "一鸣", "怀远")


@dataclass(frozen=True)
class Report:
    """What a page is about."""

    name: str
    title: str
    paragraphs: tuple[str, ...]
    publisher: str
    author: str
    editor: str
    date: str

    @property
    def cdate(self) -> str:
        year, month, day = self.date.split("-")
        return f"{year}年{int(month)}月{int(day)}日"

    @property
    def clock(self) -> str:
        return f"{8 + len(self.title) % 10:02}:{len(self.paragraphs) % 6}5"

    def plain(self) -> str:
        """The same report as a text file."""
        info = f"发布时间：{self.date} {self.clock} 来源：{self.publisher} 作者：{self.author}"
        return "\n\n".join([self.title, info, *self.paragraphs, f"责任编辑：{self.editor}"])


@dataclass(frozen=True)
class MadePage:
    """A page, and what it is made of."""

    template: str
    report: Report
    data: bytes
    chrome: tuple[str, ...]
    # Which of publisher, date and editor the template shows.
    shows: tuple[str, ...]
    # Whether the template writes all paragraphs as one.
    glued: bool


@cache
def all_reports() -> tuple[Report, ...]:
    """The first 20 reports of the gold: titles and bodies as they stand, noise included, where lines are whole."""
    return tuple(_report(i, path.stem) for i, path in enumerate(sorted(GOLD.glob("*.txt"))[:20]))


def _report(i: int, name: str) -> Report:
    text = (GOLD / f"{name}.txt").read_bytes().decode("utf-8")
    given = json.loads((GOLD / f"{name}.gold.json").read_text("utf-8"))
    reading = read(text)
    assert reading.body
    raw, cleaned = text[reading.body.start : reading.body.end], reading.body.text
    body = cleaned if any(n.kind == "break" for n in clean(text).noise) else raw
    lines = [line.strip() for line in body.split("\n")]
    kept = tuple(x for x in lines if x and not re.match(r"!\[|<!--|▲|图为", x))
    title = (
        given["title"] or (reading.title and reading.title.text) or f"{kept[0][:3]}工作会议召开 部署{i + 1}项重点任务"
    )
    person = [_SURNAMES[(i * 3 + k) % 10] + _GIVEN[(i * 2 + k * 3) % 7] for k in (0, 1)]
    date = given["published"] or f"2023-{i % 12 + 1:02}-{i + 3:02}"
    return Report(name, title, kept, _PUBLISHERS[i % 7], person[0], person[1], date)


def template_name(path_name: str) -> str:
    return path_name.removesuffix(".html")


def made_page(name: str, template: str, report: Report) -> MadePage:
    """One template filled with one report."""
    if name.endswith("-short"):
        report = replace(report, paragraphs=report.paragraphs[:1])
    encoding = next((e for e in ("gb18030", "big5") if name.endswith(f".{e}")), "utf-8")

    def fill(match: re.Match[str], paragraph: str = "") -> str:
        value = paragraph if match[1] == "." else str(getattr(report, match[1]))
        return "".join(f"&#{ord(c)};" for c in value) if match[2] else html.escape(value, quote=False)

    def each(match: re.Match[str]) -> str:
        return "".join(_PLACE.sub(lambda m, p=paragraph: fill(m, p), match[1]) for paragraph in report.paragraphs)

    chrome = tuple(html.unescape(words).strip() for words in _CHROME.findall(template))
    shown = {"publisher": "{{publisher", "date": "date}}", "editor": "{{editor"}
    page = _PLACE.sub(fill, _EACH.sub(each, _CHROME.sub(r"\1", template)))
    return MadePage(
        name,
        report,
        page.encode(encoding, "xmlcharrefreplace"),
        tuple(filter(None, chrome)),
        tuple(key for key, place in shown.items() if place in template),
        "{{#paragraphs}}{{.}}{{/paragraphs}}" in template,
    )


def made_pages(every: int = 1) -> Iterator[MadePage]:
    """Every template with every report; of all pages, each `every`-th."""
    number = 0
    for path in TEMPLATES:
        template = path.read_text("utf-8")
        for report in all_reports():
            if number % every == 0:
                yield made_page(template_name(path.name), template, report)
            number += 1


def with_other_words(page: MadePage, words: str) -> bytes:
    """The same page with words put behind every comma."""
    encoding = page.template.rsplit(".", 1)[1] if "." in page.template else "utf-8"
    return page.data.replace("，".encode(encoding), f"，{words}".encode(encoding))


@dataclass(frozen=True)
class Kept:
    """What of a page came through: characters of body in whole paragraphs, chrome strings, lines."""

    body: tuple[int, int]
    leaked: tuple[str, ...]
    chrome: int
    title: bool
    lost: tuple[str, ...]


def judged(page: MadePage, text: str, known: tuple[str | None, ...] = (), glued: bool = False) -> Kept:
    """How an extracted text compares with what the page was made of.

    White space counts for nothing. A paragraph counts where it is a line of its own (anywhere if `glued`). A publisher, date or editor counts where it stands in the text or is known.
    """
    report = page.report
    lines = {_bare(line) for line in text.split("\n")}
    whole = _bare(text)
    kept = sum(len(p) for p in report.paragraphs if _bare(p) in lines or ((glued or page.glued) and _bare(p) in whole))
    own = _bare(report.plain())
    leaked = tuple(c for c in page.chrome if whole.count(_bare(c)) > own.count(_bare(c)))
    values = {"publisher": (report.publisher,), "date": (report.date, report.cdate), "editor": (report.editor,)}
    lost = tuple(key for key in page.shows if not any(v in known or _bare(v) in whole for v in values[key]))
    return Kept((kept, sum(map(len, report.paragraphs))), leaked, len(page.chrome), _bare(report.title) in whole, lost)


def _bare(words: str) -> str:
    return re.sub(r"\s", "", words)
