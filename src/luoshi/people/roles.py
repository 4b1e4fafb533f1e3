"""The roles a post may have, in the words of the field, and the groups of them that rules speak of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What the holder of a post is there for."""

    ADMINISTRATOR = "administrator", _("管理员")
    SUPERVISOR = "supervisor", _("督查员")
    LEADER = "leader", _("领导")
    CLERK = "clerk", _("承办人")
    VERIFIER = "verifier", _("核查员")
    OBSERVER = "observer", _("观察员")


EVERYBODY = frozenset(Role)
# Those who do the work or answer for it; an administrator looks after people and units and has no part in it.
WORKING = EVERYBODY - {Role.ADMINISTRATOR}
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
# Who can reach much must prove more than a password, where the office asks for it.
SECOND_FACTOR = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR})
