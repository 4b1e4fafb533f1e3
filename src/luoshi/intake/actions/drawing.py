"""A report in, a draft for each piece of work that it tells of, out; what somebody decided stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from luoshi.documents.models import Action, Kind, Meeting, Report
from luoshi.ledger.machine.days import day as day_of
from luoshi.people.models import Post

from ..listing import current_directory
from ..models import Decision, Draft
from ..owners import NOBODY, Suggested, suggested
from ..proposing import Setting, proposal, setting_of
from ..resolve import resolve
from ..restoring import printed, restored
from ..speaking import speaker
from .noting import note
from .verbs import Verb

# Rows of one statement, as in documents.settling.
BATCH = 500


def draw(report: Report, *, post: Post | None, now: datetime, setting: Setting | None = None) -> tuple[Draft, ...]:
    """The drafts of a report that was taken in or read again, in their order; a reprint has none of its own.

    Twice is once. Of a report read again, what is new gets a draft, drafts that nobody touched follow the reading,
    those whose action is not read any more are set aside (`Verb.GONE`), which can be taken back; all others stay.

    Args:
        setting: list and basis, where they are not those of a meeting or a document; kept when it is drawn again.
    """
    with transaction.atomic():
        rows = Report.unguarded.select_for_update(of=("self",)).select_related("place")
        return _drawn(rows.get(pk=report.pk), post, now, setting)


def _drawn(report: Report, post: Post | None, now: datetime, setting: Setting | None) -> tuple[Draft, ...]:
    there = list(Draft.unguarded.filter(report=report, whole__isnull=True).order_by("rank", "pk"))
    if any(row.origin == Draft.Origin.TABLE for row in there):
        return tuple(there)  # a ledger that was taken over: its lines are its drafts
    setting = setting or _setting(there)
    if report.reprint and setting is None:
        return ()
    work = Action.unguarded.filter(report=report, gone_at__isnull=True, kind=Kind.WORK).select_related("directive")
    read = {action.pk: action for action in work.order_by("rank", "key")}
    decided = Decision.unguarded.filter(draft__in=there, by__isnull=False).values_list("draft", flat=True)
    touched = set(decided) if there else set()
    free = {row.action_id: row for row in there if row.action_id and row.pk not in touched}
    known = {row.action_id for row in there}
    wanted = [action for action in read.values() if action.pk in free or action.pk not in known]
    given = setting or setting_of(report, [action.directive for action in read.values()])
    for action, columns in zip(wanted, _proposals(report, wanted, given, now), strict=True):
        if action.pk in free:
            _follow(free[action.pk], columns, now)
        else:
            there.append(_new(report, action, columns, post, now))
    Draft.unguarded.bulk_create([row for row in there if row.pk is None], batch_size=BATCH)
    _rank([row for row in there if row.action_id in read], read)
    _set_aside([row for key, row in free.items() if key not in read], now)
    return tuple(sorted(there, key=lambda row: (row.rank, row.pk)))


def _setting(there: list[Draft]) -> Setting | None:
    """That of an instruction whose report was drawn before."""
    first = there[0] if there and there[0].basis_kind == "instruction" else None
    return Setting(first.list, first.basis, first.basis_kind) if first else None


def _proposals(report: Report, wanted: list[Action], setting: Setting, now: datetime) -> Iterable[Mapping[str, Any]]:
    told = {action.directive_id: action.directive for action in wanted}
    owners = _owners(report, list(told.values()), now)
    where = {"place_id": report.place_id, "line_id": report.line_id}
    for each in wanted:
        yield {**proposal(each, each.directive, owners.get(each.directive_id, NOBODY), setting), **where}


def _owners(report: Report, told: list[Any], now: datetime) -> dict[int, Suggested]:
    """By directive; of a report that prints none, nothing is asked of the directory."""
    owned = [row for row in told if printed(row).units]
    if not owned:
        return {}
    held = Meeting.unguarded.filter(report=report, gone_at__isnull=True).order_by("-origin", "rank", "pk").first()
    reading, directory, day = restored(report, held, owned), current_directory(), day_of(now)
    # Whose report it is says who speaks only where the report itself does not.
    silent = speaker(reading, directory, day).place_ground == "none"
    resolved = resolve(reading, directory, day, report.place.key if silent and report.place else None)
    pairs = zip(owned, resolved.owners, strict=True)
    return {row.pk: suggested(owners, printed(row), day) for row, owners in pairs}


def _new(report: Report, action: Action, columns: Mapping[str, Any], post: Post | None, now: datetime) -> Draft:
    origin = {"origin": Draft.Origin.READ, "report": report, "action": action, "made_by": post, "made_at": now}
    return Draft(**origin, **columns)


def _follow(row: Draft, columns: Mapping[str, Any], now: datetime) -> None:
    """Bring a draft that nobody touched to what is read now."""
    if row.state == Draft.State.REFUSED:
        note(row, Verb.TAKE_BACK, None, now, {"state": Draft.State.WAITING, "refusal": ""})
    changed = {name: value for name, value in columns.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.version += 1
        row.save(update_fields=[*changed, "version"])


def _rank(rows: list[Draft], read: Mapping[int, Action]) -> None:
    """Where a draft and its parts stand follows the reading, whatever was decided about them."""
    for row in rows:
        rank = read[row.action_id or 0].rank
        if row.rank != rank:
            row.rank = rank
            Draft.unguarded.filter(action=row.action_id).update(rank=rank)


def _set_aside(rows: list[Draft], now: datetime) -> None:
    for row in rows:
        if row.state == Draft.State.WAITING:
            away = {"state": Draft.State.REFUSED, "refusal": Draft.Refusal.MISREAD.value}
            note(row, Verb.GONE, None, now, away)
