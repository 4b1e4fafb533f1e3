"""A wrong form or upload in, what is wrong with the answer to it out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.db import transaction
from django.test import Client

from tests.ledger.office import Office

# 400 too much for Django to read, 413 for the server; 422 a form with what is wrong.
REFUSED = {400, 413, 422}
TELLING = {"error", "errors", "failed", "faults", "note"}
LATIN = re.compile(r"[A-Za-z]{2,}(?: [a-z']{2,}){2,}")
HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Case:
    """Something wrong, sent by somebody to an address. `typed`: the fields that somebody writes words into; `follow`:
    it is answered by a page behind a redirect."""

    name: str
    who: str
    url: str
    data: Mapping[str, Any]
    typed: tuple[str, ...] = ()
    follow: bool = False
    # What the telling element has to say.
    says: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """What stands in the fields of a page, and what its telling elements say."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.values: set[str] = set()
        self.told: list[str] = []
        self._depth, self._area, self._tags = 0, False, list[tuple[str, bool]]()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in ("input", "option"):
            self.values.add(plain(said.get("value", "")))
        if tag == "textarea":
            self._area = True
            self.values.add("")
        if tag in VOID:
            return
        telling = bool(TELLING & set(said.get("class", "").split())) and tag not in ("body", "html")
        self._tags.append((tag, telling))
        self._depth += telling
        if telling:
            self.told.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._tags:
            name, telling = self._tags.pop()
            self._depth -= telling
            if name == tag:
                break
        if tag == "textarea":
            self._area = False

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values.add(plain(data))
        if self._depth and data.strip():
            self.told[-1] += data


VOID = {"input", "br", "meta", "link", "img", "hr", "col", "wbr"}


def plain(text: str) -> str:
    """Words as a browser holds them: ends and breaks of lines do not count, nor what no page can carry."""
    return "".join(text.replace("\0", "").replace("\ufffd", "").split())


def counts() -> dict[str, int]:
    """Rows of every table of work, whoever may see them."""
    labels = ("ledger", "intake", "documents")
    return {m.__name__: m._base_manager.count() for label in labels for m in apps.get_app_config(label).get_models()}


def faults(case: Case, office: Office, before: Mapping[str, int]) -> list[str]:
    """What is wrong with the answer; everything is as it was afterwards."""
    client = Client(raise_request_exception=False, headers={"accept-language": "zh-hans"})
    with transaction.atomic():
        client.force_login(office[case.who])
        answer = client.post(case.url, case.data, follow=case.follow, headers=dict(case.headers))
        found = [*_answered(case, answer), *([] if counts() == before else ["something was written"])]
        transaction.set_rollback(True)
    return [f"{case.name}: {each}" for each in found]


def _answered(case: Case, answer: Any) -> list[str]:
    if answer.status_code not in ({200} if case.follow else REFUSED):
        return [f"answered by {answer.status_code} {getattr(answer, 'url', '')}"]
    text = answer.content.decode()
    if "Traceback" in text or "Error:" in text:
        return ["shows the inside of the program"]
    if answer.status_code == 400:
        return [] if "没有写入任何内容" in text else ["400 without a word"]
    page = Page(text)
    return [*_told(case, page.told), *_kept(case, page)]


def _told(case: Case, told: list[str]) -> list[str]:
    lines = [line for line in told if line.strip()]
    if not lines or not HAN.search("".join(lines)):
        return [f"says nothing: {lines}"]
    sent = {plain(each) for value in case.data.values() for each in _words(value)}
    foreign = [line for line in lines if LATIN.search(line) and not any(each and each in plain(line) for each in sent)]
    missing = [f"does not say “{case.says}”: {lines}"] if case.says and case.says not in "".join(lines) else []
    return [*missing, *(f"speaks another language: {line}" for line in foreign)]


def _kept(case: Case, page: Page) -> list[str]:
    sent = {name: plain(each) for name in case.typed for each in _words(case.data.get(name, ""))}
    return [
        f"lost what was typed in {name}: {words[:40]!r}" for name, words in sent.items() if words not in page.values
    ]


def _words(value: Any) -> list[str]:
    if isinstance(value, list | tuple):
        return [words for each in value for words in _words(each)]
    return [value] if isinstance(value, str) else [getattr(value, "name", "") or ""]
