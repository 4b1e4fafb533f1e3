"""What a page says of itself (`<meta>`, ids, JSON-LD, `<time>`) in, its titles and Known out; nothing is guessed."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from ...facts import Known
from .names import field_of
from .page import Page

_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-年/.]?\s*(\d{1,2})\s*[-月/.]?\s*(\d{1,2})(?!\d)")
_LABEL = re.compile(r"^[\[【（(]?\s*[一-龥\s]{2,6}\s*[：:]\s*")
_NAME = re.compile(r"[一-龥·]{2,12}")
_PEOPLE = re.compile(r"[一-龥·]{2,4}(?:[\s、，,/]+[一-龥·]{2,4})*")
_ROLE = re.compile(r"(?:本报|本网|全媒体)?(?:记者|通讯员)|[\]】）)]$")
# What stands in these fields and names nobody.
_NOBODY = re.compile(
    "首页|网站|^(?:本站|本网|未知|原创|转载|互联网|网络|佚名|编辑|作者|来源|无|综合|(?:超级|系统)?管理员|匿名)$"
)
_PUBLISHER = re.compile(r"[^\s：:|｜，；]{2,24}")
# Titles and longer blocks of linked data are no news article.
_LONGEST_LINKED_DATA = 50_000


def metadata(page: Page) -> tuple[list[str], Known]:
    """The titles that a page gives outside its text, and what is known of its publication."""
    found: dict[str, list[tuple[int, str]]] = {}
    for field, rank, value in _all(page):
        if value.strip():
            found.setdefault(field, []).append((rank, value.strip()))
    ranked = {field: [value for _, value in sorted(each, key=lambda v: v[0])] for field, each in found.items()}
    titles = ranked.get("title", [])
    if page.title:
        titles = [*titles, page.title.words]
    return titles, Known(
        _first(ranked, "published", _day),
        _first(ranked, "publisher", _publisher),
        _first(ranked, "author", _people),
        _first(ranked, "editor", _people),
    )


def _first(found: dict[str, list[str]], field: str, read: Any) -> str | None:
    return next((value for value in map(read, found.get(field, ())) if value), None)


def _all(page: Page) -> Iterator[tuple[str, int, str]]:
    """Field, rank and value of all that a page gives; an element with a telling id goes before `<meta>`."""
    for field, words in page.known:
        yield field, -1, words
    names = field_of("meta")
    for meta in page.metas:
        name = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
        if name.lower() in names:
            yield *names[name.lower()], html.unescape(meta.get("content", ""))
    for block in page.linked_data:
        yield from _linked(block)
    for time in page.times:
        yield "published", 200, time


def _linked(block: str) -> Iterator[tuple[str, int, str]]:
    """Fields of a JSON-LD article: only what stands in it plainly."""
    if len(block) > _LONGEST_LINKED_DATA:
        return
    try:
        data = json.loads(block)
    except (ValueError, RecursionError):
        return
    for each in data if isinstance(data, list) else [data]:
        if isinstance(each, dict) and "Article" in str(each.get("@type", "")):
            keys = {"headline": "title", "datePublished": "published", "publisher": "publisher", "author": "author"}
            for key, field in keys.items():
                value = each.get(key)
                value = value.get("name") if isinstance(value, dict) else value
                if isinstance(value, str):
                    yield field, 100, value


def _day(value: str) -> str | None:
    """2023-02-17 of a date in any of the usual forms, with or without a time."""
    match = _DAY.search(value) or re.match(r"((?:19|20)\d{2})(\d{2})(\d{2})", value)
    if not match:
        return None
    year, month, day = map(int, match.groups())
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _publisher(value: str) -> str | None:
    value = _LABEL.sub("", value).strip()
    return value if _PUBLISHER.fullmatch(value) and not _NOBODY.search(value) else None


def _people(value: str) -> str | None:
    """Names of people joined by 、; the name of an office is none."""
    value = _ROLE.sub(" ", _LABEL.sub("", value)).strip(" []【】（）()")
    if not _PEOPLE.fullmatch(value) or _NOBODY.search(value):
        return None
    return "、".join(dict.fromkeys(_NAME.findall(value)))
