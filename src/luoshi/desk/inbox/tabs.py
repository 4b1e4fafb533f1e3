"""The table of tabs in, what each of them holds out: ways to take part in items, with the states that count."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from luoshi.ledger.inbox import Wanted

NAMES = {
    "waiting": _("待我办理"),
    "to_sign": _("待签收"),
    "in_hand": _("办理中"),
    "to_verify": _("待核查"),
    "watched": _("我督办"),
    "all": _("全部"),
}
FIRST = "waiting"


@cache
def tabs() -> dict[str, Wanted]:
    """The tabs by key, in their order."""
    said = yaml.safe_load(Path(__file__).with_name("due.yaml").read_text("utf-8"))
    return {
        key: {way: _states(way, each, said["due"]) for way, each in ways.items()} for key, ways in said["tabs"].items()
    }


def _states(way: str, said: Any, due: dict[str, list[str]]) -> frozenset[str] | None:
    if said == "any":
        return None
    return frozenset(due[way] if said == "due" else said)
