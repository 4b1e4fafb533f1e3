"""A draft and what is decided about it in, the draft changed and the decision kept with what was before, out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import Decision, Draft
from .hands import Hand, locked
from .refused import DraftRefused, DraftStale, Fault, Since
from .verbs import Verb

# A verb and the columns that it sets.
Sent = tuple[Verb, Mapping[str, Any]]


class Chosen(dict[int, Draft]):
    """Drafts that are locked and may be decided about; `posts`: by draft, the post that does. `stale` is set where the
    form was sent before by the same person: what was decided is decided already."""

    def __init__(self, drafts: Mapping[int, Draft], posts: Mapping[int, int], now: datetime.datetime) -> None:
        super().__init__(drafts)
        self.posts, self.now = posts, now
        self.stale: DraftStale | None = None

    def note(self, draft: Draft, verb: Verb, fields: Mapping[str, Any], beside: Sequence[int] = ()) -> None:
        """Write a decision about one of them."""
        note(draft, verb, self.posts[draft.pk], self.now, fields, beside)


def chosen(hand: Hand, wanted: Mapping[int, int], *sent: Sent, waiting: bool = True) -> Chosen:
    """Drafts by id and the version that the form was filled in on, to be decided about; `sent`: what the form decides.

    Raises:
        DraftNotFound: out of sight.
        DraftStale: somebody decided otherwise since.
        DraftRefused: not theirs to decide; or (`waiting`) it was decided before.
    """
    drafts = locked(hand, tuple(wanted))
    found = Chosen(drafts, {pk: hand.must(row.place_id, row.line_id) for pk, row in drafts.items()}, hand.now)
    for pk, version in wanted.items():
        if drafts[pk].version != version:
            found.stale = _stale(drafts[pk], version)
            if not any(_decided(hand, drafts[pk], version, *each) for each in sent):
                raise found.stale
        elif waiting and drafts[pk].state != Draft.State.WAITING:
            said = _("“%(words)s”%(state)s：如要改变，请先撤回。")
            words = {"words": drafts[pk].words[:40], "state": drafts[pk].get_state_display()}
            raise DraftRefused(Fault("", said % words))
    return found


def beside(hand: Hand, last: Decision) -> Chosen:
    """The drafts that were decided about together with another, as they are now."""
    drafts = locked(hand, last.before.get("beside", ()))
    return Chosen(drafts, {pk: hand.must(row.place_id, row.line_id) for pk, row in drafts.items()}, hand.now)


def _decided(hand: Hand, row: Draft, version: int, verb: Verb, fields: Mapping[str, Any]) -> bool:
    """Whether the last that was decided about a draft is this, on that version and by who asks."""
    last = Decision.unguarded.filter(draft=row).order_by("pk").select_related("by").last()
    same = last is not None and last.verb == verb and last.before.get("version") == version == row.version - 1
    theirs = last is not None and last.by is not None and last.by.user_id == hand.scope.user
    return same and theirs and all(getattr(row, name) == value for name, value in fields.items())


def note(
    draft: Draft,
    verb: Verb,
    post: int | None,
    now: datetime.datetime,
    fields: Mapping[str, Any],
    beside: Sequence[int] = (),
) -> None:
    """Change columns of a draft and keep what they were; `beside`: drafts that were decided about together with it."""
    before = {name: _plain(getattr(draft, name)) for name in (*fields, "version")}
    more = {"beside": list(beside)} if beside else {}
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.version += 1
    draft.save(update_fields=[*fields, "version"])
    Decision.unguarded.create(draft=draft, verb=verb, by_id=post, at=now, before={**before, **more})


def standing(draft: int) -> Decision | None:
    """The last decision about a draft that was not taken back."""
    kept: list[Decision] = []
    for decision in Decision.unguarded.filter(draft=draft).order_by("pk"):
        if decision.verb != Verb.TAKE_BACK:
            kept.append(decision)
        elif kept:
            kept.pop()
    return kept[-1] if kept else None


def restored(decision: Decision) -> dict[str, Any]:
    """The columns that a decision changed, as they were."""
    kept = {name: value for name, value in decision.before.items() if name not in ("version", "beside")}
    return {name: _field(name).to_python(value) for name, value in kept.items()}


def _field(name: str) -> Any:
    return next(field for field in Draft._meta.concrete_fields if name in (field.attname, field.name))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else str(value) if isinstance(value, UUID) else value


def _stale(draft: Draft, expected: int) -> DraftStale:
    """What was decided since; where nothing is noted, it was read anew."""
    rows = Decision.unguarded.filter(draft=draft).order_by("pk").select_related("by__unit")
    later = [row for row in rows if row.before.get("version", 0) >= expected]
    since = [Since(row.verb, row.by.unit.name if row.by else "", row.at) for row in later]
    if not since:
        return DraftStale((), Fault("", _("您打开页面后该事项已重新读取：请看过后重新提交。")))
    last = since[-1]
    said = _("您打开页面后，%(unit)s已于%(at)s作出“%(verb)s”的处理：请看过后重新提交。")
    at = date_format(timezone.localtime(last.at), _("n月j日 H:i"))
    words = {"unit": last.unit or _("系统"), "at": at, "verb": Verb(last.verb).label}
    return DraftStale(since, Fault("", said % words))
