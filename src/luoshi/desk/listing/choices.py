"""A scope and what is asked for in; what a list can be narrowed to, and chips of what it is narrowed to, out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from luoshi.ledger.actions.books import playbooks
from luoshi.people.roles import WORKING
from luoshi.people.scope import EVERYWHERE, Scope
from luoshi.places.models import Level, Line, PlaceState
from luoshi.places.paths import ids_of

from ..lights import called, limits, timeless
from .asked import Asked

# Places to choose from at once: a province's cities and counties are fewer.
MOST = 200


class Choice(NamedTuple):
    """A value with its name."""

    key: str
    name: str


class Chip(NamedTuple):
    """A filter in words, the address of the list with or without it, and whether it is on."""

    name: str
    address: str
    on: bool


def lists(language: str) -> list[Choice]:
    """Every list there is, in the order of the playbooks."""
    newest = (playbooks().latest(key) for key in sorted(playbooks().keys, reverse=True))
    return [Choice("all", _("全部清单")), *(Choice(key, name.of(language)) for p in newest for key, name in p.lists)]


def states(list_: str, language: str) -> list[Choice]:
    """The states of the items of a list, each key once."""
    keys = playbooks().keys if list_ == "all" else (playbooks().running(list_).key,)
    found = {
        state.key: state.name.of(language)
        for key in sorted(keys, reverse=True)
        for state in reversed(playbooks().latest(key).states)
    }
    return [Choice(*pair) for pair in reversed(found.items())]


def lines(scope: Scope) -> list[Choice]:
    """The lines that somebody sees."""
    seen = scope.areas(WORKING)
    rows = Line.objects.on(scope.day).order_by("branch", "key")
    if None not in seen:
        rows = rows.filter(pk__in=frozenset().union(*(each for each in seen if each)))
    return [Choice(*row) for row in rows.values_list("key", "name")]


def places(scope: Scope, key: str) -> list[Choice]:
    """The place that is chosen, those above it within sight, and those straight below; without one, the widest."""
    tops = [path for paths in scope.areas(WORKING).values() for path in paths]
    on = PlaceState.objects.on(scope.day)
    chosen = on.filter(place__key=key).values_list("path", flat=True).first() if key else None
    if chosen and (EVERYWHERE in tops or chosen.startswith(tuple(tops))):
        top = min((len(path) for path in tops if chosen.startswith(path)), default=1)
        above = [each for each in ids_of(chosen) if len(chosen.split(f"/{each}/")[0]) + len(f"/{each}/") >= top]
        parents = [ids_of(chosen)[-1]]
    else:
        above = [ids_of(path)[-1] for path in tops if path != EVERYWHERE]
        parents = above
    if EVERYWHERE in tops and not chosen:
        parents = list(on.filter(level=Level.COUNTRY).values_list("place", flat=True))
    named = on.filter(place__in=above).order_by("path").values_list("place__key", "name")
    below = on.filter(parent__in=parents).order_by("code", "path").values_list("place__key", "name")[:MOST]
    return [Choice(*row) for row in dict.fromkeys([*named, *below])]


def quick(asked: Asked, now: datetime.datetime) -> list[Chip]:
    """Filters that are one press away; the light of what is far off is none of them."""
    shown = asked.values.get("show", "open")
    shown = "open" if asked.values.get("light") or shown not in ("ended", "all") else shown
    found = [
        Chip(name, asked.address(show="" if key == "open" else key, light=""), shown == key)
        for key, name in (("open", _("在办")), ("ended", _("办结和中止")), ("all", _("在办和已结束")))
    ]
    for key in [*list(limits(now))[:-1], *timeless(now)]:
        on = asked.values.get("light") == key
        found.append(Chip(called(key), asked.address(light="" if on else key, show=""), on))
    mine = "mine" in asked.values
    return [*found, Chip(_("我参与的"), asked.address(mine="" if mine else "1"), mine)]


def chosen(asked: Asked, named: dict[str, list[Choice]]) -> Iterator[Chip]:
    """What the form narrowed the list to, each with the address without it."""
    words = {
        "q": _("文字"),
        "state": _("状态"),
        "place": _("地区"),
        "line": _("条线"),
        "lead": _("牵头单位"),
        "from": _("到期自"),
        "to": _("到期至"),
    }
    for field, word in words.items():
        if value := asked.values.get(field):
            name = next((each.name for each in named.get(field, []) if each.key == value), value)
            yield Chip(f"{word}：{name}", asked.address(**{field: ""}), True)
