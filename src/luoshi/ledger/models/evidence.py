"""Evidence: files by the hash of their content; the bytes lie beside the database (ledger.actions.filing)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.people.visible import Unguarded, VisibleBy

from .item import Item


class Evidence(models.Model):
    """A file brought to an item as evidence; events name it by `sha256`, `name` is its owner's and can be erased."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="evidence", verbose_name=_("事项"))
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(_("类型"), max_length=100)
    size = models.PositiveBigIntegerField(_("大小"))
    name = models.CharField(_("文件名"), max_length=200, blank=True)
    subject = models.CharField(_("何人提交"), max_length=60)
    brought_at = models.DateTimeField(_("提交时间"))
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    unguarded = Unguarded["Evidence"]()
    seen = VisibleBy(
        place="item__place",
        line="item__line",
        participants=("item__lead", "item__supports", "item__verifier", "item__opened_by"),
    )

    class Meta:
        verbose_name = _("佐证材料")
        verbose_name_plural = _("佐证材料")
        constraints = (models.UniqueConstraint(fields=["item", "sha256"], name="ledger_one_file_an_item"),)

    def __str__(self) -> str:
        return self.sha256[:12]
