"""The clauses of any number of reports in, which of them are reprints of one work out; an index on disk, not in memory.

Reports are taken by age (day of publication, those without one last, then key). One that is a reprint of the first
report of a work joins it, the most alike if of several; else it is the first of a new work. Only first reports are
compared with, so that likeness never runs on through a chain, and the result depends on the reports alone.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from luoshi.reading.reprints import COMPARED, KEYS, POPULAR, is_reprint, likeness

Heard = tuple[str, str | None, tuple[int, ...]]
Belongs = tuple[str, str, bool, float]

SCHEMA = """
PRAGMA journal_mode=OFF;
PRAGMA synchronous=OFF;
CREATE TABLE reports (report TEXT PRIMARY KEY, published TEXT NOT NULL, clauses BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE keys (clause INTEGER NOT NULL, work TEXT NOT NULL, PRIMARY KEY (clause, work)) WITHOUT ROWID;
CREATE TABLE works (work TEXT, report TEXT, first INTEGER, shared REAL, PRIMARY KEY (work, report)) WITHOUT ROWID;
"""
# Behind every date.
NO_DAY = "~"


def works(heard: Iterable[Heard], index: Path) -> Iterator[Belongs]:
    """Reports with their days and clauses in; (work, report, whether it is the first, shared), by work, then report.

    `index` is a file that is made anew and removed.
    """
    index.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(index)) as db:
            db.executescript(SCHEMA)
            rows = ((report, day or NO_DAY, array("q", clauses).tobytes()) for report, day, clauses in heard)
            db.executemany("INSERT OR IGNORE INTO reports VALUES (?, ?, ?)", rows)
            # A second connection would see nothing; the order is made once, into a table of its own.
            db.execute("CREATE TABLE aged AS SELECT report FROM reports ORDER BY published, report")
            for (report,) in db.execute("SELECT report FROM aged ORDER BY rowid"):
                db.execute("INSERT INTO works VALUES (?, ?, ?, ?)", _belongs(db, report))
            for work, report, first, shared in db.execute("SELECT * FROM works ORDER BY work, report"):
                yield work, report, bool(first), shared
    finally:
        index.unlink(missing_ok=True)


def _belongs(db: sqlite3.Connection, report: str) -> Belongs:
    own = _clauses(db, report)
    best: tuple[float, str] | None = None
    for first in _alike(db, own):
        like = likeness(own, _clauses(db, first))
        if is_reprint(like) and (best is None or like.shared > best[0]):
            best = (like.shared, first)
    if best is not None:
        return _named(best[1]), report, False, round(best[0], 3)
    _remember(db, report, own)
    return _named(report), report, True, 1.0


def _named(report: str) -> str:
    return "w-" + report.removeprefix("r-")


def _clauses(db: sqlite3.Connection, report: str) -> tuple[int, ...]:
    (blob,) = db.execute("SELECT clauses FROM reports WHERE report = ?", (report,)).fetchone()
    return tuple(array("q", blob))


def _alike(db: sqlite3.Connection, own: tuple[int, ...]) -> list[str]:
    """First reports that begin with a clause that this one begins with."""
    keys = own[:KEYS]
    query = (
        f"SELECT work FROM keys WHERE clause IN ({','.join('?' * len(keys))}) "
        f"GROUP BY work ORDER BY count(*) DESC, work LIMIT {COMPARED}"
    )
    return [first for (first,) in db.execute(query, keys)]


def _remember(db: sqlite3.Connection, report: str, own: tuple[int, ...]) -> None:
    for clause in own[:KEYS]:
        (known,) = db.execute("SELECT count(*) FROM keys WHERE clause = ?", (clause,)).fetchone()
        if known < POPULAR:
            db.execute("INSERT INTO keys VALUES (?, ?)", (clause, report))
