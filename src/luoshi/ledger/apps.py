"""The ledger as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """Tables of the ledger."""

    name = "luoshi.ledger"
    label = "ledger"
    verbose_name = _("台账")
