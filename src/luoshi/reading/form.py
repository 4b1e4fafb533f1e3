"""A reading in, the JSON object of READING.md out."""

from __future__ import annotations

from typing import Any

from luoshi import __version__

from .facts import Action, Deadline, Directive, Meeting, Reading, Source, Span, Statement, Target

SCHEMA = "luoshi.reading/1"


def as_dict(reading: Reading) -> dict[str, Any]:
    """One reading as `luoshi read --format jsonl` prints it; a field with nothing to say is null or empty."""
    source = reading.source
    return {
        "schema": SCHEMA,
        "reader": __version__,
        "source": {
            "name": source.name,
            "media_type": source.media_type,
            "encoding": source.encoding,
            "sha256": source.sha256,
            "characters": len(source.text),
        },
        **_extracted(source),
        "script": reading.script,
        "noise": [{"kind": n.kind, "start": n.start, "end": n.end} for n in reading.noise],
        "title": _span(reading.title),
        "published": reading.published,
        "publisher": reading.publisher,
        "author": reading.author,
        "editor": reading.editor,
        "body": {"start": reading.body.start, "end": reading.body.end} if reading.body else None,
        "meetings": [_meeting(m) for m in reading.meetings],
        "people": [
            {"name": p.name, "posts": list(p.posts), "mentions": [list(m) for m in p.mentions]} for p in reading.people
        ],
        "statements": [_statement(s) for s in reading.statements],
        "directives": [_directive(d) for d in reading.directives],
        "problems": [{**_full(p.span), "statement": p.statement} for p in reading.problems],
    }


def _extracted(source: Source) -> dict[str, Any]:
    """The text of a document that is no text file, and the map back to it: [start, part, offset] a run."""
    if not source.runs:
        return {}
    return {"text": source.text, "map": [[run.start, run.part, run.offset] for run in source.runs]}


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "name": _span(meeting.name),
        "date": meeting.date,
        "form": meeting.form,
        "convener": meeting.convener,
        "place": meeting.place,
        "level": meeting.level,
        "chairs": list(meeting.chairs),
        "speakers": list(meeting.speakers),
        "attendees": list(meeting.attendees),
        "groups": list(meeting.groups),
        "presenters": list(meeting.presenters),
        "relays": [{"meeting": r.meeting, "start": r.start, "end": r.end} for r in meeting.relays],
    }


def _full(span: Span) -> dict[str, Any]:
    return {"text": span.text, "start": span.start, "end": span.end}


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {**_full(deadline.span), "from": deadline.begins, "by": deadline.by}


def _target(target: Target) -> dict[str, Any]:
    return {
        **_full(target.span),
        "what": target.what,
        "relation": target.relation,
        "value": target.value,
        "upper": target.upper,
        "unit": target.unit,
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    return _full(span) if span else None


def _place(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end}


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "speaker": statement.speaker,
        "verb": statement.verb,
        **_place(statement.span),
    }


def _directive(directive: Directive) -> dict[str, Any]:
    return {
        "id": directive.id,
        "statement": directive.statement,
        **_place(directive.span),
        "text": directive.span.text,
        "cue": directive.cue,
        "strength": directive.strength,
        "actions": [_action(a) for a in directive.actions],
        "purpose": list(directive.purpose),
        "number": _span(directive.number),
        "units": [_full(u) for u in directive.units],
        "lead": [_full(u) for u in directive.lead],
        "support": [_full(u) for u in directive.support],
        "deadline": _deadline(directive.deadline) if directive.deadline else None,
        "deadlines": [_deadline(d) for d in directive.deadlines],
        "targets": [_target(t) for t in directive.targets],
        "programmes": [_full(p) for p in directive.programmes],
        "problem": directive.problem,
        "priority": directive.priority,
    }


def _action(action: Action) -> dict[str, Any]:
    return {
        "id": action.id,
        **_place(action.span),
        "text": action.span.text,
        "verb": action.verb,
        "object": action.object,
        "kind": action.kind,
        "reason": action.reason,
        "gaps": list(action.gaps),
    }
