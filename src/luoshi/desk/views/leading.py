"""What was made in, the address of the page to go on with out."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from luoshi.documents.models import Report


def to_report(report: Report) -> str:
    """The reading desk of a report."""
    try:
        return reverse("reading_desk", args=[report.pk])
    except NoReverseMatch:
        return reverse("ledger_new")
