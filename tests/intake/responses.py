"""An office in, with units of the lines of a flood: what a response finds there, and a response by name, out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from luoshi.intake.models import PreparedItem
from luoshi.intake.responding.activating import Activated, activate
from luoshi.ledger.actions import act
from luoshi.ledger.models import Item
from luoshi.people.models import Role
from luoshi.places.models import Kind, Line, Unit
from tests.ledger.office import NOW, Office, proof
from tests.people.made import LONG_AGO, post, user

# Lines of the flood set by level Ⅲ, and where each has units: "+" confirmed, "?" assumed, "2" two confirmed, "" none.
UNITS: Mapping[str, tuple[str, str, str]] = {
    "emergency_management": ("应急管理", "+", "+"),
    "natural_resources": ("自然资源和规划", "+", "?"),
    "housing_and_construction": ("住房和城乡建设", "+", ""),
    "agriculture_rural": ("农业农村", "+", "2"),
    "education": ("教育", "+", "+"),
    "transport": ("交通运输", "+", "+"),
    "public_security": ("公安", "+", "+"),
}
COUNTIES = ("A1a", "A1b")
LATER = NOW + datetime.timedelta(hours=6)


def ready(office: Office) -> Office:
    """The lines and their units at both counties; somebody of each in the county's emergency bureau."""
    for key, (name, *there) in UNITS.items():
        line = Line.objects.create(key=key, name=name, branch="government", since=LONG_AGO)
        for place, units in zip(COUNTIES, there, strict=True):
            for number in range({"": 0, "2": 2}.get(units, 1)):
                at = office.world.places[place]
                status = Unit.Status.ASSUMED if units == "?" else Unit.Status.CONFIRMED
                named = {"key": f"{place}:{key}{number or ''}", "name": f"{at.name}{name}局{number or ''}"}
                office.world.units[named["key"]] = Unit.objects.create(
                    **named, place=at, line=line, kind=Kind.DEPARTMENT, since=LONG_AGO, status=status
                )
    for name, unit in (("rescue", "A1a:emergency_management"), ("rescue_b", "A1b:emergency_management")):
        office.people[name] = user(name)
        office.posts[name] = post(office.people[name], Role.CLERK, office.world.units[unit])
    return office


def flood(office: Office, level: str = "iii", places: tuple[str, ...] = COUNTIES, **more: Any) -> Activated:
    """A response of the city to a flood."""
    return activate(office[more.pop("by", "city")], "flood", level, places, more.pop("now", NOW), **more)


def parts(response: UUID) -> dict[str, Item]:
    """The parts of a response by `place key:prepared item`."""
    rows = PreparedItem.unguarded.filter(response=response).exclude(part=None).select_related("place", "part")
    return {f"{row.place.key}:{row.key}": row.part for row in rows if row.part}


def version(item: UUID) -> int:
    """How many events an item has."""
    return Item.unguarded.get(pk=item).sequence


def gaps(response: UUID) -> dict[str, str]:
    """Why prepared items have no unit, in the same way."""
    rows = PreparedItem.unguarded.filter(response=response, part=None).select_related("place")
    return {f"{row.place.key}:{row.key}": row.gap for row in rows}


def move(office: Office, name: str, item: UUID, verb: str, hours: float, *, prove: bool = False, **fields: Any) -> None:
    """A move on a part."""
    now = NOW + datetime.timedelta(hours=hours)
    evidence = [("photo", proof("上坝照片"))] if prove else []
    expected = Item.unguarded.get(pk=item).sequence
    act(office[name], item, verb, fields=fields, evidence=evidence, expected=expected, now=now)
