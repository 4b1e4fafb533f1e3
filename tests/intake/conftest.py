"""What the tests of drafts begin with: an office, and a folder of its own for files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from luoshi.places.models import Origin, Unit

from .made import Office, office


@pytest.fixture
def there(settings: Any, tmp_path: Path, db: None) -> Office:
    """The office."""
    settings.MEDIA_ROOT = tmp_path
    made = office()
    # Names of units that an office brought itself; those of the national lines have other keys.
    for unit in Unit.objects.filter(place__key__in=("A1", "A1a", "A1b")).select_related("place"):
        Unit.objects.filter(pk=unit.pk).update(origin=Origin.HAND, aliases=[unit.name[len(unit.place.name) - 1 :]])
    return made
