"""How the rows of a model are placed in, the rows that a viewer may see out; without a viewer, an error.

A model declares `seen = VisibleBy(place=…, line=…, participants=…)`; pages say `Model.seen.by(viewer, day)`.
"""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any, Generic, NoReturn, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Q

from luoshi.places.models import Place, Unit

from .roles import EVERYBODY, WORKING, Role
from .scope import EVERYWHERE, Scope
from .seeing import Viewer, places_under, sees

M = TypeVar("M", bound=models.Model)
M_co = TypeVar("M_co", bound=models.Model, covariant=True)
EVERY_ROW = Q(pk__isnull=False)
NO_ROW = Q(pk__in=[])


class NoViewer(Exception):
    """Rows were asked for without saying who looks; a fault of the program, never of its user."""

    def __init__(self, model: type[models.Model], asked: str) -> None:
        name = model.__name__
        super().__init__(
            f"{name}: {asked} was asked for without a viewer; say {name}.seen.by(viewer, day) on a page or in an API, "
            f"{name}.unguarded in code that is listed as allowed to"
        )


class Unguarded(models.Manager[M_co]):
    """All rows, for Django's machinery and the modules listed as allowed to; not by a relation (`user.posts`)."""

    def get_queryset(self) -> models.QuerySet[M_co]:
        """Every row.

        Raises:
            NoViewer: asked as the other end of a relation, as a template may do without anybody noticing.
        """
        if hasattr(self, "core_filters"):  # what Django gives to the managers of relations, and to no other
            raise NoViewer(self.model, "a relation")
        return super().get_queryset()


@dataclass(frozen=True)
class VisibleBy:
    """The rule of a model: look-ups of the place and the line of a row, and of those who take part in it.

    A participant is the look-up of a unit, a post or a user; "" is the row itself. A row without a line is seen by
    those who see all lines, and by those who take part. `roles`: the posts that count, administrators' only where it
    is people and units that are shown; a user who is named counts in any role.
    """

    place: str
    line: str | None = None
    participants: tuple[str, ...] = ()
    roles: frozenset[Role] = WORKING

    @property
    def look_ups(self) -> tuple[str, ...]:
        """All of them: place, line, participants."""
        return (self.place, self.line or "", *self.participants)

    def __get__(self, instance: object, model: type[M]) -> Seen[M]:
        return Seen(model, self)


class Seen(Generic[M]):
    """The guarded way to the rows of a model: somebody must look."""

    def __init__(self, model: type[M], rule: VisibleBy) -> None:
        self.model, self.rule = model, rule

    def by(self, viewer: Viewer, day: datetime.date) -> Any:
        """The rows that `viewer` may see on `day`, as a query set of the model: each once, in no order of its own."""
        return self.within(sees(viewer, day))

    def within(self, scope: Scope) -> Any:
        """The rows within a scope that was found before, for a page that asks of several models."""
        return self.model._default_manager.filter(condition(self.model, self.rule, scope))

    def among(self, scope: Scope, keys: Collection[Any]) -> Any:
        """Those of a few rows, by key, that are within a scope: it takes as long as they are many, however large the
        scope is."""
        return self.model._default_manager.filter(condition(self.model, self.rule, scope, keys), pk__in=keys)

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)
        raise NoViewer(self.model, f"“{name}”")

    def __iter__(self) -> Iterator[NoReturn]:
        raise NoViewer(self.model, "each row")

    def __len__(self) -> int:
        raise NoViewer(self.model, "the count")


# Units and places belong to the room below, which knows no viewers: so their rules stand here.
UNITS = VisibleBy(place="place", line="line", participants=("",), roles=EVERYBODY)
PLACES = VisibleBy(place="", roles=EVERYBODY)


def units(viewer: Viewer, day: datetime.date) -> Any:
    """The units that `viewer` may see on `day`: those within their scope, and those they work in."""
    return Seen(Unit, UNITS).by(viewer, day)


def places(viewer: Viewer, day: datetime.date) -> Any:
    """The places within the subtrees of `viewer`'s posts on `day`, whatever their lines."""
    return Seen(Place, PLACES).by(viewer, day)


def guarded() -> dict[type[models.Model], VisibleBy]:
    """Every model that is guarded, with its rule; units and places with theirs."""
    ours = {model: inspect.getattr_static(model, "seen", None) for model in apps.get_models()}
    return {model: rule for model, rule in ours.items() if isinstance(rule, VisibleBy)} | {Unit: UNITS, Place: PLACES}


def condition(model: type[models.Model], rule: VisibleBy, scope: Scope, keys: Collection[Any] | None = None) -> Q:
    """(the subtrees of one's posts and their lines) or what one takes part in, as a condition on rows of `model`; with
    `keys`, on rows that are known to be of these."""
    if scope.owns(rule.roles):
        return EVERY_ROW
    ways = [*_areas(rule, scope), *_taking_part(model, rule, scope)]
    if not ways:
        return NO_ROW
    if scope.whole(rule.roles) and not any(_leads_to_many(model, path) for path in rule.look_ups):
        return reduce(Q.__or__, ways)
    # The keys by each way, together: over an OR of subqueries PostgreSQL reads the whole table (bench/seeing.py).
    known = EVERY_ROW if keys is None else Q(pk__in=keys)
    each = [model._base_manager.filter(known, way).order_by().values("pk") for way in ways]
    return Q(pk__in=each[0].union(*each[1:]) if each[1:] else each[0])


def _areas(rule: VisibleBy, scope: Scope) -> Iterator[Q]:
    """By place and line: one way for each set of lines."""
    for lines, paths in scope.areas(rule.roles).items():
        # Of the country, that a row has a place is enough; forty thousand places need not be compared.
        anywhere = Q(**{f"{rule.place or 'pk'}__isnull": False})
        area = anywhere if EVERYWHERE in paths else Q(**{_in(rule.place): places_under(paths, scope.day)})
        if lines is not None and rule.line is not None:
            area &= Q(**{_in(rule.line): lines})
        yield area


def _taking_part(model: type[models.Model], rule: VisibleBy, scope: Scope) -> Iterator[Q]:
    """By being named, oneself, by a post or by a unit: one way for each look-up that has somebody to look for."""
    oneself = [] if scope.user is None else [scope.user]
    for path in rule.participants:
        mine = {Unit: scope.units, apps.get_model("people", "Post"): scope.posts}.get(_target(model, path))
        keys = mine(rule.roles) if mine else oneself
        if keys:
            yield Q(**{_in(path): keys})


def _in(path: str) -> str:
    return f"{path}__in" if path else "pk__in"


def _steps(model: type[models.Model], path: str) -> Iterator[Any]:
    for name in path.split("__") if path else ():
        field: Any = model._meta.get_field(name)
        yield field
        model = field.related_model


def _leads_to_many(model: type[models.Model], path: str) -> bool:
    return any(field.one_to_many or field.many_to_many for field in _steps(model, path))


def _target(model: type[models.Model], path: str) -> type[models.Model]:
    """The model that `path` ends at."""
    for field in _steps(model, path):
        model = field.related_model
    return model
