"""Faults in, exceptions out: an act that may not be done, an item that moved on, a ledger that does not answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    NotSupportedError,
    ProgrammingError,
    connection,
)
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..machine import Fault
from ..machine.faults import fault
from ..playbook import Playbook
from .standing import expect_file
from .words import said

# What a database says of a row or a statement; the others are about the database itself.
OF_A_ROW = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
# Parts of what SQLite, PostgreSQL and the operating system say, and what it comes to.
REASONS = (
    ("locked", gettext_lazy("数据库正忙")),
    ("deadlock", gettext_lazy("数据库正忙")),
    ("lock timeout", gettext_lazy("数据库正忙")),
    ("disk is full", gettext_lazy("磁盘已满")),
    ("no space left", gettext_lazy("磁盘已满")),
    ("file too large", gettext_lazy("磁盘已满")),
    ("quota exceeded", gettext_lazy("磁盘已满")),
    ("disk i/o error", gettext_lazy("磁盘读写出错")),
    ("readonly", gettext_lazy("不可写")),
    ("read-only", gettext_lazy("不可写")),
    ("permission denied", gettext_lazy("不可写")),
)


class Refused(Exception):
    """Nothing was written; `faults` say why, `str` says it in the language now active, a line each."""

    def __init__(self, faults: tuple[Fault, ...], playbook: Playbook | None = None) -> None:
        self.faults, self.playbook = faults, playbook
        super().__init__(faults, playbook)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the faults."""
        return tuple(each.code for each in self.faults)

    def __str__(self) -> str:
        lines = "\n".join(said(each, self.playbook) for each in self.faults)
        # Half a character that was sent is quoted as ?; a page with it could not be sent.
        return lines.encode("utf-8", "replace").decode("utf-8")


class Since(NamedTuple):
    """Something that happened to an item after the form was shown."""

    sequence: int
    verb: str
    unit: str
    recorded_at: datetime


class Stale(Refused):
    """The item moved on while the form was filled in; `since` is what happened."""

    def __init__(self, expected: int, sequence: int, since: tuple[Since, ...], playbook: Playbook) -> None:
        self.since = since
        super().__init__((fault("stale", expected=expected, sequence=sequence),), playbook)


class LedgerUnavailable(Exception):
    """The database or disk does not answer, is full or busy; nothing was written."""

    def __init__(self, what: str, error: Exception) -> None:
        self.what = what
        super().__init__(_("台账暂时无法写入（%(reason)s），本次办理未记录，请稍后再试") % {"reason": _reason(error)})


@contextmanager
def answering() -> Iterator[None]:
    """Turn what a database says that is gone, full or locked into one clear line; other faults stay what they are."""
    try:
        expect_file()
        yield
    except FileNotFoundError as error:
        raise LedgerUnavailable("database", error) from error
    except (DatabaseError, InterfaceError) as error:
        if isinstance(error, OF_A_ROW):
            raise
        if not connection.in_atomic_block:
            # What is broken is not used again: the next act finds the database that is back.
            connection.close_if_unusable_or_obsolete()
        raise LedgerUnavailable("database", error) from error


def _reason(error: Exception) -> str:
    said = str(error).lower()
    return str(next((words for part, words in REASONS if part in said), _("连接不上或文件缺失")))
