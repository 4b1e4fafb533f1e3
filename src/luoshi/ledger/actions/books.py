"""The key of a playbook in, the playbook out; the files are read once."""

from __future__ import annotations

from functools import cache

from ..machine import Fault
from ..machine.values import shown
from ..playbook import Playbook, Playbooks, UnknownPlaybook, load_playbooks
from .refused import Refused


@cache
def playbooks() -> Playbooks:
    """The playbooks of the project. Raises BrokenPlaybooks."""
    return load_playbooks()


def newest(key: str) -> Playbook:
    """The newest version of a playbook. Raises Refused."""
    try:
        return playbooks().latest(key)
    except (UnknownPlaybook, TypeError):
        raise Refused((Fault("unknown_playbook", "playbook", {"playbook": shown(key)}),)) from None


def playbook_of(key: str, version: int) -> Playbook:
    """The version that an item was opened under. Raises Refused."""
    try:
        return playbooks().of(key, version)
    except UnknownPlaybook:
        raise Refused((Fault("unknown_playbook", "playbook", {"playbook": f"{key} {version}"}),)) from None
