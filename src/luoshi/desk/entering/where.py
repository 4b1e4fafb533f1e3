"""Somebody's scope and what they typed for a place in, the place, line and post that are meant out, or why none."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from luoshi.ledger.actions.viewing import path_at
from luoshi.ledger.policy import About, covers
from luoshi.people.models import Post
from luoshi.people.roles import Role
from luoshi.people.scope import Scope
from luoshi.people.visible import UNITS, Seen
from luoshi.places.finding import find
from luoshi.places.models import Line, Place, PlaceState, Unit

SUPERVISORS = frozenset({Role.SUPERVISOR})
# A meeting is entered by those who see that work is done and those who do it.
ENTERING = frozenset({Role.SUPERVISOR, Role.CLERK})
# As many names as a list below an input is of use for; others are typed.
MOST = 200


class Named(NamedTuple):
    """A place by what somebody typed; without one, the line that says what is wrong."""

    place: Place | None
    fault: str = ""


def own_place(scope: Scope, roles: frozenset[Role]) -> str:
    """The name of the place of one's first post in these roles."""
    units = [part.unit for part in scope.of(roles) if part.unit]
    return Seen(Unit, UNITS).within(scope).filter(pk__in=units[:1]).values_list("place__name", flat=True).first() or ""


def offered(scope: Scope, roles: frozenset[Role]) -> list[str]:
    """Names of places within sight to choose from: one's own, and those right below."""
    units = [part.unit for part in scope.of(roles) if part.unit]
    own = list(Seen(Unit, UNITS).within(scope).filter(pk__in=units).values_list("place", "place__name"))
    below = (
        PlaceState.objects.on(scope.day).filter(parent__in=[place for place, _name in own]).order_by("code", "place")
    )
    return list(dict.fromkeys([*(name for _place, name in own), *below.values_list("name", flat=True)[:MOST]]))


def place_of(typed: str, scope: Scope, roles: frozenset[Role]) -> Named:
    """The one place within one's sight that is meant by a name, a chain of names, a code or a key."""
    if not typed.strip():
        return Named(None, _("请写明是哪个地区的。"))
    states = find(typed[:100], scope.day)
    found = [state for state in states if _within(state.path, scope, roles)]
    if not found:
        return Named(None, _("您的职务范围内没有“%(name)s”；请写本地区或下级地区的名称。") % {"name": typed[:40]})
    # A name that is one's own place, or nearest to it, goes before the same name further down.
    depths = [len(state.path.split("/")) for state in found]
    if depths.count(min(depths)) > 1:
        above = "、".join(f"{state.parent.name if state.parent else ''} {state.name}" for state in found[:3])
        return Named(None, _("有几个地区叫这个名字（%(names)s）；请连上级一起写。") % {"names": above})
    return Named(found[depths.index(min(depths))].place)


def _within(path: str, scope: Scope, roles: frozenset[Role]) -> bool:
    return any(part.country or path.startswith(part.paths) for part in scope.of(roles))


def lines_of(scope: Scope, roles: frozenset[Role]) -> list[tuple[str, str]]:
    """The lines that one may say something belongs to; the empty one first, where one of the posts has all lines."""
    parts = scope.of(roles)
    whole = any(part.lines is None for part in parts)
    rows = Line.objects.on(scope.day).order_by("pk")
    if not whole:
        rows = rows.filter(pk__in={line for part in parts for line in part.lines or ()})
    return [*([("", _("不分条线"))] if whole else []), *((key, name) for key, name in rows.values_list("key", "name"))]


def post_for(scope: Scope, roles: frozenset[Role], place: Place, line: Line | None) -> Post | None:
    """The first of their posts in these roles that covers a place and line; who stands in acts in their own post."""
    about = About(path_at(place.pk, scope.day), line.pk if line else None)
    part = next((part for part in scope.of(roles) if covers(part, about)), None)
    key = (part.stand_in or part.post) if part else None
    return Post.seen.within(scope).filter(pk=key).first() if key else None
