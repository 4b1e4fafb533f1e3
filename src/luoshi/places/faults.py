"""The tables of places and units in, what is wrong with them out: one line a fault, for people."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luoshi.traditional import traditional

from .gazetteer import PlaceState as State
from .gazetteer import Succession as Passed
from .gazetteer import faults as tree_faults
from .gazetteer.faults import Fault as TreeFault
from .models import PlaceState, Succession, Unit
from .paths import Link, Orphaned, chained, path_of


class Fault(NamedTuple):
    """One fault: whether the data must not be used like this, the key of what has it, and what is wrong."""

    grave: bool
    key: str
    said: str

    def __str__(self) -> str:
        weight = _("错误") if self.grave else _("待查")
        return f"{weight}  {self.key}  {self.said}"


def faults(day: datetime.date) -> Iterator[Fault]:
    """Everything wrong with the tree and its units as of `day`, grave faults first."""
    states = list(_states())
    found = [Fault(fault.grave, fault.key, _said(fault)) for fault in tree_faults(states, list(_successions()))]
    found += [*_of_paths(states), *_of_units(day)]
    yield from sorted(found, key=lambda fault: not fault.grave)


def _said(fault: TreeFault) -> str:
    language = get_language() or ""
    if not language.startswith("zh"):
        return fault.english
    return traditional(fault.chinese) if language == "zh-hant" else fault.chinese


def _states() -> Iterator[State]:
    columns = ("place__key", "level", "name", "code", "parent__key", "since", "since_known", "until", "until_known")
    rows = PlaceState.objects.order_by("place__key", "since").values_list(*columns, "source")
    for key, level, name, code, parent, *rest in rows.iterator():
        yield State(key, level, name, code, parent or "", *rest)


def _successions() -> Iterator[Passed]:
    rows: models.QuerySet[Any, tuple[Any, ...]] = Succession.objects.values_list(
        "place__key", "day", "day_known", "successor__key", "extent", "source"
    )
    return (Passed(*row) for row in rows.order_by("day", "place__key").iterator())


def _of_paths(states: Iterable[State]) -> Iterator[Fault]:
    """Paths that are not the chain of parents: they decide who sees what."""
    written = {
        (key, since): path
        for key, since, path in PlaceState.objects.values_list("place__key", "since", "path").iterator()
    }
    ids = dict(PlaceState.objects.values_list("place__key", "place_id").iterator())
    links = [Link(s.key, s.parent, s.since, s.since_known, s.until, s.until_known) for s in states]
    try:
        for piece in chained(links):
            if written.get((piece.link.key, piece.since)) != path_of(ids[key] for key in piece.chain):
                yield Fault(True, piece.link.key, _("%(day)s起的路径与上级不符") % {"day": piece.since})
    except Orphaned as broken:
        yield Fault(True, broken.key, str(broken))


def _of_units(day: datetime.date) -> Iterator[Fault]:
    """Units that outlive their place or their line."""
    open_ones = Unit.objects.on(day)
    there = PlaceState.objects.on(day).values("place_id")
    for key, name in open_ones.exclude(place_id__in=there).values_list("key", "name").iterator():
        yield Fault(False, key, _("%(name)s：所在地区已不存在") % {"name": name})
    ended = open_ones.filter(line__until__lte=day, until__isnull=True)
    for key, name, line in ended.annotate(of=F("line__name")).values_list("key", "name", "of").iterator():
        yield Fault(False, key, _("%(name)s：条线“%(line)s”已终止，尚未交接") % {"name": name, "line": line})
