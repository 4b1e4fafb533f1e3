"""Names in, rows out: the office of the ledger's tests, with reports that name its units, and their drafts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from luoshi.documents.actions import take_in
from luoshi.documents.models import Report
from luoshi.intake.actions import draw
from luoshi.intake.models import Decision, Draft
from luoshi.places.models import Kind, Origin, Unit
from tests.ledger.office import NOW, Office, at, office
from tests.people.made import LONG_AGO

__all__ = ["MEETING", "NOW", "PLAN", "Office", "at", "brought", "decided", "draft", "drafts", "office", "own_names"]

MEETING = """临川市召开水库安全工作会议

2026-11-20 来源：临川日报

11月19日，临川市召开水库安全工作会议。市长穆清扬出席会议并讲话。

穆清扬强调，要压实防汛责任，加密巡堤查险。要确保12月底前完成12座小型水库除险加固。市水利局要抓紧修订应急预案。

会议要求，各乡镇要备足抢险物资。
"""
PLAN = """临川市水库安全工作方案

一、压实责任。
1.开展大坝巡查。（牵头单位：市水利局；配合单位：市民政局、市城投集团；完成时限：2026年12月20日前）
2.完善监测设施。（牵头单位：市民政局）
"""


# Units that the office brought itself beside those of its tests: key, place, name, names, status, last day.
OWN = (
    ("A1:centre", "A1", "临川市水务服务中心", ["水务服务中心"], "confirmed", None),
    ("A1b:centre", "A1b", "白塔区水务服务中心", ["水务服务中心"], "confirmed", None),
    ("A1:river", "A1", "临川市河道处", ["市河道处"], "draft", None),
    ("A1:dike", "A1", "临川市堤防局", ["市堤防局"], "confirmed", date(2020, 1, 1)),
)


def own_names(office: Office) -> None:
    """Give units the names that reports print: those of the national lines have other keys."""
    for unit in Unit.objects.filter(place__key__in=("A1", "A1a", "A1b")).select_related("place"):
        Unit.objects.filter(pk=unit.pk).update(origin=Origin.HAND, aliases=[unit.name[len(unit.place.name) - 1 :]])
    for key, place, name, names, status, until in OWN:
        more = {"origin": Origin.HAND, "since": LONG_AGO, "until": until, "until_known": "day" if until else ""}
        where = office.world.places[place]
        office.world.units[key] = Unit.objects.create(
            key=key, place=where, name=name, aliases=names, status=status, kind=Kind.OTHER, **more
        )


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
