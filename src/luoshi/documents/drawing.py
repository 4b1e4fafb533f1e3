"""A reading in, the values of its rows out: a report's own, its directives, actions and meetings. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from luoshi.reading import Action, Directive, Reading, Span, Statement, as_dict
from luoshi.reading.facts import Meeting
from luoshi.reading.identity import quotation_id

from .packing import storable

# Characters kept before and after a quotation: as many as the W3C's annotation clients keep, enough to find it again
# in a text that was changed around it.
CONTEXT = 32

Fields = dict[str, Any]


@dataclass(frozen=True)
class Drawing:
    """The rows of one reading: fields by column, of directives and actions by their stable key.

    `parents`: of an action's key the key of its directive. `whole` is the reading as JSON.
    """

    report: Fields
    directives: dict[str, Fields]
    actions: dict[str, Fields]
    parents: dict[str, str]
    meetings: list[Fields]
    whole: dict[str, Any]


def drawing(reading: Reading) -> Drawing:
    """The rows of a reading; where two have one key, they are the same words, and the first counts."""
    whole: dict[str, Any] = as_dict(reading)
    said = {statement.id: statement for statement in reading.statements}
    directives: dict[str, Fields] = {}
    actions: dict[str, Fields] = {}
    parents: dict[str, str] = {}
    for rank, (told, shown) in enumerate(zip(reading.directives, whole["directives"], strict=True)):
        if told.id in directives:
            continue
        directives[told.id] = storable(_directive(reading, told, shown, said.get(told.statement or ""), rank))
        for deed in told.actions:
            if deed.id not in actions:
                actions[deed.id] = storable(_action(reading, deed, len(actions)))
                parents[deed.id] = told.id
    held = enumerate(zip(reading.meetings, whole["meetings"], strict=True))
    meetings = [storable(_meeting(reading, meeting, shown, rank)) for rank, (meeting, shown) in held]
    return Drawing(storable(_report(reading)), directives, actions, parents, meetings, whole)


def quotation(reading: Reading, span: Span) -> Fields:
    """The exact words of a stretch with their place and surroundings: W3C text-quote and text-position selectors."""
    return stretch(reading.source.sha256, reading.source.text, span.start, span.end)


def stretch(sha256: str, text: str, start: int, end: int) -> Fields:
    """The same of a stretch of the text of an original."""
    return {
        "source": sha256,
        "exact": text[start:end],
        "start": start,
        "end": end,
        "prefix": text[max(start - CONTEXT, 0) : start],
        "suffix": text[end : end + CONTEXT],
    }


def _report(reading: Reading) -> Fields:
    return {
        "title": reading.title.text if reading.title else "",
        "publisher": reading.publisher or "",
        "published": reading.published or "",
    }


def _directive(reading: Reading, told: Directive, shown: Fields, said: Statement | None, rank: int) -> Fields:
    same = ("strength", "units", "lead", "support", "deadlines", "targets", "programmes", "purpose")
    return {
        **{name: shown[name] for name in (*same, "priority")},
        "deadline": shown["deadline"] or {},
        "rank": rank,
        "words": told.span.text,
        "quotation": quotation(reading, told.span),
        "number": told.number.text if told.number else "",
        "speaker": (said.speaker if said else None) or "",
        "verb": (said.verb if said else None) or "",
        "cue": told.cue or "",
        "problem": told.problem or "",
    }


def _action(reading: Reading, deed: Action, rank: int) -> Fields:
    return {
        "rank": rank,
        "words": deed.span.text,
        "quotation": quotation(reading, deed.span),
        "verb": deed.verb or "",
        "object": deed.object or "",
        "kind": deed.kind,
        "reason": deed.reason,
        "gaps": list(deed.gaps),
    }


def _meeting(reading: Reading, meeting: Meeting, shown: Fields, rank: int) -> Fields:
    lists = ("chairs", "speakers", "attendees", "groups", "presenters", "relays")
    return {
        **{name: shown[name] for name in lists},
        "rank": rank,
        "quotation": quotation(reading, meeting.name) if meeting.name else None,
        "name": meeting.name.text if meeting.name else "",
        "date": meeting.date or "",
        "form": meeting.form or "",
        "level": meeting.level or "",
        "convener": meeting.convener or "",
        "where": meeting.place or "",
    }


def meeting_key(sha256: str, fields: Fields) -> str:
    """Key of a meeting: of the place of its name in the report; of one without a name, of its rank."""
    quoted = fields["quotation"] or {"exact": "", "start": fields["rank"], "end": 0}
    return quotation_id("m", sha256, quoted["exact"], quoted["start"], quoted["end"])
