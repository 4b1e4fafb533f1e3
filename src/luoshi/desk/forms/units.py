"""Names of units as people write them in, the units of those names out; and what a list beside an input offers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext as _

from luoshi.ledger.machine.values import LONGEST_KEY, storable
from luoshi.people.scope import Scope
from luoshi.people.seeing import places_under
from luoshi.places.models import PlaceState, Unit

from .nouns import Choice, Typed, UnitSaid, Wrong

# As many as one looks through in a list that hangs below an input.
OFFERED = 20
# Units that one form can name: a name that hundreds have, beside others.
MOST = 2000
# Names of one form that nobody has, for which names like them are looked up.
MOST_GUESSED = 5


class Known(NamedTuple):
    """A unit that has a name somebody wrote."""

    key: str
    name: str
    short: str
    place: str
    place_key: str
    near: bool

    @property
    def shown(self) -> str:
        """Its name with its place, for choosing among several of a name."""
        return f"{self.name}（{self.place}）"


def said(typed: Iterable[Typed]) -> list[UnitSaid]:
    """Every unit that was written into a form."""
    found: list[UnitSaid] = []
    for value in typed:
        if isinstance(value, UnitSaid):
            found.append(value)
        elif isinstance(value, tuple):
            found += [each if isinstance(each, UnitSaid) else getattr(each, "lead", UnitSaid()) for each in value]
    return [each for each in found if each]


def look_up(said: Iterable[UnitSaid], path: str, scope: Scope) -> list[Known]:
    """The units whose key, name or short name somebody wrote; `near`: those at or below a path."""
    texts = {text for each in said for text in (each.text.strip(), each.key) if 0 < len(text) <= LONGEST_KEY}
    texts = {text for text in texts if storable(text)}
    if not texts:
        return []
    rows = Unit.objects.on(scope.day).filter(Q(key__in=texts) | Q(name__in=texts) | Q(short__in=texts))
    inside = PlaceState.objects.on(scope.day).filter(place__in=rows.values("place"))
    near = {place for place, at in inside.values_list("place", "path") if at.startswith(path)}
    wanted = rows.order_by("key").select_related("place")[:MOST]
    known = [Known(u.key, u.name, u.short, u.place.name, u.place.key, u.place_id in near) for u in wanted]
    names = {name for unit in known for name in (unit.key, unit.name, unit.short)}
    return known + [unit for text in sorted(texts - names)[:MOST_GUESSED] for unit in _like(text, path, scope)]


def _like(text: str, path: str, scope: Scope) -> list[Known]:
    """Units at or below a path whose names hold a text, to be chosen from: nothing is taken that was not written."""
    found = Unit.objects.on(scope.day).filter(name__icontains=text, place__in=places_under([path], scope.day))
    rows = found.select_related("place").order_by("key")[:OFFERED]
    return [Known(u.key, u.name, u.short, u.place.name, u.place.key, True) for u in rows]


def matching(said: UnitSaid, known: Sequence[Known]) -> list[Known]:
    """The units that somebody can mean: the one chosen, or those of the name, nearest ones before all others."""
    text = said.text.strip()
    found = [unit for unit in known if text in (unit.key, unit.name, unit.short)]
    if chosen := [unit for unit in found if unit.key == (said.key or text)]:
        return chosen
    if chosen := [unit for unit in known if unit.key == said.key and text in unit.name]:
        return chosen
    whole = [unit for unit in found if unit.name == text] or found
    return [unit for unit in whole if unit.near] or whole


def key_of(
    path: str, said: UnitSaid, known: Sequence[Known], wrong: Wrong, several: dict[str, tuple[Choice, ...]]
) -> str:
    """The key of the one unit meant; otherwise what is wrong is noted under the field's path, with the choices."""
    found = matching(said, known)
    if len(found) == 1:
        return found[0].key
    if found:
        several[path] = tuple(Choice(unit.key, unit.shown) for unit in found[:OFFERED])
        words = _("有 %(count)s 个单位叫“%(name)s”：请选择其中一个。")
        wrong.setdefault(path, []).append(words % {"count": len(found), "name": said.text.strip()[:40]})
    elif like := [unit for unit in known if said.text.strip() in unit.name]:
        several[path] = tuple(Choice(unit.key, unit.shown) for unit in like[:OFFERED])
        words = _("没有单位正好叫“%(name)s”：是不是下面的？")
        wrong.setdefault(path, []).append(words % {"name": said.text.strip()[:40]})
    else:
        words = _("没有找到“%(name)s”：请写单位全称，或从列出的单位中选择。")
        wrong.setdefault(path, []).append(words % {"name": said.text.strip()[:40]})
    return ""


def offered(words: str, scope: Scope, under: str | None) -> list[Mapping[str, Any]]:
    """The units whose names hold some words, confirmed ones and those that begin with them first; `under`: the key of
    a place, within which they lie."""
    words = words.strip()[:LONGEST_KEY]
    if not words or not storable(words):
        return []
    found = Unit.objects.on(scope.day).filter(Q(name__icontains=words) | Q(short__icontains=words))
    if under and storable(under):
        states = PlaceState.objects.filter(place__key=under[:LONGEST_KEY], since__lte=scope.day).order_by("-since")
        path = states.values_list("path", flat=True).first()
        found = found.filter(place__in=places_under([path], scope.day)) if path else found.none()
    begins = Case(When(name__startswith=words, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = found.annotate(rank=begins).order_by("-status", "rank", "key")
    return list(rows.values("key", "name", "status", "place__name")[:OFFERED])
