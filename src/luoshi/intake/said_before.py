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
from django.db.models import CharField, F, IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from luoshi.documents.grams import Shared, Wanted
from luoshi.documents.models import Action, Report
from luoshi.ledger.models import Item, SearchText
from luoshi.people.scope import Scope
from luoshi.places.gazetteer import ROOT
from luoshi.places.models import PlaceState
from luoshi.reading.folding import bigrams, folded

from .cores import telling
from .repeats import SAME, Context, compare

# Pairs of characters that an action is looked for by, no two of which overlap; another must have two of them, of five
# three: a word may be said otherwise. Of the marked pairs that are the same, nine in ten are found so; six pairs find
# one of a hundred more, and cost nearly twice as much on a hundred thousand items (bench/searching.py).
TELLING, FEW, MANY = 5, 2, 3
# Rows that the index gives for an action, and those of them, by what they have in common, that are compared: some
# times what a page shows, as the first are mostly the right ones.
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


# The identifier of an item, or the number of an action.
Key = UUID | int


def _candidates(asked: Sequence[Said], day: datetime.date, report: int | None) -> Mapping[int, list[Key]]:
    """For each action the keys of rows that may say the same."""
    # Of the whole country, everything is near.
    places = {place: f"near_{n}" for n, place in enumerate({each.place for each in asked} - {None, ROOT})}
    parts = [
        _made(f"part_{number}", query)
        for number, each in enumerate(asked)
        for query in _queries(number, each, places.get(each.place), report)
    ]
    found: dict[int, list[Key]] = defaultdict(list)
    if not parts:
        return found
    near = [_made(name, _near(str(place), day)) for place, name in places.items()]
    tables = "WITH " + ", ".join(f"{name}(place) AS MATERIALIZED ({sql})" for name, sql, _ in near) if near else ""
    sql = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS {name}" for name, sql, _ in parts)
    with connection.cursor() as cursor:
        cursor.execute(f"{tables} {sql}", [value for _, _, params in (*near, *parts) for value in params])
        for number, is_item, key in cursor.fetchall():
            found[number].append(UUID(key) if is_item else int(key))
    return found


def _made(name: str, query: QuerySet[Any, Any]) -> tuple[str, str, Sequence[Any]]:
    sql, params = query.query.sql_with_params()
    return name, sql, params


def _near(place: str, day: datetime.date) -> QuerySet[Any, Any]:
    """The place with those above and below it: another county's work is another work."""
    states: QuerySet[Any, Any] = PlaceState.objects.filter(since__lte=day)
    mine = states.filter(place__key=place).order_by("-since").values("path")[:1]
    near: QuerySet[Any, Any] = states.annotate(mine=Subquery(mine))
    near = near.filter(Q(path__startswith=F("mine")) | Q(mine__startswith=F("path")))
    return near.order_by().values("place")


def _queries(number: int, asked: Said, near: str | None, report: int | None) -> Iterator[QuerySet[Any, Any]]:
    """Items and actions that have enough of the telling pairs, most of them first; `near`: the table of places."""
    grams = telling(asked.words, TELLING)
    if not grams:
        return
    needed = min(len(grams), MANY if len(grams) == TELLING else FEW)
    wanted: Wanted = tuple(tuple((gram,) for gram in some) for some in combinations(grams, needed))
    items = SearchText.objects.filter(grams__match=wanted)
    actions = Action.unguarded.filter(grams__match=wanted, kind="work", gone_at__isnull=True)
    if report is not None:
        same_work = Report.unguarded.filter(pk=report).values("work")
        actions = actions.exclude(report=report).exclude(report__work__in=same_work)
    for is_item, rows, place in ((1, items, "item__place"), (0, actions, "report__place")):
        there: QuerySet[Any, Any] = (
            rows.filter(**{f"{place}__in": RawSQL(f"SELECT place FROM {near}", ())}) if near else rows
        )
        marked = there.annotate(
            number=Value(number, IntegerField()),
            is_item=Value(is_item, IntegerField()),
            # In one column, the numbers of actions and the identifiers of items are texts.
            which=Cast("item" if is_item else "pk", CharField()),
            shared=Shared("grams", grams),
        )
        yield marked.order_by("-shared", "-pk").values_list("number", "is_item", "which")[:CANDIDATES]


def _known(candidates: Mapping[int, list[Key]], scope: Scope) -> dict[Key, _Known]:
    """The rows of the keys that are within sight."""
    keys = {key for found in candidates.values() for key in found}
    known = dict(_items([key for key in keys if isinstance(key, UUID)], scope))
    known.update(_actions([key for key in keys if isinstance(key, int)], scope))
    return known


def _items(keys: list[UUID], scope: Scope) -> Iterator[tuple[Key, _Known]]:
    columns = ("pk", "number", "words", "facts__basis", "place__name", "opened_on", "ended_on", "due")
    rows = Item.seen.among(scope, keys).values_list(*columns) if keys else ()
    for pk, number, words, basis, place, opened_on, ended_on, due in rows:
        yield pk, _Known(Earlier(words, basis or place, opened_on, pk, number, ended_on is None, None, 0.0, ""), due)


def _actions(keys: list[int], scope: Scope) -> Iterator[tuple[Key, _Known]]:
    report = ("report__title", "report__published_on", "report__brought_at")
    columns = ("pk", "words", "directive__speaker", "directive__deadline__by", *report)
    rows = Action.seen.among(scope, keys).values_list(*columns) if keys else ()
    for pk, words, speaker, due, title, published, brought in rows:
        by, when = "，".join(filter(None, (speaker, title))), published or brought.date()
        earlier = Earlier(words, by, when, None, "", False, pk, 0.0, "")
        yield pk, _Known(earlier, datetime.date.fromisoformat(due) if due else None)
