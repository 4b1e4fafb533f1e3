"""Delivery as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    """Tables of messages, of the channels of people, and of what was sent by them."""

    name = "luoshi.delivery"
    label = "delivery"
    verbose_name = _("送达")
