"""What somebody types in, the items whose words, number, lead unit or facts hold it out; and what is kept for that.

A search is what a scan for each word would find (tests compare them); the index only makes it quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from luoshi.documents.grams import Phrase
from luoshi.people.prepared import add
from luoshi.reading.folding import bigrams, folded, runs

from .machine import ItemState
from .models import Item, SearchText

# More words than anybody types; those behind them are not looked for, as SQLite takes a thousand conditions at most.
MOST_WORDS = 20
# Of a long word so many pairs are asked of the index; whether all of it is there is looked up in the rows found.
MOST_PAIRS = 32
# Rows indexed at once.
MANY = 1000


def search(rows: QuerySet[Item], query: str) -> QuerySet[Item]:
    """Those of `rows` (`Item.seen.within(scope)`) that hold every word of a query; all, of one without words."""
    return rows.filter(matching(query))


def matching(query: str) -> Q:
    """The condition on items that they hold every word of a query, words being parted by spaces.

    Script, width, case, spaces and quotation marks of both do not count. Any text will do: nothing in it is a sign.
    """
    return Q(pk__in=texts_of(words).values("item")) if (words := words_of(query)) else Q()


def texts_of(words: Sequence[str]) -> QuerySet[SearchText]:
    """The texts that hold every one of some folded words, by the index."""
    rows = holding(SearchText.objects.order_by(), words)
    phrases = phrases_of(words)
    return rows.filter(grams__match=(phrases,)) if phrases else rows


def words_of(query: str) -> list[str]:
    """The words of a query, folded, each once."""
    return list(dict.fromkeys(filter(None, map(folded, query.split()))))[:MOST_WORDS]


def holding(rows: QuerySet[SearchText], words: Iterable[str]) -> QuerySet[SearchText]:
    """Those of `rows` that hold every one of some folded words, looked up in each row."""
    for word in words:
        rows = rows.filter(GreaterThan(StrIndex("words", Value(word)), 0))
    return rows


def phrases_of(words: Iterable[str]) -> tuple[Phrase, ...]:
    """What the index knows of words: nothing, where each is a single character."""
    return tuple(phrase for word in words for phrase in _phrases(word))


def _phrases(word: str) -> Iterator[Phrase]:
    """What of a word the index knows: nothing, of a single character."""
    left = MOST_PAIRS
    for run in runs(word):
        if phrase := bigrams(run)[:left]:
            yield phrase
        left -= len(phrase)


def texts(state: ItemState, lead: str | None) -> tuple[str, ...]:
    """What an item is found by; `lead` is the name of its lead unit."""
    return state.words, state.number, lead or "", *said(state.facts)


def said(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Facts that are words: a basis, a measure, milestones. Keys of choices and units, and dates, are plain ASCII."""
    return tuple(text for value in facts.values() for text in _strings(value) if not text.isascii())


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _strings(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)


def differ(before: ItemState, now: ItemState) -> bool:
    """Whether a move changed what an item is found by."""
    return before.lead != now.lead or said(before.facts) != said(now.facts)


def index(item: UUID, found_by: Iterable[str]) -> None:
    """Write what a new item is found by."""
    row = SearchText(item_id=item, words=_lines(found_by))
    add(SearchText, [{"item_id": item, "words": row.words, "grams": row.grams}])


def reindex(items: Iterable[UUID] | None = None) -> int:
    """Write anew what items are found by, all of them without `items`; how many. Where units were renamed, say."""
    rows = Item.unguarded.all() if items is None else Item.unguarded.filter(pk__in=list(items))
    return _write(rows)


def index_missing() -> int:
    """Write what items are found by that are not in the index: of a backup made before there was one; how many."""
    return _write(Item.unguarded.filter(search__isnull=True))


def _write(rows: QuerySet[Item]) -> int:
    count, made = 0, []
    columns = ("pk", "words", "number", "lead__name", "facts")
    for pk, words, number, lead, facts in rows.order_by("pk").values_list(*columns).iterator(MANY):
        made.append(SearchText(item_id=pk, words=_lines((words, number, lead or "", *said(facts)))))
        if len(made) == MANY:
            count, made = count + _upsert(made), []
    return count + _upsert(made)


def _upsert(rows: list[SearchText]) -> int:
    SearchText.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["item"], update_fields=["words", "grams"]
    )
    return len(rows)


def _lines(found_by: Iterable[str]) -> str:
    return "\n".join(filter(None, map(folded, dict.fromkeys(found_by))))
