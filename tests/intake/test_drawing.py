"""Reports in, drafts out: what is printed, what is suggested with its reason, what stays a gap."""

from __future__ import annotations

from luoshi.intake.actions import confirm

from .made import NOW, Office, draft, drafts


def test_it_works(there: Office) -> None:
    rows = drafts(there)
    row = draft(rows, "应急预案")
    assert row.lead and row.lead.key == "A1:water"
    done = confirm(there["city"], row.pk, row.version, NOW)
    assert not done.dispatched and done.number.startswith("临川市")
