"""Texts: a person's own words, apart from the events that hold only commitments to them, so that they can be erased."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.people.visible import Unguarded, VisibleBy

from .event import Event


class Text(models.Model):
    """Words somebody wrote in a move: `subject` is whose words they are (`post:12`, `petitioner:…`).

    Erasing takes words and salt away and leaves the row, with the event that recorded the erasing; what is left says
    nothing of the words.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="texts", verbose_name=_("办理记录"))
    field = models.CharField(_("栏目"), max_length=40)
    subject = models.CharField(_("何人之言"), max_length=60, db_index=True)
    words = models.TextField(_("文字"), blank=True)
    salt = models.BinaryField(max_length=32, null=True, editable=False)
    erased_by = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="+")

    unguarded = Unguarded["Text"]()
    seen = VisibleBy(
        place="event__item__place",
        line="event__item__line",
        participants=(
            "event__item__lead",
            "event__item__supports",
            "event__item__verifier",
            "event__item__opened_by",
        ),
    )

    class Meta:
        verbose_name = _("文字")
        verbose_name_plural = _("文字")
        constraints = (models.UniqueConstraint(fields=["event", "field"], name="ledger_one_text_a_field"),)

    def __str__(self) -> str:
        return f"{self.event_id} {self.field}"
