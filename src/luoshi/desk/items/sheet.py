"""An item in sight in, all that its page says out, each kind of row asked for once.

What belongs to an item (events, words, files) is in sight with it; `found` asked the door whether it is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.calendar import current
from luoshi.documents.models import Report
from luoshi.ledger.models import Event, Evidence, Item, Support, Text
from luoshi.ledger.playbook import Playbook
from luoshi.ledger.playbook.clocks import Until
from luoshi.ledger.schedule import plan_of, schedule
from luoshi.measuring.lights import Confidence, Judgement, Standing, judged, scale
from luoshi.people.models import Post
from luoshi.people.roles import Role

from ..forms.nouns import Subject
from .clocks import Clock, clocks
from .found import in_sight
from .log import Beside, Entry, entries, named_in
from .names import Names, names
from .seal import Seal, seal
from .standing import judging, standing
from .wording import Said, facts

# Events of a page: a year of weekly reports, with what they were answered; older ones are a page further.
LOG = 100
# Parts of a page; a province splits to fewer.
PARTS = 200
# Files of a page; a move brings fifty at most.
FILES = 500
# Those one would call: more is a list of everybody.
CALLED = 12
ANSWERING = (Role.CLERK, Role.LEADER)


@dataclass(frozen=True)
class Sheet:
    """What the page of an item says, besides its row."""

    supports: dict[str, str]
    parent: Item | None
    children: list[Item]
    facts: list[Said]
    milestones: list[Any]
    files: list[Evidence]
    log: list[Entry]
    older: int | None
    seal: Seal | None
    report: Report | None
    calls: list[Post]
    names: Names
    clocks: tuple[Clock, ...]
    standing: Standing
    by_clock: str
    judgement: Judgement | None


def supports_of(item: UUID) -> dict[str, int]:
    """Ids of the supporting units by key, in their order."""
    rows = Support.unguarded.filter(item=item).order_by("rank")
    return dict(rows.values_list("unit__key", "unit"))


def sheet(subject: Subject, *, before: int | None, oldest_first: bool, language: str) -> Sheet:
    """All that the page says; `before`: the log up to this number."""
    row, scope, playbook = subject.row, subject.scope, subject.playbook
    events = _events(row.pk, before)
    newest = _events(row.pk, None) if before else events
    spoken = _judging(row, newest)
    texts = _texts({event.pk for event in (*events, *([spoken] if spoken else []))})
    files = list(Evidence.unguarded.filter(item=row.pk).order_by("brought_at", "pk")[:FILES])
    parent, children = _family(subject)
    supported = supports_of(row.pk)
    units, posts = named_in(events, playbook)
    posts |= {pk for pk in (_number(file.subject) for file in files) if pk}
    posts |= {pk for pk in (_number(str(value)) for value in row.facts.values() if isinstance(value, str)) if pk}
    called = names({*units, *supported, *([spoken.actor_unit] if spoken else [])}, posts, scope)
    checked = seal(events, texts, (row.sequence, row.head)) if events else None
    beside = Beside(
        texts,
        {file.sha256: file for file in files},
        {str(child.pk): child for child in children},
        called,
        checked.broken if checked else (),
    )
    log = entries(events if oldest_first else events[::-1], playbook, beside, language)
    return Sheet(
        {key: called.unit(key) for key in supported},
        parent,
        children,
        facts(playbook, row.facts, called, language, row.state),
        list(row.facts.get("milestones") or ()),
        files,
        log,
        events[0].sequence if events and events[0].sequence > 1 else None,
        checked,
        _report(subject),
        _calls(subject, list(supported.values())),
        called,
        clocks(row, playbook, language),
        standing(row, playbook, newest, scope.day, steps_late=_steps_late(row, scope.day)),
        _by_clock(row, playbook, language),
        _judged(spoken, texts, called) if spoken else None,
    )


def _events(item: UUID, before: int | None) -> list[Event]:
    """A page of events, the last ones or those before a number, oldest first. The item is in sight, so are they."""
    found = Event.unguarded.filter(item=item).order_by("-sequence")
    return list(found.filter(sequence__lt=before)[:LOG] if before else found[:LOG])[::-1]


def _texts(events: set[UUID]) -> dict[UUID, list[Text]]:
    found: dict[UUID, list[Text]] = defaultdict(list)
    for text in Text.unguarded.filter(event__in=events):
        found[text.event_id].append(text)
    return found


def _judging(row: Item, newest: list[Event]) -> Event | None:
    """The event in which somebody last said whether what is in hand will be done; it may be one of long ago."""
    if row.ended_on or not row.facts.get("confidence"):
        return None
    older = Event.unguarded.filter(item=row.pk, payload__fields__has_key="confidence").order_by("-sequence")
    return judging(newest) or judging(older[:1])


def _judged(event: Event, texts: dict[UUID, list[Text]], called: Names) -> Judgement:
    """What was said, on which day, by which unit; the words of the report are its reason."""
    words = next((text.words for text in texts.get(event.pk, ()) if text.field == "progress"), "")
    on, by = timezone.localdate(event.occurred_at), called.unit(event.actor_unit)
    return judged(scale(), Confidence(event.payload["fields"]["confidence"], words or _("已依法删除"), on, by))


def _steps_late(row: Item, day: date) -> bool:
    """Whether a step of the timetable is late, as its page says."""
    plan = None if row.ended_on else plan_of(row.facts, row.due)
    return plan is not None and bool(schedule(plan, current(), day).late)


def _by_clock(row: Item, playbook: Playbook, language: str) -> str:
    """The clock by which it is due, where that is not the one of its deadline."""
    clock = next((each for each in playbook.clocks if each.key == row.due_clock), None)
    return clock.name.of(language) if clock and clock.limit != Until("due") else ""


def _family(subject: Subject) -> tuple[Item | None, list[Item]]:
    """What the item is a part of and its own parts, as far as they are in sight."""
    row = subject.row
    rows = Item.unguarded.select_related("lead", "place")
    # Apart: over both at once no index answers.
    parts = in_sight(rows.filter(parent=row.pk).order_by("serial", "pk")[: PARTS + 1], subject.scope)
    above = in_sight(rows.filter(pk=row.parent_id)[:1], subject.scope) if row.parent_id else []
    return next(iter(above), None), list(parts)


def _report(subject: Subject) -> Report | None:
    source = (subject.row.quotation or {}).get("source")
    if not source:
        return None
    report: Report | None = Report.seen.within(subject.scope).filter(original__sha256=source).first()
    return report


def _calls(subject: Subject, supports: list[int]) -> list[Post]:
    """Whom to call: who answers for it at its lead and supports, supervisors at its place, who opened or verifies."""
    row, day = subject.row, subject.scope.day
    at_work = Q(unit__in=[row.lead_id, *supports], role__in=ANSWERING)
    over = Q(unit__place=row.place_id, role=Role.SUPERVISOR) | Q(pk__in=[row.opened_by_id, row.verifier_id])
    posts = Post.seen.within(subject.scope).on(day).filter(at_work | over, stands_in_for__isnull=True)
    return list(posts.select_related("unit", "user").order_by("role", "unit__key", "pk")[:CALLED])


def _number(subject: str) -> int | None:
    number = subject.removeprefix("post:")
    return int(number) if subject.startswith("post:") and number.isdigit() else None
