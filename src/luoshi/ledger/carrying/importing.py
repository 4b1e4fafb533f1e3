"""The lines of an exported ledger in, its rows out, all of them proved or none; what is there already stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import DataError, IntegrityError, transaction

from luoshi.people.models import Post

from ..models import Leaf, Root
from ..proving.events import GARBAGE
from ..proving.nouns import Progress, Report
from ..proving.sealing import line_of
from ..proving.verify import verify
from .lines import BadFile, read
from .parcels import Conflict, Parcel, Series, put
from .parsing import Fields, event_of, file_of, root_of, text_of

# Leaves written at once.
MANY = 1000


class NotProved(Exception):
    """What came in does not hold together; `report` says where. Nothing was written."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"{len(report.faults) + report.more} faults, nothing imported")
        self.report = report


def import_ledger(lines: Callable[[], Iterable[str]], now: datetime, progress: Progress | None = None) -> Counter[str]:
    """Bring in what is not here yet; how many rows of each kind that was: none the second time.

    The file is read to its end before the first row is written; the ledger that comes of it is verified before it is
    kept. Into a ledger that is empty or went the same way for a while: the ledgers of two installations are not merged.

    Raises:
        BadFile: not an exported ledger, cut off, or changed since.
        Conflict: events, roots, places, units or posts are others here.
        NotProved: what came of it does not hold together.
    """
    for _ in read(lines()):
        pass
    with transaction.atomic():
        new = _taken(lines())
        report = verify(now, progress=progress)
        if not report.green:
            raise NotProved(report)
    return new


def _taken(lines: Iterable[str]) -> Counter[str]:
    taking = _Taking()
    for number, kind, fields in read(lines):
        with _at(f"line {number}", kind):
            taking.take(kind, fields)
    with _at("the last lines", "leaf"):
        taking.end()
    return taking.counts


@contextmanager
def _at(line: str, kind: str) -> Iterator[None]:
    """What goes wrong inside, with where it was read. Raises BadFile or Conflict."""
    try:
        yield
    except Conflict as wrong:
        raise Conflict(f"{line}: {wrong}") from None
    except IntegrityError as wrong:
        raise Conflict(f"{line}: a row here stands against it: {wrong}") from None
    except (OverflowError, DataError):
        raise BadFile(f"{line}: {kind}: a number, time or text is larger than any that luoshi writes") from None
    except GARBAGE as wrong:
        raise BadFile(f"{line}: {kind}: {wrong}") from None


class _Taking:
    """Lines taken in their order: what is of one item is put together first."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._series = Series()
        self._parcel: Parcel | None = None
        self._leaves: list[Leaf] = []
        self._old_roots = set(Root.objects.values_list("number", flat=True))

    def take(self, kind: str, fields: Fields) -> None:
        """Take one line. Raises Conflict, IntegrityError, and what a line that is none makes of it."""
        getattr(self, f"_{kind}")(fields)

    def end(self) -> None:
        """Write what is not written yet."""
        self._put()
        self._plant()
        self._series.write()

    def _post(self, fields: Fields) -> None:
        here = Post.unguarded.filter(pk=fields["id"]).values_list("unit__key", "role").first()
        if here != (fields["unit"], fields["role"]):
            there = f"of {here[0]}, {here[1]}" if here else "nobody's"
            raise Conflict(f"post {fields['id']} should be of {fields['unit']}, {fields['role']}; here it is {there}")

    def _event(self, fields: Fields) -> None:
        event = event_of(fields)
        if self._parcel is None or self._parcel.item != event.item_id:
            self._put()
            self._parcel = Parcel(event.item_id)
        self._parcel.events.append(event)

    def _text(self, fields: Fields) -> None:
        self._open().texts.append(text_of(fields))

    def _file(self, fields: Fields) -> None:
        self._open().files.append(file_of(fields))

    def _open(self) -> Parcel:
        if self._parcel is None:
            raise ValueError("no event stands before it")
        return self._parcel

    def _root(self, fields: Fields) -> None:
        self._put()
        self._plant()
        root = root_of(fields)
        if root.number not in self._old_roots:
            root.save(force_insert=True)
            self.counts["roots"] += 1
        elif (here := line_of(Root.objects.get(number=root.number))) != line_of(root):
            raise Conflict(f"the root of {here.day} is another here")

    def _leaf(self, fields: Fields) -> None:
        if fields["root"] not in self._old_roots:
            self._leaves.append(Leaf(root_id=fields["root"], index=fields["index"], event_id=fields["event"]))
        if len(self._leaves) >= MANY:
            self._plant()

    def _plant(self) -> None:
        self.counts["leaves"] += len(Leaf.objects.bulk_create(self._leaves))
        self._leaves = []

    def _put(self) -> None:
        if self._parcel is not None:
            self.counts += put(self._parcel, self._series)
            self._parcel = None
