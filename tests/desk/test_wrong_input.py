"""Hundreds of wrong uploads and forms in: each is answered by what is wrong, keeps what was typed and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.test import Client

from tests.ledger.office import Office

from .wrong.drafts import about_drafts, by_hand
from .wrong.moves import moves
from .wrong.noun import Case, counts, faults
from .wrong.uploads import ledgers, reports

pytestmark = pytest.mark.django_db


# Every third of the cases, which stand beside others of their kind; all of them, more than five hundred, in `make long`.
SHARE = pytest.mark.parametrize(
    "every", [pytest.param(3, id="some"), pytest.param(1, id="all", marks=pytest.mark.long)]
)


def tried(office: Office, cases: Iterable[Case], every: int, at_least: int) -> list[str]:
    """What is wrong with the answers to some of them, one in so many; there are enough in all."""
    made = list(cases)
    before = counts()
    found = [fault for case in made[::every] for fault in faults(case, office, before)]
    assert len(made) >= at_least, len(made)
    return found


@SHARE
def test_a_move_with_something_wrong(there: Office, every: int) -> None:
    assert tried(there, moves(there), every, 280) == []


@SHARE
def test_a_report_that_cannot_be_taken(there: Office, every: int) -> None:
    assert tried(there, reports(there), every, 60) == []


@SHARE
def test_a_ledger_that_cannot_be_taken(there: Office, every: int) -> None:
    assert tried(there, ledgers(there), every, 50) == []


@SHARE
def test_a_draft_with_something_wrong(there: Office, every: int) -> None:
    assert tried(there, about_drafts(there), every, 81) == []


@SHARE
def test_a_form_by_hand_with_something_wrong(there: Office, every: int) -> None:
    assert tried(there, by_hand(there), every, 80) == []


# What stands behind a parameter of an address that nobody wrote for a page.
ODD = (
    "",
    "\0",
    "'\"<>",
    "%",
    "*",
    "NEAR(a b)",
    "a AND (",
    '"' * 9,
    "长" * 3000,
    "9" * 40,
    "-1",
    "2026-02-30",
    "1e9",
    "A2",
    "_",
)
ADDRESSES: dict[str, tuple[str, ...]] = {
    "/lists/all/": (
        "q",
        "show",
        "state",
        "light",
        "place",
        "line",
        "lead",
        "from",
        "to",
        "sort",
        "by",
        "after",
        "before",
    ),
    "/lists/all/excel/": ("q", "place"),
    "/inbox/": ("tab", "after"),
    "/reports/": ("after",),
    "/meetings/": ("q", "page"),
    "/units/": ("q", "place", "field"),
    "/search/": ("q",),
}


@pytest.mark.long
def test_an_odd_address_is_a_page_or_says_what_is_wrong(there: Office) -> None:
    client, found = Client(raise_request_exception=False), []
    client.force_login(there["city"])
    for path, names in ADDRESSES.items():
        for name, value in ((name, value) for name in names for value in ODD):
            answer = client.get(path, {name: value}, follow=True)
            told = answer.status_code == 200 or (answer.status_code == 422 and b'class="error' in answer.content)
            found += [] if told else [f"{path}?{name}={value[:20]!r}: {answer.status_code}"]
    assert found == []
