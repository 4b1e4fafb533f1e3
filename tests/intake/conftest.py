"""What the tests of drafts begin with: an office, and a folder of its own for files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .made import Office, office, own_names


@pytest.fixture
def there(settings: Any, tmp_path: Path, db: None) -> Office:
    """The office, with units that reports print."""
    settings.MEDIA_ROOT = tmp_path
    made = office()
    own_names(made)
    return made
