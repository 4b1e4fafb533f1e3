"""What is wrong with a decision about drafts in, exceptions that say it in the reader's language out, by field."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from luoshi.ledger.actions import Refused
from luoshi.ledger.actions.words import said
from luoshi.ledger.machine import Fault as Code
from luoshi.ledger.playbook import Playbook


class Fault(NamedTuple):
    """What is wrong: the field of the form ("": the whole), and a line for people in the language now active."""

    field: str
    message: str


class DraftRefused(Exception):
    """Nothing was written; `faults` say why, `str` is a line each."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__(*faults)

    def __str__(self) -> str:
        return "\n".join(fault.message for fault in self.faults)


class DraftNotFound(DraftRefused):
    """There is no such draft, or it is out of sight, which nobody is told apart."""

    def __init__(self) -> None:
        super().__init__(Fault("", _("没有找到该待确认事项：可能不在您的职务范围内。")))


class Since(NamedTuple):
    """What somebody decided about a draft after the form was shown: which verb, at which unit ("": nobody's), when."""

    verb: str
    unit: str
    at: datetime.datetime


class DraftStale(DraftRefused):
    """Somebody decided about the draft since the form was shown; `since` is what, the oldest first."""

    def __init__(self, since: Iterable[Since], *faults: Fault) -> None:
        self.since = tuple(since)
        super().__init__(*faults)


def of_ledger(refused: Refused) -> DraftRefused:
    """A refusal of the ledger, as one of drafts."""
    return DraftRefused(*told(refused.faults, refused.playbook))


def told(codes: Iterable[Code], playbook: Playbook | None) -> tuple[Fault, ...]:
    """Faults of the ledger in words."""
    return tuple(Fault(code.field, said(code, playbook)) for code in codes)
