"""A province and a number in, a ledger of as many items out, in batches that are whole or not there."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from django.db import connection, transaction
from django.utils import timezone

from luoshi.ledger.actions import books, numbers
from luoshi.ledger.models import Event
from luoshi.ledger.models import Series as SeriesRow
from luoshi.places.models import Place

from ..story import paper
from .lives import SPAN, Life, life, words
from .rows import Rows, Series
from .staff import Workplace, workplaces

# Items written at once: some seconds of work, which is what is lost when it is stopped.
BATCH = 2_500
# What the opening of the item with a number is called, so that a second filling goes on where the first stopped.
REQUEST = "demo:"
PLAYBOOK = "task"

Told = Callable[[int, int], None]


def filled() -> int:
    """How many items are there by filling."""
    return Event.unguarded.filter(request__startswith=REQUEST).count()


def fill(province: Place, many: int, told: Told) -> int:
    """Fill a province until there are `many` items by filling; how many were added. `told`: how many there are.

    Each batch is one transaction; stopped, those before stay, and the same call goes on after them. Nobody is told of
    these items: notices of a hundred thousand would drown those of the story.
    """
    now = timezone.now()
    since = now.date() - datetime.timedelta(days=SPAN + 30)
    with transaction.atomic():
        places = workplaces(province, words(), now.date(), since)
    first, known = filled(), Known()
    for start in range(first, many, BATCH):
        with transaction.atomic():
            _batch(range(start, min(start + BATCH, many)), many, places, known, now)
        told(min(start + BATCH, many), many)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return max(0, many - first)


def _batch(span: range, many: int, places: Sequence[Workplace], known: Known, now: datetime.datetime) -> None:
    said, rows = words(), Rows(books.newest(PLAYBOOK), paper("办结佐证.csv"))
    known.refresh()
    for number in span:
        each = life(number, many, places, said, now)
        rows.live(each, known.of(each), f"{REQUEST}{number}")
    rows.write()
    known.keep()


class Known:
    """The series that were met, each held while a batch is written."""

    def __init__(self) -> None:
        self._met: dict[tuple[int, str, int], Series] = {}
        self._called: dict[int, str] = {}
        self._used: set[tuple[int, str, int]] = set()

    def refresh(self) -> None:
        """Hold those met before, as they are now: somebody else may have opened items in them since."""
        rows = SeriesRow.unguarded.select_for_update().filter(pk__in=[each.pk for each in self._met.values()])
        last = {pk: (last, head) for pk, last, head in rows.values_list("pk", "last", "head")}
        for each in self._met.values():
            each.last, each.head = last[each.pk]
        self._used = set()

    def of(self, life: Life) -> Series:
        """The series that an item is numbered in."""
        day = timezone.localdate(life.opened)
        key = (life.work.place, life.list, day.year)
        if key not in self._met:
            self._met[key] = self._series(life, day)
        self._used.add(key)
        return self._met[key]

    def _series(self, life: Life, day: datetime.date) -> Series:
        """Of a place that was met before, what it is called in numbers is known."""
        work, called = life.work, dict(books.newest(PLAYBOOK).lists)[life.list].zh
        kind = f"{called}〔{day.year}〕"
        if work.place not in self._called:
            next_ = numbers.next_number(Place.objects.get(pk=work.place), life.list, called, day)
            self._called[work.place] = next_.number.removesuffix(f"{kind}{next_.serial}号")
        row, _ = SeriesRow.unguarded.get_or_create(place_id=work.place, list=life.list, year=day.year)
        about = {"place": work.place_key, "list": life.list, "year": day.year}
        return Series(row.pk, about, f"{self._called[work.place]}{kind}", row.last, row.head)

    def keep(self) -> None:
        """Say how far each was used."""
        for key in self._used:
            each = self._met[key]
            SeriesRow.unguarded.filter(pk=each.pk).update(last=each.last, head=each.head)
