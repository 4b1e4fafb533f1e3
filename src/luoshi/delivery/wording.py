"""A message in, what is said of it outside luoshi out: number, verb, days and a link; no name and nobody's words."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.ledger.actions import Refused
from luoshi.ledger.actions.books import playbook_of
from luoshi.ledger.models import Event

# Messages that a letter spells out; a digest of more says how many there are, and where.
MOST = 50


class Line(NamedTuple):
    """What is said of a message."""

    number: str
    verb: str
    name: str
    sequence: int
    link: str
    occurred_at: datetime.datetime
    recorded_at: datetime.datetime
    due: datetime.date | None

    @property
    def words(self) -> str:
        """One line for people."""
        said = {"number": self.number, "verb": self.name, "time": f"{timezone.localtime(self.occurred_at):%m-%d %H:%M}"}
        if self.due is None:
            return _("%(time)s %(verb)s %(number)s") % said
        return _("%(time)s %(verb)s %(number)s，期限 %(due)s") % {**said, "due": self.due.isoformat()}

    @property
    def plain(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "number": self.number,
            "verb": self.verb,
            "name": self.name,
            "sequence": self.sequence,
            "link": self.link,
            "occurred_at": self.occurred_at.isoformat(),
            "recorded_at": self.recorded_at.isoformat(),
            "due": self.due.isoformat() if self.due else None,
        }


def line(event: Event, language: str) -> Line:
    """What is said of an event; its item must be at hand (`select_related`)."""
    item = event.item
    return Line(
        item.number,
        event.verb,
        verb_name(event, language),
        event.sequence,
        f"{settings.LUOSHI_ADDRESS}/items/{item.pk}/",
        event.occurred_at,
        event.recorded_at,
        item.due,
    )


def verb_name(event: Event, language: str) -> str:
    """What a move is called by the playbook that its item runs by; the key where it has no name."""
    if event.verb == "erase":
        return _("依法删除")
    try:
        playbook = playbook_of(event.playbook, event.version)
    except Refused:
        return event.verb
    if event.verb == "open":
        return playbook.opening.name.of(language)
    move = playbook.move(event.verb)
    return move.name.of(language) if move else event.verb


def subject(lines: Sequence[Line]) -> str:
    """What a letter is called."""
    if len(lines) == 1:
        return _("落实：%(verb)s %(number)s") % {"verb": lines[0].name, "number": lines[0].number}
    return _("落实：%(count)s 条消息") % {"count": len(lines)}


def text(lines: Sequence[Line]) -> str:
    """What a letter says."""
    told = [f"{each.words}\n{each.link}" for each in lines[:MOST]]
    if len(lines) > MOST:
        told.append(_("另有 %(count)s 条") % {"count": len(lines) - MOST})
    told.append(_("全部消息：%(link)s") % {"link": f"{settings.LUOSHI_ADDRESS}/messages/"})
    return "\n\n".join(told)
