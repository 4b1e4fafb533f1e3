"""Rows about to change in, their state before and after kept out: the history of places, units and people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_update_with_history

AS_LOADED = "as loaded"


class Recorded(models.Model):
    """A row whose changes are kept.

    A load writes hundreds of thousands of rows, and a history row beside each would double the database to say the
    same twice: so the history of a row begins at its first change, with the row as it was before.
    """

    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the state before kept when nothing of this row was kept yet."""
        if self.pk is not None and not self._state.adding:
            keep_first(type(self), [self.pk])
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, with the state before kept."""
        keep_first(type(self), [self.pk])
        return super().delete(*args, **kwargs)


def keep_first(model: type[models.Model], keys: Iterable[Any]) -> None:
    """Put the rows of `keys` that have no history yet into it, as they are in the database now."""
    history = cast(Any, model).history
    kept = set(history.filter(**{"id__in": list(keys)}).values_list("id", flat=True))
    rows = model._default_manager.filter(pk__in=[key for key in keys if key not in kept])
    history.bulk_history_create(rows, default_change_reason=AS_LOADED, default_date=timezone.now())


def renew(model: type[models.Model], rows: Sequence[Any], fields: Sequence[str], reason: str, batch: int) -> None:
    """Write `fields` of changed `rows` in bulk, with their state before and after in the history."""
    for start in range(0, len(rows), batch):
        part = rows[start : start + batch]
        keep_first(model, [row.pk for row in part])
        bulk_update_with_history(part, model, list(fields), batch_size=batch, default_change_reason=reason)
