"""Paths in, shards out, and a shard in, the folder of its tables out: whole or not at all, and never twice."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from luoshi import __version__
from luoshi.documents.synced import synced
from luoshi.exports.flat import Row, flat
from luoshi.exports.parquet import Writer, pyarrow, writers
from luoshi.exports.schema import tables
from luoshi.reading.reprints import clauses

from .given import Input
from .inputs import container, files, opened
from .work import Outcome, read_one

# Files of folders in one shard: seconds of work, so that handing it out (2.5 ms) and its files cost nothing, and
# little is lost with a worker.
SLICE = 500
# Failures of a shard that are told at once; all of them stand in its table.
TOLD = 20
DONE = "done.json"
CLAUSES = "clauses"


@dataclass(frozen=True, slots=True)
class Shard:
    """One piece of work: a container, or some hundred files of a folder.

    `name` is the folder of its tables, `mark` what its files were when they were planned (sizes, times, reader);
    `again` asks for it though it was done.
    """

    name: str
    label: str
    files: tuple[Input, ...]
    mark: str
    size: int
    published: str | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A shard that is done: how much was in it, how many inputs failed and the first of them."""

    name: str
    mark: str
    size: int
    reports: int = 0
    characters: int = 0
    failures: int = 0
    told: tuple[tuple[str, str], ...] = ()


def shards(paths: Sequence[str], published: str | None) -> Iterator[Shard]:
    """The work that the paths hold, in their order: a container is a shard, other files go by SLICE."""
    counts: dict[str, int] = {}
    for group, some in _grouped(files(tuple(dict.fromkeys(paths)))):
        counts[group] = counts.get(group, 0) + 1
        single = some[0].path is not None and container(some[0].path.name) is not None
        label = group if single else f"{group} {counts[group]}"
        yield _shard(label, some, published)


def _grouped(given: Iterable[Input]) -> Iterator[tuple[str, list[Input]]]:
    """Containers each alone; other files in slices, those of one path apart from those of another."""
    held: list[Input] = []
    group = ""
    for each in given:
        top = each.label.partition("/")[0] if "/" in each.label else "files"
        if each.path is not None and container(each.path.name) and not each.problem:
            yield each.label, [each]
            continue
        if held and (len(held) >= SLICE or top != group):
            yield group, held
            held = []
        group = top
        held.append(each)
    if held:
        yield group, held


def _shard(label: str, some: Sequence[Input], published: str | None) -> Shard:
    size, seen = 0, hashlib.sha256(f"{__version__}\0{published}".encode())
    absolute = []
    for each in some:
        assert each.path is not None
        for path in (each.path, each.path.with_name(each.path.stem + ".meta.json")):
            state = _state(path)
            size += state[0] if path is each.path else 0
            seen.update(f"\0{each.label}\0{state}\0{each.problem}".encode("utf-8", "surrogatepass"))
        absolute.append(replace(each, path=each.path.absolute()))
    return Shard(_folder(label), label, tuple(absolute), seen.hexdigest()[:32], size, published)


def _state(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_size, found.st_mtime_ns)


def _folder(label: str) -> str:
    """A label as the name of a folder: legible, and different for different labels."""
    legible = re.sub(r"[^\w.-]+", "_", label)[-40:].strip("._") or "part"
    return f"{legible}-{hashlib.sha256(label.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


def done(dst: Path) -> Done | None:
    """What was done into a folder; None where nothing was."""
    try:
        known: dict[str, Any] = json.loads((dst / DONE).read_text("utf-8"))
        return Done(**{**known, "told": tuple((name, reason) for name, reason in known["told"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def do_shard(src: Shard, dst: Path) -> Done:
    """Read a shard into the folder `dst`; skipped if it was done and its files have not changed.

    Tables are written beside, synced and put in place by a rename: a `dst` that is there is whole. Raises OSError
    where it cannot be written and `Missing` where pyarrow is not installed.
    """
    known = done(dst)
    if known and known.mark == src.mark and not src.again:
        return known
    beside = dst.with_name(f".{dst.name}.{uuid.uuid4().hex}.part")
    try:
        beside.mkdir(parents=True)
        result = _write(src, beside)
        (beside / DONE).write_text(json.dumps(asdict(result), ensure_ascii=False), "utf-8")
        synced(beside / DONE)
        synced(beside)
        _put(beside, dst, src.mark)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return result


def _put(beside: Path, dst: Path, mark: str) -> None:
    """A whole folder in its place; another worker's, of the same work, is as good."""
    if dst.exists():
        old = dst.with_name(f".{dst.name}.{uuid.uuid4().hex}.part")
        dst.rename(old)
        shutil.rmtree(old, ignore_errors=True)
    try:
        beside.rename(dst)
    except OSError:
        other = done(dst)
        if other is None or other.mark != mark:
            raise
    synced(dst.parent)


def clause_schema() -> Any:
    """The schema of the clauses of the reports of a part, which reprints are found by."""
    arrow, _ = pyarrow()
    return arrow.schema(
        [("report", arrow.string()), ("published", arrow.string()), ("clauses", arrow.list_(arrow.int64()))]
    )


def _write(src: Shard, folder: Path) -> Done:
    reports = characters = 0
    failures: list[tuple[str, str]] = []
    failed = 0
    wanted = {name: table for name, table in tables().items() if name != "works"}
    with writers(folder, wanted) as to, Writer(folder / f"{CLAUSES}.parquet", clause_schema()) as heard:
        for outcome in _outcomes(src):
            if outcome.reading is None:
                failed += 1
                reason = outcome.problem or ""
                to["failures"].add([(outcome.label, reason)])
                failures += [(outcome.name, reason)] if len(failures) < TOLD else []
                continue
            reports += 1
            characters += len(outcome.reading.source.text)
            heard.add(_add(to, outcome))
    return Done(src.name, src.mark, src.size, reports, characters, failed, tuple(failures))


def _outcomes(src: Shard) -> Iterator[Outcome]:
    for file in src.files:
        for given in opened(file):
            yield read_one(given, src.published)


def _add(to: Mapping[str, Writer], outcome: Outcome) -> list[Row]:
    """Write the rows of one reading; its clauses are given back."""
    assert outcome.reading
    rows = flat(outcome.reading, outcome.label)
    for table, some in rows.items():
        to[table].add(some)
    published = (outcome.reading.published or "")[:10] or None
    # A list is a value of this one table only.
    return [(rows["reports"][0][0], published, clauses(outcome.reading))]  # type: ignore[list-item]
