"""What the tests of the door begin with: an office, and a folder of its own for files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .office import Desk, Office, in_hand, office


@pytest.fixture
def there(settings: Any, tmp_path: Path, db: None) -> Office:
    """The office."""
    settings.MEDIA_ROOT = tmp_path
    return office()


@pytest.fixture
def desk(there: Office) -> Desk:
    """An item that the city's water bureau has signed for."""
    return in_hand(there)
