"""Whose words or files, and on what ground, in; they are gone, and an event says that they were erased, out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ..machine import Fault, Hand, Step, apply
from ..machine.days import day as day_of
from ..machine.values import shown, storable
from ..models import Evidence, Item, Text
from ..playbook import Who
from ..policy import best
from .again import Asked, named, once, repeated, sent_before
from .books import playbook_of
from .filing import drop
from .outcome import Outcome
from .refused import Refused, answering
from .rows import Row, state_of
from .viewing import Actor, Known, after, item_before, known
from .writing import Hashed, When, draft, entry, event_of, put

# Personal Information Protection Law (个人信息保护法), art. 47: when words about a person must be erased.
BASES = {
    "purpose_ended": _("处理目的已实现、无法实现或者不再必要"),
    "period_over": _("保存期限已届满"),
    "withdrawn": _("个人撤回同意"),
    "unlawful": _("违反法律、行政法规或者约定处理"),
    "by_law": _("法律、行政法规规定的其他情形"),
}
# As large as numbers of both databases.
LARGEST = 2**63
WHO: tuple[Who, ...] = ("supervisor", "system")


def erase(
    viewer: Actor,
    item_id: UUID,
    *,
    basis: str,
    now: datetime,
    subject: str | None = None,
    texts: Sequence[int] = (),
    request: str | None = None,
) -> Outcome:
    """Take words away for good: those of a subject (`post:12`, `petitioner:7`) with the files they brought and the
    files' names, or the texts given; the event that wrote them stays, and holds nothing of them.

    For the supervisors of an item, and the program. `basis` is a key of BASES.

    Raises:
        Refused: not theirs, no such basis, or nothing there to erase.
        LedgerUnavailable: the database does not answer.
    """
    with answering():
        who, when = known(viewer, day_of(now)), When(now, now, named(request))
        return once(when.request, lambda: _erased(who, item_id, _wanted(basis, subject, texts), when))


class Wanted(NamedTuple):
    """What is to go: on what ground, whose words and files, or which texts."""

    basis: str
    subject: str | None
    texts: tuple[int, ...]

    def same(self, who: Known, item: UUID) -> Asked:
        """What makes another request the same."""
        payload: dict[str, Any] = {"basis": self.basis, "subject": self.subject, "fields": {}}
        if self.subject is None:
            named = Text.unguarded.filter(pk__in=self.texts).select_related("event").order_by("pk")
            payload["texts"] = [_named(text) for text in named]
        return Asked(who.same, item, "erase", payload, {})


def _wanted(basis: str, subject: str | None, texts: Sequence[int]) -> Wanted:
    """What is to go, of which a database can be asked: a subject or number that none keeps is that of nobody."""
    whose = subject if subject is None or (isinstance(subject, str) and storable(subject)) else ""
    return Wanted(shown(basis), whose, tuple(text for text in texts if isinstance(text, int) and 0 < text < LARGEST))


def _erased(who: Known, item: UUID, wanted: Wanted, when: When) -> Outcome:
    with transaction.atomic():
        row, supports, hands = item_before(who, item, day_of(when.recorded_at), lock=True)
        hand = _expect(hands, wanted.basis)
        if first := sent_before(when.request):
            return repeated(first, wanted.same(who, item))
        words = Text.unguarded.filter(event__item=row.pk, erased_by__isnull=True)
        words = words.filter(pk__in=wanted.texts) if wanted.subject is None else words.filter(subject=wanted.subject)
        files = Evidence.unguarded.filter(item=row.pk, subject=wanted.subject, erased_at__isnull=True)
        payload = _payload(wanted, words, files)
        if not payload["texts"] and not payload["files"]:
            raise Refused((Fault("nothing_to_erase", "texts"),))
        event = _write(row, tuple(supports), hand, payload, after(row, when))
        words.update(words="", salt=None, erased_by=event.header.id)
        files.update(name="", erased_at=event.header.recorded_at)
        transaction.on_commit(lambda: _drop(row.pk))
        return Outcome(row.pk, row.number, event.header.sequence, event.header.id, event.hash)


def _expect(hands: tuple[Hand, ...], basis: str) -> Hand:
    hand = best(hands, WHO)
    if not hand.who & set(WHO):
        raise Refused((Fault("not_yours_to_erase"),))
    if basis not in BASES:
        raise Refused((Fault("unknown_basis", "basis", {"basis": basis, "choices": ", ".join(BASES)}),))
    return hand


def _payload(wanted: Wanted, words: QuerySet[Text], files: QuerySet[Evidence]) -> dict[str, Any]:
    return {
        "basis": wanted.basis,
        "subject": wanted.subject,
        "fields": {},
        "texts": [_named(text) for text in words.select_related("event").order_by("pk")],
        "files": [file.sha256 for file in files.order_by("sha256")],
    }


def _named(text: Text) -> dict[str, Any]:
    return {"event": str(text.event_id), "sequence": text.event.sequence, "field": text.field}


def _write(row: Row, supports: tuple[str, ...], hand: Hand, payload: dict[str, Any], when: When) -> Hashed:
    state = state_of(row, supports)
    drafted = draft(Step(payload, {}))
    entered = entry(drafted, (state.sequence + 1, state.playbook, state.version), "erase", hand.actor, when)
    sequence = apply(playbook_of(row.playbook, row.version), state, entered).sequence
    event = event_of(row.pk, entered, row.head, when)
    put(event, {})
    Item.unguarded.filter(pk=row.pk).update(sequence=sequence, head=event.hash)
    return event


def _drop(item: UUID) -> None:
    """Take the bytes of erased files away that no other item keeps; also those that a power cut left behind before."""
    erased = Evidence.unguarded.filter(item=item, erased_at__isnull=False).values_list("sha256", flat=True)
    kept = Evidence.unguarded.filter(sha256__in=list(erased), erased_at__isnull=True).values_list("sha256", flat=True)
    for sha256 in set(erased) - set(kept):
        drop(sha256)
