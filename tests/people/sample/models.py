"""An item with a lead, supports, a verifier and somebody who opened it: how a later room declares who sees its rows."""

from __future__ import annotations

from django.db import models

from luoshi.people.models import Post, User
from luoshi.people.visible import Unguarded, VisibleBy
from luoshi.places.models import Line, Place, Unit


class Item(models.Model):
    title = models.CharField(max_length=40)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+")
    lead = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    supports = models.ManyToManyField(Unit, related_name="+")
    verifier = models.ForeignKey(Post, models.PROTECT, null=True, related_name="items_verified")
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    unguarded = Unguarded["Item"]()
    seen = VisibleBy(place="place", line="line", participants=("lead", "supports", "verifier", "opened_by"))

    def __str__(self) -> str:
        return self.title
