"""Erasing keeps verify green; what was erased by nobody, or is still there after, does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from luoshi.ledger.actions import erase
from luoshi.ledger.actions.filing import path_of
from luoshi.ledger.models import Evidence, Text
from luoshi.ledger.proving.sealing import line_of

from . import attacks
from .attacks import run
from .office import at
from .sealed import Ledger, codes, looked, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(settings: Any, tmp_path: Path) -> Ledger:
    settings.MEDIA_ROOT = tmp_path
    return sealed()


def erased(ledger: Ledger) -> Ledger:
    """All words of the water bureau's clerk on the first item are gone, with the file."""
    subject = f"post:{ledger.office.posts['water'].pk}"
    erase(ledger.office["city"], ledger.item(0), basis="withdrawn", subject=subject, now=at(50))
    return ledger


def test_it_works(ledger: Ledger) -> None:
    kept = [text.words for text in Text.unguarded.filter(erased_by=None)]
    erased(ledger)
    report = looked(ledger.exported, bytes_too=True)
    assert report.green, [str(fault) for fault in report.faults]
    wiped = Text.unguarded.exclude(erased_by=None)
    assert [(text.words, text.salt) for text in wiped] == [("", None)] * 2
    assert Text.unguarded.count() == len(kept) == 5
    assert Evidence.unguarded.get().erased_at
    second = ledger.seal(3)
    assert looked([*ledger.exported, line_of(second).spelled()]).green


STILL = [
    (
        "UPDATE ledger_text SET words = '又在了', erased_by_id = NULL WHERE words = ''",
        {"text_not_wiped", "text_changed"},
    ),
    ("UPDATE ledger_text SET words = '又在了' WHERE words = ''", {"text_not_wiped"}),
    ("UPDATE ledger_evidence SET name = '又在了.pdf'", {"file_not_wiped"}),
    ("UPDATE ledger_evidence SET erased_at = NULL", {"file_not_wiped"}),
]


@pytest.mark.parametrize(("statement", "expected"), STILL)
def test_what_was_erased_must_be_gone(ledger: Ledger, statement: str, expected: set[str]) -> None:
    erased(ledger)
    with attacks.undone():
        with attacks.attack():
            run(statement)
        assert codes(looked()) == expected


def test_bytes_of_files_are_compared_when_asked(ledger: Ledger) -> None:
    path = path_of(Evidence.unguarded.get().sha256)
    assert looked(bytes_too=True).green
    path.chmod(0o600)
    path.write_text("水库未修好。", "utf-8")
    assert looked().green
    assert codes(looked(bytes_too=True)) == {"bytes_changed"}
    path.unlink()
    assert codes(looked(bytes_too=True)) == {"bytes_gone"}
