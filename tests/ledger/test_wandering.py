"""Many people moving items at random through the door: rows stay what replay makes, what is forbidden is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction

from luoshi.ledger.models import Event

from .office import office, proof
from .wandering import people, walk

# Twenty in each test, so that one that fails says which; 2,000 in `make soak`. What a walk asks of the database itself
# is little: of PostgreSQL a fourth of them.
WALKS, EACH = 200, 20


@pytest.mark.django_db
@pytest.mark.parametrize("first", range(0, WALKS, EACH))
def test_walks_of_tasks_and_problems(first: int, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    there, files = office(), [proof(), proof("另一份")]
    people(there)
    for seed in range(first, first + (EACH if connection.vendor == "sqlite" else EACH // 4)):
        with transaction.atomic():
            told = walk(there, seed, files).told
            assert Event.unguarded.count() > 3, told
            transaction.set_rollback(True)
