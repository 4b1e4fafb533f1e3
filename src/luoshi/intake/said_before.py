"""Actions of a report in, the items and actions of other reports that say the same out, as far as the viewer sees them.

Three queries for a whole report: what has rare pairs of characters in common with each action, by the indexes of
items and actions; then the items, and the actions, of those within sight. How alike they are is `repeats.compare`.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import combinations
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value

from luoshi.documents.grams import Shared, Wanted
from luoshi.documents.models import Action, Report
from luoshi.ledger.models import Item, SearchText
from luoshi.people.scope import Scope
from luoshi.places.models import PlaceState
from luoshi.reading.folding import bigrams, folded

from .cores import telling
from .repeats import SAME, Context, compare

# Pairs of characters that an action is looked for by: those of two or three words, two of which another must have.
TELLING = 6
# Rows that the index gives for an action, and those of them that are compared. With 100,000 items of which one says the
# same, it was always among the first three; the rest is room for a ledger that says much the same all over.
CANDIDATES, COMPARED = 40, 10
# Answers for an action: what a person looks through.
ANSWERS = 5
# Actions that are looked for by one statement; SQLite takes 500 parts, two for each.
TOGETHER = 200


class Said(NamedTuple):
    """What is asked about: the words of an action, the key of the place that says it, until when it is due."""

    words: str
    place: str | None = None
    due: datetime.date | None = None


class Earlier(NamedTuple):
    """Something said before: its words, by whom (of an item, what it rests on) and when; its item, if it is one, and
    whether that is open; how likely it is the same work, and why."""

    words: str
    by: str
    when: datetime.date | None
    item: UUID | None
    number: str
    open: bool
    action: int | None
    score: float
    reason: str


class _Known(NamedTuple):
    """A row that may say the same, with its deadline."""

    earlier: Earlier
    due: datetime.date | None


def said_before(
    asked: Sequence[Said], scope: Scope, *, report: int | None = None, least: float = SAME
) -> tuple[tuple[Earlier, ...], ...]:
    """For each action what was said before, the likeliest first, none below `least`.

    Args:
        scope: of who looks; what is out of their sight is not there.
        report: the report that the actions are of: neither it nor its reprints say anything before.
    """
    found: list[tuple[Earlier, ...]] = []
    for start in range(0, len(asked), TOGETHER):
        part = asked[start : start + TOGETHER]
        candidates = _candidates(part, scope.day, report)
        known = _known(candidates, scope)
        found += [
            _answers(each, [known[key] for key in candidates[n] if key in known], least) for n, each in enumerate(part)
        ]
    return tuple(found)


def _answers(asked: Said, known: Iterable[_Known], least: float) -> tuple[Earlier, ...]:
    mine = set(bigrams(folded(asked.words)))
    nearest = nlargest(COMPARED, known, key=lambda row: _alike(mine, row.earlier.words))
    scored = [_scored(asked, row) for row in nearest]
    best = sorted((row for row in scored if row.score >= least), key=lambda row: (-row.score, row.item is None))
    return tuple(_once(best))[:ANSWERS]


def _alike(mine: set[str], words: str) -> float:
    theirs = set(bigrams(folded(words)))
    return len(mine & theirs) / (min(len(mine), len(theirs)) or 1)


def _scored(asked: Said, row: _Known) -> Earlier:
    verdict = compare(asked.words, row.earlier.words, Context(due=asked.due), Context(due=row.due))
    return row.earlier._replace(score=verdict.score, reason=verdict.reason)


def _once(rows: Iterable[Earlier]) -> Iterator[Earlier]:
    """An action whose words an item has too is told as the item."""
    items = {folded(row.words) for row in rows if row.item}
    yield from (row for row in rows if row.item or folded(row.words) not in items)


Key = tuple[bool, int]


def _candidates(asked: Sequence[Said], day: datetime.date, report: int | None) -> Mapping[int, list[Key]]:
    """For each action the keys of rows that may say the same: whether it is an item's, and its number."""
    parts = [query for number, each in enumerate(asked) for query in _queries(number, each, day, report)]
    found: dict[int, list[Key]] = defaultdict(list)
    if not parts:
        return found
    made = [part.query.sql_with_params() for part in parts]
    sql = " UNION ALL ".join(f"SELECT * FROM ({each}) AS part_{n}" for n, (each, _) in enumerate(made))
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _, params in made for value in params])
        for number, is_item, key in cursor.fetchall():
            found[number].append((bool(is_item), key))
    return found


def _queries(number: int, asked: Said, day: datetime.date, report: int | None) -> Iterator[QuerySet[Any, Any]]:
    grams = telling(asked.words, TELLING)
    if not grams:
        return
    wanted: Wanted = tuple(((one,), (other,)) for one, other in combinations(grams, 2)) or (((grams[0],),),)
    items = SearchText.objects.filter(grams__match=wanted)
    actions = Action.unguarded.filter(grams__match=wanted, kind="work", gone_at__isnull=True)
    if report is not None:
        same_work = Report.unguarded.filter(pk=report).values("work")
        actions = actions.exclude(report=report).exclude(report__work__in=same_work)
    for is_item, rows, place in ((1, items, "item__place"), (0, actions, "report__place")):
        near = _near(rows, place, asked.place, day) if asked.place else rows
        marked = near.annotate(
            number=Value(number, IntegerField()), is_item=Value(is_item, IntegerField()), shared=Shared("grams", grams)
        )
        yield marked.order_by("-shared", "-pk").values_list("number", "is_item", "pk")[:CANDIDATES]


def _near(rows: QuerySet[Any, Any], look_up: str, place: str, day: datetime.date) -> QuerySet[Any, Any]:
    """Rows of the place, or of one above or below it; another county's work is another work."""
    states = PlaceState.objects.filter(since__lte=day).order_by("-since").values("path")
    mine, theirs = states.filter(place__key=place)[:1], states.filter(place=OuterRef(look_up))[:1]
    near: QuerySet[Any, Any] = rows.annotate(mine=Subquery(mine), theirs=Subquery(theirs))
    found: QuerySet[Any, Any] = near.filter(Q(theirs__startswith=F("mine")) | Q(mine__startswith=F("theirs")))
    return found


def _known(candidates: Mapping[int, list[Key]], scope: Scope) -> dict[Key, _Known]:
    """The rows of the keys that are within sight."""
    keys = {key for found in candidates.values() for key in found}
    known = dict(_items({pk for is_item, pk in keys if is_item}, scope))
    known.update(_actions({pk for is_item, pk in keys if not is_item}, scope))
    return known


def _items(keys: set[int], scope: Scope) -> Iterator[tuple[Key, _Known]]:
    columns = ("search__pk", "pk", "number", "words", "facts__basis", "place__name", "opened_on", "ended_on", "due")
    rows = Item.seen.within(scope).filter(search__in=keys).values_list(*columns) if keys else ()
    for key, pk, number, words, basis, place, opened_on, ended_on, due in rows:
        earlier = Earlier(words, basis or place, opened_on, pk, number, ended_on is None, None, 0.0, "")
        yield (True, key), _Known(earlier, due)


def _actions(keys: set[int], scope: Scope) -> Iterator[tuple[Key, _Known]]:
    said = (
        "directive__speaker",
        "report__title",
        "report__published_on",
        "report__brought_at",
        "directive__deadline__by",
    )
    rows = Action.seen.within(scope).filter(pk__in=keys).values_list("pk", "words", *said) if keys else ()
    for pk, words, speaker, title, published, brought, due in rows:
        by, when = "，".join(filter(None, (speaker, title))), published or brought.date()
        earlier = Earlier(words, by, when, None, "", False, pk, 0.0, "")
        yield (False, pk), _Known(earlier, datetime.date.fromisoformat(due) if due else None)
