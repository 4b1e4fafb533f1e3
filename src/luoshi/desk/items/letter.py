"""An item in sight and who drafts in, what a letter about it says out: fields, deadline and events as they stand."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from luoshi.exports.letters import Facts
from luoshi.ledger.actions.rows import post_of
from luoshi.ledger.clocks.still import stands_still
from luoshi.ledger.models import Event
from luoshi.people.roles import Role

from ..forms.nouns import Subject
from .names import names
from .sheet import supports_of
from .wording import fields_of, worded

# Letters of offices are in simplified Chinese, whatever the pages speak.
LANGUAGE = "zh-hans"
SUPERVISORS = frozenset({Role.SUPERVISOR})


def facts(subject: Subject, now: datetime) -> Facts:
    """What is known of the item; names of people stand in it as far as who drafts sees them."""
    row, playbook = subject.row, subject.playbook
    supports = supports_of(row.pk)
    known = fields_of(playbook)
    posted = [value for key, value in row.facts.items() if key in known and known[key].kind == "post"]
    called = names(supports, filter(None, map(post_of, posted)), subject.scope)
    said = {
        key: "、".join(worded(known[key], value, called, LANGUAGE).lines)
        for key, value in row.facts.items()
        if key in known and value and known[key].kind in ("phrase", "choice", "post")
    }
    told = _events(row.pk)
    sender = next((part.unit_name for part in subject.scope.of(SUPERVISORS)), "")
    return Facts(
        number=row.number,
        words=row.words,
        list=dict(playbook.lists)[row.list].of(LANGUAGE),
        basis=said.get("basis", ""),
        urgency=said.get("urgency", ""),
        lead=row.lead.name if row.lead else "",
        supports=tuple(called.unit(key) for key in supports),
        handler=said.get("handler", ""),
        in_charge=said.get("in_charge", ""),
        frequency=said.get("frequency", ""),
        measure=said.get("measure", ""),
        state=playbook.state(row.state).name.of(LANGUAGE),
        due=row.due,
        opened_on=row.opened_on,
        dispatched_on=_last(told, "dispatch", "reassign"),
        signed_on=_signed(told),
        reported_on=_last(told, "report"),
        reminded=sum(1 for verb, _ in told if verb == "remind"),
        sender=sender,
        today=timezone.localdate(now),
        still=not row.ended_on and stands_still(row),
    )


def _events(item: UUID) -> list[tuple[str, date]]:
    """Verbs and days, oldest first; the item is in sight, so are they."""
    rows = Event.unguarded.filter(item=item).order_by("sequence").values_list("verb", "occurred_at")
    return [(verb, timezone.localdate(moment)) for verb, moment in rows]


def _last(told: list[tuple[str, date]], *verbs: str) -> date | None:
    return next((day for verb, day in reversed(told) if verb in verbs), None)


def _signed(told: list[tuple[str, date]]) -> date | None:
    """When it was signed for, unless it went to another unit after that."""
    for verb, day in reversed(told):
        if verb in ("sign", "dispatch", "reassign"):
            return day if verb == "sign" else None
    return None
