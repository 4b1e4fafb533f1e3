"""Many people moving items at random through the door: rows stay what replay makes, what is forbidden is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from luoshi.ledger.models import Event
from luoshi.ledger.proving.verify import verify

from .office import at, office, proof
from .wandering import people, walk

# Twenty in each test, so that one that fails says which; the later ones in `make long`, 2,000 in `make soak`. What a
# walk asks of the database itself is little: of PostgreSQL a fourth of them.
WALKS, EACH, SHORT = 200, 20, 80
FIRSTS = [pytest.param(n, marks=() if n < SHORT else pytest.mark.long) for n in range(0, WALKS, EACH)]
# Longer after the first day than any walk goes on.
FAR = at(24 * 100)


@pytest.mark.django_db
@pytest.mark.parametrize("first", FIRSTS)
def test_walks_of_tasks_and_problems(first: int, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    there, files = office(), [proof(), proof("另一份")]
    people(there)
    for seed in range(first, first + (EACH if connection.vendor == "sqlite" else EACH // 4)):
        assert walk(there, seed, files).told
    assert Event.unguarded.count() > 3 * EACH // 4
    assert not verify(FAR).faults
