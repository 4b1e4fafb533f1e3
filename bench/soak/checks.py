"""A spoiled input in, what is wrong with how it was read out: nothing, where only `Unreadable` was raised."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from luoshi.reading import Reading, Span, Unreadable, as_dict, read
from luoshi.reading.clean import clean
from luoshi.reading.sources import from_bytes
from luoshi.streams.inputs import inputs
from luoshi.streams.work import Outcome, read_one

from .mutants import CONTAINERS, Mutant
from .seeds import LAST

# How `read_one` calls what no reader foresaw.
UNFORESEEN = "the reader failed on it"


def faults(given: Mutant, folder: Path) -> list[str]:
    """Everything that must not be; a container is put into the folder to be opened. Raises what a reader raises."""
    if given.format in CONTAINERS:
        return _in_container(given, folder)
    try:
        reading = read(from_bytes(given.data, given.name))
    except Unreadable as wrong:
        return _of_message(str(wrong))
    return of_reading(reading)


def _in_container(given: Mutant, folder: Path) -> list[str]:
    """Every member a reading or one line, those left intact read, and what comes behind the container too."""
    path, behind = folder / given.name, folder / "zz.txt"
    path.write_bytes(given.data)
    behind.write_text(LAST, "utf-8")
    seen = [read_one(each) for each in inputs([str(path), str(behind)])]
    out = [fault for outcome in seen for fault in _of_outcome(outcome)]
    whole = {outcome.name.rpartition("!")[2] for outcome in seen if outcome.reading}
    out += [f"{name} was not touched and is not read" for name in given.intact if name not in whole]
    if not seen[-1].reading or seen[-1].name != str(behind):
        out.append("what comes behind it is not read")
    return out


def _of_outcome(outcome: Outcome) -> list[str]:
    if outcome.reading:
        return of_reading(outcome.reading)
    problem = outcome.problem or "no reading and no problem"
    return _of_message(problem) + ([problem] if UNFORESEEN in problem else [])


def _of_message(message: str) -> list[str]:
    sound = message.strip() and message.isprintable() and len(message) < 500
    return [] if sound else [f"its message is no clear line: {message!r}"]


def of_reading(reading: Reading) -> list[str]:
    """What contradicts itself in a reading."""
    json.dumps(as_dict(reading), ensure_ascii=False, allow_nan=False).encode("utf-8")
    return [*_of_runs(reading), *_of_spans(reading), *_of_ids(reading), *_of_places(reading)]


def _of_runs(reading: Reading) -> Iterator[str]:
    runs, text = reading.source.runs, reading.source.text
    starts = [run.start for run in runs]
    if runs and (starts[0] or starts != sorted(set(starts)) or starts[-1] >= len(text)):
        yield "its runs are not in order from the beginning"
    if any(run.offset < 0 for run in runs):
        yield "a run before the beginning of its part"


def _spans(value: object) -> Iterator[Span]:
    """Every quotation in a reading, however deep."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _spans(each)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("source", "noise"):
                yield from _spans(getattr(value, field.name))


def _of_spans(reading: Reading) -> Iterator[str]:
    text = reading.source.text
    kept = clean(text).kept
    for span in _spans(reading):
        if not 0 <= span.start < span.end <= len(text):
            yield f"a span outside the text: {span}"
        elif kept.text[kept.forward(span.start) : kept.forward(span.end)] != span.text:
            yield f"not the words that stand there: {span}"


def _of_places(reading: Reading) -> Iterator[str]:
    length = len(reading.source.text)
    places = [(noise.start, noise.end) for noise in reading.noise]
    places += [mention for person in reading.people for mention in person.mentions]
    places += [(relay.start, relay.end) for meeting in reading.meetings for relay in meeting.relays]
    places += [stretch for table in reading.source.tables for row in table for stretch in row if any(stretch)]
    yield from (f"a place outside the text: {place}" for place in places if not 0 <= place[0] <= place[1] <= length)


def _of_ids(reading: Reading) -> Iterator[str]:
    ids = [*(s.id for s in reading.statements), *(d.id for d in reading.directives)]
    ids += [action.id for directive in reading.directives for action in directive.actions]
    yield from (f"{id} is there {count} times" for id, count in Counter(ids).items() if count > 1)
    known = {statement.id for statement in reading.statements}
    told = [d.statement for d in reading.directives] + [p.statement for p in reading.problems]
    yield from (f"no statement {id}" for id in told if id is not None and id not in known)
