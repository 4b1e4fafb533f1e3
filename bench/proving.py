"""Ledgers of 10,000 and of 100,000 events in, how fast each is verified, sealed and carried and in how much memory out.

`python -m bench.proving` on SQLite, `python -m tests.postgres -- python -m bench.proving` on PostgreSQL. Each ledger is
verified in a process of its own, whose time on a core counts; the ratio of peaks should be near 1.
"""

from __future__ import annotations

import datetime
import os
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from typing import Any

if len(sys.argv) == 1:
    os.environ["LUOSHI_HOME"] = tempfile.mkdtemp(prefix="luoshi-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.config.settings"
import django

django.setup()

from django.core.management import call_command  # noqa: E402

from luoshi.ledger import models  # noqa: E402
from luoshi.ledger.actions.books import newest  # noqa: E402
from luoshi.ledger.actions.rows import first_columns  # noqa: E402
from luoshi.ledger.actions.timed import timed  # noqa: E402
from luoshi.ledger.carrying.exporting import export  # noqa: E402
from luoshi.ledger.chain import Header, commit, event_hash  # noqa: E402
from luoshi.ledger.machine import Actor, Entry, apply, begin  # noqa: E402
from luoshi.ledger.proving.sealing import seal  # noqa: E402
from luoshi.ledger.proving.verify import verify  # noqa: E402
from luoshi.people.models import Post, Role, User  # noqa: E402
from luoshi.places.models import Level, Place, Unit  # noqa: E402

FEW, MANY = 10_000, 100_000
BEGIN = datetime.datetime(2026, 1, 5, 1, 0, tzinfo=datetime.UTC)
NOW = BEGIN + datetime.timedelta(days=300)
SALT = b"s" * 32
# What happens to each item, and how many reports it gets in between: ten events with half as many texts.
REPORTS = 6
# Items written at once.
AT_ONCE = 500


def moves(unit: str) -> list[tuple[str, dict[str, Any], dict[str, str]]]:
    """Verbs with their facts and somebody's words."""
    reports = [("report", {}, {"progress": f"已完成{n}成，正在推进"}) for n in range(1, REPORTS + 1)]
    return [
        ("dispatch", {"lead": unit, "due": "2026-12-31"}, {}),
        ("sign", {}, {}),
        *reports,
        ("fill_in", {"urgency": "urgent"}, {}),
    ]


class Maker:
    """Items with their events, hashed as the door hashes them, written in bulk."""

    def __init__(self) -> None:
        call_command("migrate", verbosity=0)
        self.place = Place.objects.create(key="A1", name="临川市", level=Level.PREFECTURE)
        self.unit = Unit.objects.create(key="A1:gov", name="临川市政府", place=self.place, since=BEGIN.date())
        user = User.unguarded.create_user("clerk")
        self.post = Post.unguarded.create(user=user, role=Role.SUPERVISOR, unit=self.unit, since=BEGIN.date())
        self.series = models.Series.unguarded.create(place=self.place, list="tasks", year=2026)
        self.playbook, self.begin = newest("task"), BEGIN

    def more(self, items: int) -> None:
        """Add items; the numbers go on."""
        for start in range(0, items, AT_ONCE):
            self._some(min(AT_ONCE, items - start))
        self.series.save()

    def _some(self, items: int) -> None:
        rows, events, texts = [], [], []
        for _ in range(items):
            row, log, said = self._item()
            rows.append(row)
            events += log
            texts += said
        models.Item.unguarded.bulk_create(rows, AT_ONCE)
        models.Event.unguarded.bulk_create(events, AT_ONCE)
        models.Text.unguarded.bulk_create(texts, AT_ONCE)

    def _item(self) -> tuple[models.Item, list[models.Event], list[models.Text]]:
        item, serial = uuid.uuid4(), self.series.last + 1
        said = {"place": "A1", "list": "tasks", "year": 2026, "serial": serial, "previous": self.series.head}
        names = ("quotation", "line", "lead", "due", "parent")
        opening = {"number": f"临川市任务清单〔2026〕{serial}号", "list": "tasks", "place": "A1", "series": said}
        opening |= {"words": f"修好{serial}号病险水库", "supports": [], "fields": {}, **dict.fromkeys(names)}
        log, texts, state, head = [], [], None, ""
        for sequence, (verb, facts, words) in enumerate([("open", {}, {}), *moves("A1:gov")], 1):
            payload = {"fields": {**facts, **{key: {"commitment": commit(text, SALT)} for key, text in words.items()}}}
            payload |= opening if verb == "open" else {"evidence": [], "children": []}
            when = self.begin + datetime.timedelta(seconds=serial * 20 + sequence)
            actor = Actor("post", str(self.post.pk), "A1:gov")
            entry = Entry(sequence, "task", self.playbook.version, verb, actor, when, when, payload)
            state = begin(self.playbook, entry) if state is None else apply(self.playbook, state, entry)
            header = Header(uuid.uuid4(), item, *entry[:4], *actor[:2], "A1:gov", when, when, payload, head)
            head = event_hash(header)
            columns = {("item_id" if name == "item" else name): value for name, value in header._asdict().items()}
            log.append(models.Event(**columns, hash=head))
            subject = f"post:{self.post.pk}"
            texts += [
                models.Text(event=log[-1], field=key, subject=subject, words=text, salt=SALT)
                for key, text in words.items()
            ]
        assert state
        self.series.last, self.series.head = serial, log[0].hash
        columns = {**first_columns(state, {"A1:gov": self.unit.pk}), **timed(self.playbook, state)}
        row = models.Item(pk=item, **columns, place=self.place, series=self.series, serial=serial, head=head)
        return row, log, texts


def measure() -> None:
    """Verify the ledger there is; print what it took."""
    began = time.process_time()
    report = verify(NOW)
    assert report.green, report.faults[:3]
    spent = time.process_time() - began
    many = report.counts["events"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{many} {many / spent:.0f} {peak}")


def main() -> None:
    """Print a line a size, then the ratios."""
    maker, done, peaks = Maker(), 0, []
    for size in (FEW, MANY):
        maker.more((size - done) // (REPORTS + 4))
        done, maker.begin = size, maker.begin + datetime.timedelta(days=100)
        began = time.perf_counter()
        seal(maker.begin.date() - datetime.timedelta(days=1), NOW)
        sealing = time.perf_counter() - began
        command = [sys.executable, "-m", "bench.proving", "measure"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        peaks.append(int(told[2]))
        print(
            f"{int(told[0]):,} events: verified {int(told[1]):,} a second of a core, {peaks[-1] / 1024:.0f} MB, ",
            end="",
        )
        began = time.perf_counter()
        lines = sum(1 for _ in export())
        print(f"sealed in {sealing:.1f} s, {lines / (time.perf_counter() - began):,.0f} lines exported a second")
    print(f"memory of verify at ten times the events: {peaks[1] / peaks[0]:.2f}")


if __name__ == "__main__":
    measure() if sys.argv[1:] == ["measure"] else main()
