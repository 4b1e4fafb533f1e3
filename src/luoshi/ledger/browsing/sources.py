"""A scope and what is wanted in it in; the ways to the items out, each of few rows or along an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from luoshi.documents.grams import counted
from luoshi.people.roles import WORKING
from luoshi.people.scope import EVERYWHERE, Scope
from luoshi.people.seeing import places_under

from ..models import Item, SearchText, Support
from ..searching import holding, phrases_of, texts_of, words_of
from .walks import Walk
from .wanted import At, Wanted, mine, plain

# So many rows at most are read and put in order, which takes some milliseconds.
NARROW = 500
# Rows looked at in a walk: where an index holds what is compared, and where the rows themselves have to be read; either
# takes some five milliseconds, a tenth of a page.
LOOKS, LOOKS_READING = 10_000, 2_000
# Places whose items may be few: a city's with its townships; more of them are walked.
PLACES = 400


class Few(NamedTuple):
    """All there are by one way, in no order."""

    rows: tuple[At, ...]


def sources(scope: Scope, wanted: Wanted) -> Iterator[Walk | Few]:
    """Every way by which somebody sees what is wanted; together they lead to all of it."""
    words = words_of(wanted.words)
    phrases = phrases_of(words)
    if phrases and counted(connection, SearchText._meta.db_table, (phrases,), NARROW + 1) <= NARROW:
        items = list(texts_of(words).values_list("item", flat=True))
        yield _all(Q(pk__in=items) & _sight(scope, wanted) & plain(wanted) & _below(scope, wanted.paths))
        return
    where = Q(Exists(holding(SearchText.objects.filter(item=OuterRef("pk")), words))) if words else Q()
    if wanted.mine or not scope.whole(WORKING):
        yield from _taking_part(scope, wanted, _below(scope, wanted.paths) & where)
    if not wanted.mine:
        for lines, paths in scope.areas(WORKING).items():
            yield _area(scope, wanted, where, lines, paths)


def _sight(scope: Scope, wanted: Wanted) -> Q:
    """What somebody sees, as a condition that is asked of each row of a few."""
    found = mine(scope)
    for lines, paths in () if wanted.mine else scope.areas(WORKING).items():
        area = _below(scope, paths) & (Q() if lines is None else Q(line__in=lines))
        found |= area or Q(pk__isnull=False)
    return found


def _below(scope: Scope, paths: Iterable[str]) -> Q:
    """That an item lies at or below one of the places; anywhere, without any."""
    listed = list(paths)
    if not listed or EVERYWHERE in listed:
        return Q()
    return Q(place__in=places_under(listed, scope.day))


def _taking_part(scope: Scope, wanted: Wanted, where: Q) -> Iterator[Walk | Few]:
    """By each of the ways to take part."""
    units, posts = scope.units(WORKING), scope.posts(WORKING)
    supported = Support.unguarded.filter(unit__in=units).order_by().values("item")
    yield _all(Q(pk__in=supported) & plain(wanted) & where)
    for way, keys in (("lead", units), ("verifier", posts), ("opened_by", posts)):
        for key in keys:
            own = Q(**{way: key})
            found = _few_or_walk(wanted, (own,), own, where)
            # The indexes of those who take part do not hold states.
            yield found._replace(looks=LOOKS_READING) if wanted.state and isinstance(found, Walk) else found


def _area(scope: Scope, wanted: Wanted, where: Q, lines: frozenset[int] | None, paths: list[str]) -> Walk | Few:
    """What lies in the places and lines of somebody's posts."""
    narrower = wanted.paths and all(path.startswith(tuple(paths)) for path in wanted.paths)
    asked = [wanted.paths] if narrower else [tuple(paths), wanted.paths]
    # What an index holds is compared first, words last.
    for each in asked:
        where = _below(scope, each) & where
    line = wanted.line or (min(lines) if lines is not None and len(lines) == 1 else None)
    if lines is not None and wanted.line is None:
        where = Q(line__in=lines) & where
    elif lines is not None and wanted.line not in lines:
        return Few(())
    by_line = [Q(line=line)] if line else []
    by_lead = [Q(lead__in=wanted.leads)] if wanted.leads is not None else []
    # By these there are indexes in the order of what is due, and only in that.
    along = [*([Q(state=wanted.state)] if wanted.state else []), *by_line, Q()] if wanted.order == "due" else [Q()]
    return _few_or_walk(wanted, [*_places(scope, asked), *by_lead, *along[:-1]], along[0], where)


def _places(scope: Scope, asked: list[tuple[str, ...]]) -> Iterator[Q]:
    """The places themselves, where they are not many."""
    bounded = next((each for each in reversed(asked) if each and EVERYWHERE not in each), None)
    if bounded:
        ids = [row["place"] for row in places_under(list(bounded), scope.day)[: PLACES + 1]]
        if len(ids) <= PLACES:
            yield Q(place__in=ids)


def _few_or_walk(wanted: Wanted, ways: Iterable[Q], along: Q, where: Q) -> Walk | Few:
    """All there is by one of the ways, if an index says that it is little; else a walk."""
    ended = Q() if wanted.ended is None else Q(ended_on__isnull=not wanted.ended)
    for way in ways:
        # Ids first: of several conditions a database may take the wrong one to begin with.
        items = list(Item.unguarded.filter(way & ended).order_by().values_list("pk", flat=True)[: NARROW + 1])
        if len(items) <= NARROW:
            return _all(Q(pk__in=items) & plain(wanted) & where)
    walk = Walk(along, where, wanted, LOOKS)
    return walk._replace(looks=LOOKS_READING) if wanted.words or not walk.held else walk


def _all(where: Q) -> Few:
    return Few(tuple(At(*row) for row in Item.unguarded.filter(where).order_by().values_list("due_at", "pk")))
