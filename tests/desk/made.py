"""Reports with their drafts, for the tests of pages: the small country, its office, reports that were taken in."""

from __future__ import annotations

from typing import Any

from luoshi.documents.models import Action, Report
from luoshi.intake.models import Draft
from tests.documents.made import FLOOD, NOW, taken
from tests.ledger.office import Office


def drawn(office: Office, text: str = FLOOD, **more: Any) -> Report:
    """A report of the city's supervisor, with a draft for each work action."""
    given = {"post": office.posts["city"], "place": office.world.places["A1"], "name": "fangxun.txt", **more}
    report = taken(text, **given).report
    found = (
        Action.unguarded.filter(report=report, kind="work", gone_at=None).select_related("directive").order_by("rank")
    )
    for action in found:
        told = action.directive
        Draft.unguarded.create(
            origin="read",
            report=report,
            directive=told,
            action=action,
            rank=action.rank,
            made_at=NOW,
            place=report.place,
            line=report.line,
            words=action.words,
            quotation=action.quotation,
            said_by=told.speaker,
            strength=told.strength,
            deadline=told.deadline or {},
            basis=report.title,
            basis_kind="meeting",
            owners=[
                {
                    "printed": u.get("text", ""),
                    "lead": u in told.lead,
                    "kind": "unit",
                    "reason": "测试理由：本县只有一个水利局",
                    "choices": [
                        {
                            "unit": "A1:water",
                            "name": "临川市水利局",
                            "score": 0.8,
                            "reason": "本级水利部门",
                            "instead": None,
                        }
                    ],
                }
                for u in told.units
            ],
        )
    return report
