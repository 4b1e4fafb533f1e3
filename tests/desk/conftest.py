"""What the tests of pages begin with: an office, a folder of its own for files, and somebody signed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.ledger.office import Desk, Office, in_hand, office

As = Callable[[str], Client]


@pytest.fixture
def there(settings: Any, tmp_path: Path, db: None) -> Office:
    """The office."""
    settings.MEDIA_ROOT = tmp_path
    return office()


@pytest.fixture
def desk(there: Office) -> Desk:
    """An item that the city's water bureau has signed for."""
    return in_hand(there)


@pytest.fixture
def browsing(there: Office) -> As:
    """A browser of somebody of the office; reloads nothing by itself, throws what the server throws."""

    def as_(name: str) -> Client:
        client = Client()
        client.force_login(there[name])
        return client

    return as_
