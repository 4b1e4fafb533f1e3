"""Roots: the Merkle root of the events sealed on a day, each holding the one before; leaves say which events."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .event import Event


class Root(models.Model):
    """The events sealed together: those recorded up to the end of `day` that no root before it holds.

    `hash` is the Merkle tree hash of RFC 9162, 2.1.1, over the events' hashes in the order of their leaves. No post
    shows it to anybody: it is for the owner of the installation and for whoever keeps the exported lines.
    """

    number = models.PositiveIntegerField(primary_key=True)
    day = models.DateField(_("日期"), unique=True)
    sealed_at = models.DateTimeField(_("封存时间"))
    size = models.PositiveIntegerField(_("记录数"))
    items = models.PositiveIntegerField(_("事项数"))
    algorithm = models.CharField(max_length=10, default="sha256")
    hash = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    # Of the line as exported: day, size, items, hash and previous.
    seal = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("日封存")
        verbose_name_plural = _("日封存")
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.day}"


class Leaf(models.Model):
    """An event's place in a root."""

    root = models.ForeignKey(Root, models.PROTECT, related_name="leaves")
    index = models.PositiveIntegerField()
    event = models.OneToOneField(Event, models.PROTECT, related_name="leaf")

    class Meta:
        verbose_name = _("封存的记录")
        verbose_name_plural = _("封存的记录")
        constraints = (models.UniqueConstraint(fields=["root", "index"], name="ledger_one_leaf_an_index"),)

    def __str__(self) -> str:
        return f"{self.root_id}/{self.index}"
