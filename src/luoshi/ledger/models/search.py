"""What an item is found by, folded, with its index; derived from the item's row, and made anew whenever asked."""

from __future__ import annotations

from django.db import models

from luoshi.documents.grams import Grams

from .item import Item


class SearchText(models.Model):
    """The folded texts of an item, one a line (ledger.searching); no person's own words, which can be erased."""

    # No constraint of the database: what is derived does not stand in the way of the item's own table.
    item = models.OneToOneField(Item, models.CASCADE, related_name="search", db_constraint=False)
    words = models.TextField()
    grams = Grams("words")

    def __str__(self) -> str:
        return f"{self.item_id}"
