"""Files, a place and a day as they were sent in, checked values or faults by field out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from luoshi.people.scope import Scope
from luoshi.places.models import Line, Place, PlaceState, Unit
from luoshi.places.models.place import PlaceStateQuerySet

from ..reports.bringing import BRINGING

# As many places as one still finds one's own among in a list; with more, only those right below are offered.
MOST = 200


class Choice(NamedTuple):
    """A place or a line that may be chosen; `deep`: how far below one's own it is."""

    pk: int
    name: str
    deep: int = 0


@dataclass
class Upload:
    """What was sent, and what may be chosen; nothing that was typed is lost."""

    places: tuple[Choice, ...]
    lines: tuple[Choice, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    files: tuple[UploadedFile, ...] = ()
    place: Place | None = None
    line: Line | None = None
    published: str | None = None
    faults: dict[str, str] = field(default_factory=dict)

    @classmethod
    def blank(cls, scope: Scope) -> Upload:
        """With one's own place chosen."""
        places = _places(scope)
        chosen = str(places[0].pk) if places else ""
        return cls(places, _lines(scope), {"place": chosen})

    @classmethod
    def sent(cls, scope: Scope, given: Mapping[str, str], files: MultiValueDict[str, UploadedFile]) -> Upload:
        """Checked."""
        form = cls(_places(scope), _lines(scope), given, tuple(files.getlist("files")))
        if not form.files:
            form.faults["files"] = _("请选择文稿。")
        form._take_place(given.get("place", ""), given.get("line", ""))
        form._take_day(given.get("published", "").strip())
        return form

    def _take_place(self, place: str, line: str) -> None:
        if place not in {str(choice.pk) for choice in self.places}:
            self.faults["place"] = _("请选择这是哪里的文稿。")
        else:
            self.place = Place.objects.get(pk=int(place))
        only = str(self.lines[0].pk) if len(self.lines) == 1 else line
        if only in {str(choice.pk) for choice in self.lines}:
            self.line = Line.objects.get(pk=int(only))
        elif self.lines:
            self.faults["line"] = _("请选择条线。")

    def _take_day(self, words: str) -> None:
        if not words:
            return
        try:
            self.published = datetime.date.fromisoformat(words).isoformat()
        except ValueError:
            self.faults["published"] = _("日期写成 2026-11-21 这样。")


def _places(scope: Scope) -> tuple[Choice, ...]:
    """One's own places and those below: two steps, or one where they are many."""
    own = [part.unit for part in scope.of(BRINGING) if part.unit]
    tops = list(dict.fromkeys(Unit.objects.filter(pk__in=own).values_list("place__pk", "place__name")))
    states = PlaceState.objects.on(scope.day).exclude(level="village")
    below = _under(states, [pk for pk, _name in tops])
    deeper = _under(states, [pk for _top, pk, _name in below])
    further = deeper if len(below) + len(deeper) <= MOST else []
    found = []
    for top, name in tops:
        found.append(Choice(top, name))
        for parent, pk, called in below:
            if parent == top:
                found.append(Choice(pk, called, 1))
                found += [Choice(far, each, 2) for above, far, each in further if above == pk]
    # Posts in a city and in a county of it offer the county once.
    return tuple({choice.pk: choice for choice in found}.values())


def _under(states: PlaceStateQuerySet, parents: list[int]) -> list[tuple[int, int, str]]:
    rows = states.filter(parent__in=parents).order_by("code", "place")
    return list(rows.values_list("parent", "place", "name")) if parents else []


def _lines(scope: Scope) -> tuple[Choice, ...]:
    """The lines of one's post, where it has not all of them."""
    part = next(iter(scope.of(BRINGING)), None)
    if part is None or part.lines is None:
        return ()
    return tuple(
        Choice(*row) for row in Line.objects.filter(pk__in=part.lines).order_by("pk").values_list("pk", "name")
    )
