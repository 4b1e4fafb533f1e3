"""A reading in, the JSON object of READING.md out."""

from __future__ import annotations

from typing import Any

from luoshi import __version__

from .facts import Action, Directive, Reading, Span, Statement

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
        "script": reading.script,
        "noise": [{"kind": n.kind, "start": n.start, "end": n.end} for n in reading.noise],
        "title": _span(reading.title),
        "published": reading.published,
        "body": {"start": reading.body.start, "end": reading.body.end} if reading.body else None,
        "statements": [_statement(s) for s in reading.statements],
        "directives": [_directive(d) for d in reading.directives],
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    return {"text": span.text, "start": span.start, "end": span.end} if span else None


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
    }
