"""Somebody and what they ask of a response in, the rows it is about out, or every fault in words, by field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from luoshi.ledger.actions.viewing import path_at
from luoshi.ledger.models import Item
from luoshi.people.scope import Scope
from luoshi.people.seeing import Viewer
from luoshi.places.models import Unit

from ..actions.hands import SUPERVISORS, Hand, hand_of
from ..actions.refused import DraftRefused, Fault
from .loading import sets
from .nouns import PreparedSet, Spot
from .planning import spots

# Prepared items × places of one activation: a province's cities and counties with a level's items; whatever is larger
# is activated by the cities themselves.
MOST = 1500


class Wanted(NamedTuple):
    """A response as it is asked for: the set, the level, the place it lies at, the places concerned."""

    prepared: PreparedSet
    level: str
    at: Spot
    where: tuple[Spot, ...]


def own_place(scope: Scope) -> str | None:
    """The key of the place of one's first post that supervises all lines: where a response of theirs lies."""
    parts = [part.unit for part in scope.of(SUPERVISORS) if part.unit and part.lines is None]
    rows = dict(Unit.objects.filter(pk__in=parts[:1]).values_list("pk", "place__key"))
    return rows.get(parts[0]) if parts else None


def wanted(hand: Hand, key: str, level: str, places: Sequence[str], at: str | None = None) -> Wanted:
    """What is asked, as rows.

    Raises:
        DraftRefused: with every fault: an unknown set, level or place, a place not within the supervisor's.
    """
    prepared, own = sets().latest(key), at or own_place(hand.scope)
    faults = level_of(prepared, level) if prepared else [Fault("set", _("请选择预案。"))]
    found = spots((own or "", *places), hand.day)
    there = found.get(own or "")
    if there is None or hand.post(there[0].pk, None) is None:
        raise DraftRefused(*faults, Fault("", _("启动应急响应须由本地区管全部条线的督查员办理。")))
    where, wrong = concerned(found, there, places)
    if faults or wrong or prepared is None:
        raise DraftRefused(*faults, *wrong)
    within_most(prepared, level, where)
    return Wanted(prepared, level, there[0], where)


def level_of(prepared: PreparedSet, level: str) -> list[Fault]:
    """The fault of a level that a set does not have."""
    known = level in [each.key for each in prepared.levels]
    return [] if known else [Fault("level", _("请选择响应级别。"))]


def within_most(prepared: PreparedSet, level: str, where: Sequence[Spot]) -> None:
    """Nothing, where a level opens no more at some places than may be at once.

    Raises:
        DraftRefused: it does.
    """
    if len(where) * len(prepared.opened_at(level)) > MOST:
        raise DraftRefused(Fault("places", _("一次最多下达 %(most)s 件；请分地区启动。") % {"most": MOST}))


def concerned(
    found: dict[str, tuple[Spot, str]], there: tuple[Spot, str], places: Sequence[str]
) -> tuple[tuple[Spot, ...], list[Fault]]:
    """The places concerned, each once, in the order of their codes: at or below the one the response lies at."""
    if not places:
        return (), [Fault("places", _("请选择受影响的地区。"))]
    below = {key: spot for key, (spot, path) in found.items() if path.startswith(there[1])}
    beyond = [key for key in dict.fromkeys(places) if key not in below]
    if beyond:
        names = "、".join(found[key][0].name if key in found else key[:40] for key in beyond[:5])
        return (), [Fault("places", _("不在%(at)s范围内：%(names)s。") % {"at": there[0].name, "names": names})]
    return tuple(spot for key, spot in below.items() if key in set(places)), []


class Running(NamedTuple):
    """A response in sight: its row, its set, and who asks."""

    row: Item
    prepared: PreparedSet
    hand: Hand

    @property
    def level(self) -> str:
        """Its level now."""
        return str(self.row.facts["level"])

    @property
    def path(self) -> str:
        """The path of its place."""
        return path_at(self.row.place_id, self.hand.day)


def running(viewer: Viewer, response: UUID, now: datetime) -> Running:
    """A response by its id.

    Raises:
        DraftRefused: there is none, or it is out of sight.
    """
    hand = hand_of(viewer, now)
    seen = Item.seen.within(hand.scope).filter(pk=response, playbook="response", parent=None)
    row: Item | None = seen.select_related("place").first()
    prepared = set_of(row) if row else None
    if row is None or prepared is None:
        raise DraftRefused(Fault("", _("没有找到该应急响应：可能不在您的职务范围内。")))
    return Running(row, prepared, hand)


def named(request: str | None, step: str) -> str | None:
    """What the door knows a step of a request by."""
    return f"response:{request}:{step}" if request else None


def set_of(row: Item) -> PreparedSet | None:
    """The set that a response was activated with, in its version."""
    return sets().of(str(row.facts.get("prepared")), int(row.facts.get("prepared_version") or 0))
