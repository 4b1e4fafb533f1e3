"""Names in, rows out: the office of the ledger's tests, with reports that name its units, and their drafts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from luoshi.documents.actions import take_in
from luoshi.documents.models import Report
from luoshi.intake.actions import draw
from luoshi.intake.models import Decision, Draft
from tests.ledger.office import NOW, Office, at, office

__all__ = ["MEETING", "NOW", "Office", "at", "brought", "decided", "draft", "drafts", "office"]

MEETING = """临川市召开水库安全工作会议

2026-11-20 来源：临川日报

11月19日，临川市召开水库安全工作会议。市长穆清扬出席会议并讲话。

穆清扬强调，要压实防汛责任，加密巡堤查险。要确保12月底前完成12座小型水库除险加固。市水利局要抓紧修订应急预案。

会议要求，各乡镇要备足抢险物资。要提高思想认识。
"""


def brought(office: Office, text: str = MEETING, place: str = "A1", by: str = "city", **more: Any) -> Report:
    """A report that somebody of the office brought."""
    given = {"place": office.world.places[place] if place else None, "now": NOW, **more}
    return take_in(text.encode(), "report.txt", post=office.posts[by], **given).report


def drafts(office: Office, text: str = MEETING, now: datetime = NOW, **more: Any) -> list[Draft]:
    """The drafts of a report that was brought."""
    return list(draw(brought(office, text, **more), post=office.posts["city"], now=now))


def draft(rows: list[Draft], words: str) -> Draft:
    """The draft with some words."""
    return next(row for row in rows if words in row.words)


def decided(row: Draft) -> list[str]:
    """The verbs of the decisions about a draft, in their order."""
    return list(Decision.unguarded.filter(draft=row).order_by("pk").values_list("verb", flat=True))
