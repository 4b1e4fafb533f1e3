"""What somebody sees, and the states that count for each way to take part, in; the items that wait out, in pages.

A way is one of `lists.WAYS`, or what lies at the very place of a post: a verifier `checks` it, a supervisor `oversees`
it. What lies below that place has posts of its own; it is found in the list of all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from luoshi.people.prepared import Prepared
from luoshi.people.roles import Role
from luoshi.people.scope import Part, Scope

from .actions.books import playbooks
from .lists import WAYS, After, Page, Waiting, Way, behind_of, in_order, lines, page, way_of
from .models import Item
from .policy import OF_A_UNIT

# States by way; none: whatever is not ended.
Wanted = Mapping[str, frozenset[str] | None]
# The roles to whom something is in a way: who only looks has nothing waiting.
ROLES = {
    "lead": OF_A_UNIT,
    "support": OF_A_UNIT,
    "verifier": frozenset({Role.VERIFIER}),
    "opener": frozenset({Role.SUPERVISOR}),
    "checks": frozenset({Role.VERIFIER}),
    "oversees": frozenset({Role.SUPERVISOR}),
}
LOOK_UPS = {"lead": "lead", "support": "support_rows__unit", "verifier": "verifier", "opener": "opened_by"}
# Open items of a unit or post that are counted; beyond it a number says no more than that there are many.
MOST = 1000


class Count(NamedTuple):
    """How many items there are; `more`: and others that were not counted."""

    number: int
    more: bool


def waiting_in(scope: Scope, wanted: Wanted, *, after: After | None = None) -> Page:
    """The open items of some ways in some states: overdue longest first, not due at any moment last, each once, as the
    first of the ways that holds.

    A query for each way and each unit, post or place of a post.
    """
    return page(stream for way, states in wanted.items() for stream in _streams(scope, way, states, after))


def concerns(scope: Scope, wanted: Wanted) -> bool:
    """True when somebody has a post to whom anything can be in one of the ways."""
    return any(scope.of(ROLES[way]) for way in wanted)


def counted(scope: Scope, tabs: Mapping[str, Wanted]) -> dict[str, Count]:
    """How many items each of several selections has; each way is counted once, up to MOST.

    The ways of one selection have no item in common but where somebody both leads and supports, or holds posts that
    have to do with each other: then it counts twice.
    """
    ways = dict.fromkeys(way for wanted in tabs.values() for way in wanted)
    found = {way: _states(scope, way, _of_place(way, tabs)) for way in ways}
    return {key: _count(wanted, found) for key, wanted in tabs.items()}


def _count(wanted: Wanted, found: Mapping[str, Counter[str]]) -> Count:
    number = sum(
        count
        for way, states in wanted.items()
        for state, count in found[way].items()
        if states is None or state in states
    )
    return Count(number, any(found[way].total() >= MOST for way in wanted))


def _streams(scope: Scope, way: str, states: frozenset[str] | None, after: After | None) -> Iterator[Iterator[Waiting]]:
    if way in WAYS:
        made = _way(way, states)
        yield from (lines(made, way, key, after) for key in _keys(scope, way))
        return
    for part in scope.of(ROLES[way]):
        rows = in_order(_at(scope, way, part, states or frozenset()), behind_of(after))
        yield (Waiting._make((*row, way)) for row in rows)


@cache
def _way(way: str, states: frozenset[str] | None) -> Way:
    return WAYS[way] if states is None else way_of(LOOK_UPS[way], WAYS[way].by, states)


@cache
def _state_of(way: str) -> Prepared:
    def states(key: int) -> QuerySet[Item, Any]:
        open_ones = Item.unguarded.filter(**{LOOK_UPS[way]: key}, ended_on__isnull=True)
        return open_ones.order_by().values_list("state")[:MOST]

    return Prepared(states, int)


def _keys(scope: Scope, way: str) -> list[int]:
    return scope.units(ROLES[way]) if WAYS[way].by == "unit" else scope.posts(ROLES[way])


def _states(scope: Scope, way: str, states: frozenset[str]) -> Counter[str]:
    if way in WAYS:
        return Counter(state for key in _keys(scope, way) for (state,) in _state_of(way).rows(key))
    rows = (
        _at(scope, way, part, states).order_by().values_list("state", flat=True)[:MOST] for part in scope.of(ROLES[way])
    )
    return Counter(state for each in rows for state in each)


def _at(scope: Scope, way: str, part: Part, states: frozenset[str]) -> QuerySet[Item]:
    """Open items at the very place of a post, in its lines, that are not in the list by another way already."""
    lists, kinds = _kept(states)
    place = int(part.paths[0].rstrip("/").rpartition("/")[2] or 0) if part.paths else 0
    # Lists and kinds say nothing that the states do not; they are what the index begins with.
    found = Item.unguarded.filter(place=place, list__in=lists, kind__in=kinds, state__in=states, ended_on__isnull=True)
    found = found if part.lines is None else found.filter(line__in=part.lines)
    if way == "checks":
        return found.filter(verifier__isnull=True)
    return found.filter(~Q(opened_by__in=scope.posts(ROLES["opener"])) | Q(opened_by__isnull=True))


@cache
def _kept(states: frozenset[str]) -> tuple[list[str], list[str]]:
    """The lists that have some of the states, and the kinds of those."""
    books = [book for book in playbooks() if any(state.key in states for state in book.states)]
    kinds = {state.kind for book in books for state in book.states if state.key in states}
    return sorted({key for book in books for key, _ in book.lists}), sorted(kinds)


def _of_place(way: str, tabs: Mapping[str, Wanted]) -> frozenset[str]:
    asked = (wanted[way] or frozenset() for wanted in tabs.values() if way in wanted)
    return frozenset(state for states in asked for state in states)
