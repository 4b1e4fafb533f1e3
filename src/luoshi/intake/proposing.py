"""An action, its directive and report in, the columns of its draft out: what is printed and suggested. Pure."""

from __future__ import annotations

from typing import Any, NamedTuple

from luoshi.documents.models import Action, Directive, Report
from luoshi.documents.models.report import day_of

from .owners import Suggested

# What stands between the targets of one action.
BETWEEN = "；"


class Setting(NamedTuple):
    """What the drafts of a report rest on, and which list they are for."""

    list: str
    basis: str
    basis_kind: str


def setting_of(report: Report, directives: list[Directive]) -> Setting:
    """A split document (its items are numbered) is a document; what else is read tells of a meeting."""
    kind = "document" if any(row.number or row.lead for row in directives) else "meeting"
    return Setting("tasks", report.title, kind)


def proposal(action: Action, told: Directive, owners: Suggested, setting: Setting) -> dict[str, Any]:
    """Columns that follow the reading. A deadline is suggested where one is printed that gives its day."""
    deadline = _deadline(action, told)
    return {
        "directive_id": told.pk,
        "rank": action.rank,
        "words": action.words,
        "quotation": action.quotation,
        "said_by": told.speaker,
        "strength": told.strength,
        "owners": owners.owners,
        "lead_id": owners.lead.pk if owners.lead else None,
        "supports": owners.supports,
        "deadline": deadline,
        "due": _exact(deadline),
        "measure": _measure(action, told),
        **setting._asdict(),
    }


def _deadline(action: Action, told: Directive) -> dict[str, Any]:
    """The one deadline of an action; of several none, though each is in its words."""
    if "deadline" in action.gaps:
        return {}
    own = _of(action, told, [each for each in (told.deadline, *told.deadlines) if each])
    return own[0] if len(own) == 1 else {}


def _exact(deadline: dict[str, Any]) -> Any:
    """Its last day, where the words give it with its year."""
    by = str(deadline.get("by") or "")
    return None if by.startswith("-") else day_of(by)


def _measure(action: Action, told: Directive) -> str:
    if "measure" in action.gaps:
        return ""
    return BETWEEN.join(dict.fromkeys(each["text"] for each in _of(action, told, told.targets)))


def _of(action: Action, told: Directive, printed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of what a directive prints, that which stands in the action; else that which stands beside all its actions."""
    start, end = action.quotation["start"], action.quotation["end"]
    inside = [each for each in printed if start <= each.get("start", -1) and each.get("end", -1) <= end]
    begins, ends = told.quotation["start"], told.quotation["end"]
    beside = [each for each in printed if not (begins <= each.get("start", -1) and each.get("end", -1) <= ends)]
    return inside or beside
