"""Documents as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Tables of reports and what was read in them."""

    name = "luoshi.documents"
    label = "documents"
    verbose_name = _("文稿")
