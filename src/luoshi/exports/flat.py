"""A reading and its name in, its rows for each table out: tuples in the order of the columns of tables.yaml."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping

from luoshi import __version__
from luoshi.reading import Reading, Span
from luoshi.reading.facts import Deadline, Meeting

Value = str | int | float | bool | None
Row = tuple[Value, ...]

# Hexadecimal digits of the key of a report: 80 bits, so that among a billion reports a collision has a chance of
# one in two million.
LENGTH = 20
ROLES = (
    ("chair", "chairs"),
    ("speaker", "speakers"),
    ("attendee", "attendees"),
    ("group", "groups"),
    ("presenter", "presenters"),
)


def report_key(sha256: str, name: str) -> str:
    """Key of a report: of its bytes and its name, so that copies have keys of their own."""
    identity = f"{sha256}\0{name}".encode("utf-8", "surrogatepass")
    return f"r-{hashlib.sha256(identity).hexdigest()[:LENGTH]}"


def flat(reading: Reading, name: str) -> Mapping[str, list[Row]]:
    """All rows of one reading, by table, in the order of the report."""
    key = report_key(reading.source.sha256, name)
    return {table: [(key, *row) for row in rows(reading, name)] for table, rows in TABLES.items()}


def _report(reading: Reading, name: str) -> Iterator[Row]:
    source, body = reading.source, reading.body
    yield (
        *(name, source.sha256, source.media_type, source.encoding, len(source.text)),
        *(_covered([(n.start, n.end) for n in reading.noise]), reading.script),
        *(reading.title.text if reading.title else None, reading.published),
        *(reading.publisher, reading.author, reading.editor),
        *((body.start, body.end) if body else (None, None)),
        __version__,
    )


def _covered(spans: list[tuple[int, int]]) -> int:
    """Characters that stretches cover; they may overlap."""
    covered = reached = 0
    for start, end in sorted(spans):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    return covered


def _meetings(reading: Reading, name: str) -> Iterator[Row]:
    for number, m in enumerate(reading.meetings, 1):
        called = (m.name.text, m.name.start, m.name.end) if m.name else (None, None, None)
        yield (number, *called, m.date, m.form, m.convener, m.place, m.level)


def _participants(reading: Reading, name: str) -> Iterator[Row]:
    for number, meeting in enumerate(reading.meetings, 1):
        for role, field in ROLES:
            for place, who in enumerate(_named(meeting, field), 1):
                yield (number, role, place, who)


def _named(meeting: Meeting, field: str) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(meeting, field)
    return found


def _relays(reading: Reading, name: str) -> Iterator[Row]:
    for number, meeting in enumerate(reading.meetings, 1):
        yield from ((number, r.meeting, r.start, r.end) for r in meeting.relays)


def _people(reading: Reading, name: str) -> Iterator[Row]:
    for person in reading.people:
        first = min(person.mentions, default=(None, None))
        yield (person.name, len(person.mentions), *first)


def _posts(reading: Reading, name: str) -> Iterator[Row]:
    for person in reading.people:
        yield from ((person.name, number, post) for number, post in enumerate(person.posts, 1))


def _statements(reading: Reading, name: str) -> Iterator[Row]:
    for number, s in enumerate(reading.statements, 1):
        yield (s.id, number, s.speaker, s.verb, s.span.start, s.span.end, s.span.text)


def _directives(reading: Reading, name: str) -> Iterator[Row]:
    for number, d in enumerate(reading.directives, 1):
        words = (d.span.start, d.span.end, d.span.text, _evidence(reading, d.span))
        yield (d.id, d.statement, number, *words, d.cue, d.strength, d.priority, d.problem)


def _evidence(reading: Reading, span: Span) -> str:
    return reading.source.text[span.start : span.end]


def _purposes(reading: Reading, name: str) -> Iterator[Row]:
    for d in reading.directives:
        yield from ((d.id, number, words) for number, words in enumerate(d.purpose, 1))


def _actions(reading: Reading, name: str) -> Iterator[Row]:
    number = 0
    for d in reading.directives:
        for a in d.actions:
            number += 1
            words = (a.span.start, a.span.end, a.span.text, _evidence(reading, a.span))
            gaps = ("owner" in a.gaps, "deadline" in a.gaps, "measure" in a.gaps)
            yield (a.id, d.id, number, *words, a.verb, a.object, a.kind, a.reason, *gaps)


def _units(reading: Reading, name: str) -> Iterator[Row]:
    for d in reading.directives:
        for number, unit in enumerate(d.units, 1):
            role = "lead" if unit in d.lead else "support" if unit in d.support else None
            yield (d.id, number, role, unit.text, unit.start, unit.end)


def _programmes(reading: Reading, name: str) -> Iterator[Row]:
    for d in reading.directives:
        yield from ((d.id, number, s.text, s.start, s.end) for number, s in enumerate(d.programmes, 1))


def _deadlines(reading: Reading, name: str) -> Iterator[Row]:
    for d in reading.directives:
        binding: list[tuple[int, Deadline]] = [(0, d.deadline)] if d.deadline else []
        for number, due in (*binding, *enumerate(d.deadlines, 1)):
            yield (d.id, number, due.span.text, due.span.start, due.span.end, due.begins, due.by)


def _targets(reading: Reading, name: str) -> Iterator[Row]:
    for d in reading.directives:
        for number, t in enumerate(d.targets, 1):
            words = (t.span.text, t.span.start, t.span.end)
            upper = None if t.upper is None else float(t.upper)
            yield (d.id, number, *words, t.what, t.relation, float(t.value), upper, t.unit)


def _problems(reading: Reading, name: str) -> Iterator[Row]:
    for number, p in enumerate(reading.problems, 1):
        yield (number, p.statement, p.span.text, _evidence(reading, p.span), p.span.start, p.span.end)


# Table: what gives its rows, without the key of the report that each begins with.
TABLES: Mapping[str, Callable[[Reading, str], Iterator[Row]]] = {
    "reports": _report,
    "meetings": _meetings,
    "participants": _participants,
    "relays": _relays,
    "people": _people,
    "posts": _posts,
    "statements": _statements,
    "directives": _directives,
    "purposes": _purposes,
    "actions": _actions,
    "units": _units,
    "deadlines": _deadlines,
    "targets": _targets,
    "programmes": _programmes,
    "problems": _problems,
}
