"""Every page for every role at every place: what is out of sight is not there, and nothing breaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from pytest_django import Settings

from tests.desk.every_page import Address, Made, addresses, everybody, made

pytestmark = pytest.mark.django_db
# What is sent to every address: nothing, what no form of ours is called, and fields of the forms with odd values.
SENT: tuple[dict[str, Any], ...] = (
    {},
    {"no_such_field": "x"},
    {
        "expected": "not a number",
        "words": "\x00" * 3,
        "due": "2026-13-45",
        "lead": "’; DROP TABLE",
        "request": "x" * 999,
    },
)
# Everybody asks for every fourth page, each beginning at another, so that each page is asked for by many; of what is
# sent, everybody sends every address one. In `make long` everybody asks for every page and sends it all.
SHARE = [pytest.param(4, id="some"), pytest.param(1, id="all", marks=pytest.mark.long)]
ALONE = [pytest.param(True, id="one"), pytest.param(False, id="all", marks=pytest.mark.long)]
ANSWERS = {200, 302, 303, 400, 403, 404, 405, 413, 422}


@pytest.fixture
def there(settings: Settings, tmp_path: Path) -> Made:
    settings.MEDIA_ROOT = tmp_path / "files"
    return made()


def _rows() -> dict[str, int]:
    """Rows of every table of work, whoever may see them."""
    labels = ("ledger", "intake", "documents")
    return {m.__name__: m._base_manager.count() for label in labels for m in apps.get_app_config(label).get_models()}


def test_it_works(there: Made, client: Client) -> None:
    client.force_login(there.office["city"])
    shown = [address for address in addresses(there) if client.get(address.url).status_code == 200]
    assert {"item", "report"} <= {address.about for address in shown}


@pytest.mark.parametrize("every", SHARE)
def test_nothing_out_of_sight_is_shown_and_nothing_breaks(there: Made, every: int) -> None:
    pages, faults = list(addresses(there)), []
    for number, (name, viewer) in enumerate(everybody(there.office).items()):
        client, sees = Client(raise_request_exception=False), there.sees(viewer.scope_today)
        client.force_login(viewer)
        for address in pages[number % every :: every]:
            answer = client.get(address.url)
            faults += _faults(there, address, f"{name} GET {address.url}", answer, sees)
    assert faults == []


def _faults(there: Made, address: Address, asked: str, answer: Any, sees: dict[str, bool]) -> list[str]:
    found = []
    if answer.status_code not in ANSWERS:
        found.append(f"{asked}: {answer.status_code}")
    if address.about and not sees[address.about] and answer.status_code not in (403, 404, 405):
        found.append(f"{asked}: {answer.status_code} for what is out of sight")
    body = b"" if answer.streaming else answer.content
    for what, words in there.words.items():
        if not sees[what] and words.encode() in body:
            found.append(f"{asked}: says what is out of sight: {words}")
    return found


def _sent(number: int, alone: bool) -> tuple[dict[str, Any], ...]:
    """What is sent to an address: all of it, or one of it in turn."""
    return (SENT[number % len(SENT)],) if alone else SENT


@pytest.mark.parametrize("alone", ALONE)
def test_whatever_is_sent_from_elsewhere_changes_nothing(there: Made, alone: bool) -> None:
    before, faults = _rows(), []
    elsewhere = {name: who for name, who in everybody(there.office).items() if name.endswith(("beside", "abroad"))}
    for number, (name, viewer) in enumerate(elsewhere.items()):
        client, sees = Client(raise_request_exception=False), there.sees(viewer.scope_today)
        client.force_login(viewer)
        for at, address in enumerate(addresses(there)):
            for sent in _sent(number + at, alone):
                answer = client.post(address.url, sent)
                faults += _faults(there, address, f"{name} POST {address.url} {list(sent)}", answer, sees)
    assert (faults, _rows()) == ([], before)


@pytest.mark.parametrize("alone", ALONE)
def test_odd_forms_of_who_may_break_nothing(there: Made, alone: bool) -> None:
    client, faults = Client(raise_request_exception=False), []
    for number, name in enumerate(("city", "water", "checker")):
        client.force_login(there.office[name])
        for at, address in enumerate(addresses(there)):
            for sent in _sent(number + at, alone):
                answer = client.post(address.url, sent)
                if answer.status_code not in ANSWERS:
                    faults.append(f"{name} POST {address.url} {list(sent)}: {answer.status_code}")
    assert faults == []


def test_nobody_signed_in_sees_a_page(there: Made, client: Client) -> None:
    for address in addresses(there):
        answer = client.get(address.url)
        assert answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/"), address.url


def test_a_form_from_another_site_is_refused(there: Made) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(there.office["city"])
    before = _rows()
    assert {client.post(address.url, {}).status_code for address in addresses(there)} <= {403, 405}
    assert _rows() == before
