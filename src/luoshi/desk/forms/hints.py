"""A move and an item in, what one should know before filling in its form, in a line, out."""

from __future__ import annotations

from django.utils.translation import gettext as _

from luoshi.ledger.actions.timed import ASKING
from luoshi.ledger.playbook import Move

from ..items.clocks import left
from ..templatetags.luoshi_desk import day
from .nouns import Subject


def hint(move: Move, subject: Subject) -> str:
    """How many extensions are left, and how far one goes; of other moves nothing."""
    if not ASKING.intersection(move.guards):
        return ""
    now = left(subject.row, subject.playbook)
    if now is None:
        return ""
    said = _("还可延期 %(left)s 次（共 %(times)s 次）。") % {"left": now.left, "times": now.times}
    most = _("最迟可延至 %(day)s。") % {"day": day(now.most)} if now.most and now.left else ""
    return said + most
