"""The printed owners of a reading in; for each the units of the database that may be meant, with reasons, out.

Nothing is assigned: a person chooses, and sees why each candidate is one. Items go to confirmed units only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from luoshi.places.models import Unit
from luoshi.places.names import Answer, Candidate, Context, Directory, Resolver
from luoshi.reading import Directive, Reading, Span

from .listing import rows_of
from .speaking import Speaker, speaker


class Choice(NamedTuple):
    """A unit that may be meant: its row (None: it is not in this database), how surely, why in Chinese.

    `instead`: of a unit that is no more, the one that does its work now.
    """

    unit: Unit | None
    key: str
    score: float
    reason: str
    instead: Unit | None = None

    @property
    def ready(self) -> bool:
        """Whether an item can be sent to it: it is there, and confirmed."""
        return self.unit is not None and self.unit.status == Unit.Status.CONFIRMED


class Owner(NamedTuple):
    """A printed owner: its words in the report, lead or support, what it means, and the choices of each name in it.

    `choices` has one tuple for a single name, one for each of several; none for a class or an unknown name. `members`
    are the units of a set (各设区市政府).
    """

    span: Span
    lead: bool
    answer: Answer
    choices: tuple[tuple[Choice, ...], ...]
    members: tuple[Unit, ...]


class Resolved(NamedTuple):
    """The owners of each directive of a reading, in order, and who speaks."""

    speaker: Speaker
    owners: tuple[tuple[Owner, ...], ...]


def resolve(reading: Reading, directory: Directory, day: date, place: str | None = None) -> Resolved:
    """The owners that a reading prints, as units.

    Args:
        directory: of this database (`listing.current_directory`).
        day: the day to take where the report gives none.
        place: key of the place that speaks, where a person said it.
    """
    spoken = speaker(reading, directory, day, place)
    return Resolved(spoken, owners_of([_spans(told) for told in reading.directives], spoken.context, directory))


def owners_of(
    printed: Iterable[Iterable[tuple[Span, bool]]], context: Context, directory: Directory
) -> tuple[tuple[Owner, ...], ...]:
    """Printed names, each with whether it leads, of several directives or lines of a ledger, as units; one query."""
    resolver = Resolver(context, directory)
    answered = [[(span, lead, resolver.resolve(span.text)) for span, lead in spans] for spans in printed]
    rows = rows_of({key for owners in answered for *_, answer in owners for key in _keys(answer)})
    return tuple(tuple(_owner(span, lead, answer, rows) for span, lead, answer in owners) for owners in answered)


def _spans(directive: Directive) -> Iterator[tuple[Span, bool]]:
    """The printed units of a directive; where nothing says who leads, all do."""
    supporting = set(directive.support)
    for span in directive.units:
        yield span, span not in supporting


def _keys(answer: Answer) -> Iterator[str]:
    for each in _each(answer):
        yield from each.units
        for candidate in each.candidates:
            yield candidate.unit
            if candidate.current:
                yield candidate.current


def _each(answer: Answer) -> tuple[Answer, ...]:
    return answer.members if answer.kind == "several" else (answer,)


def _owner(span: Span, lead: bool, answer: Answer, rows: dict[str, Unit]) -> Owner:
    names = [each for each in _each(answer) if each.kind == "unit"]
    choices = tuple(tuple(_choice(c, rows) for c in each.candidates) for each in names)
    members = tuple(rows[key] for each in _each(answer) for key in each.units if key in rows)
    return Owner(span, lead, answer, choices, members)


def _choice(candidate: Candidate, rows: dict[str, Unit]) -> Choice:
    instead = rows.get(candidate.current) if candidate.current else None
    return Choice(rows.get(candidate.unit), candidate.unit, candidate.score, str(candidate.reason), instead)
