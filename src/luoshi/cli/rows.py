"""A reading in, its task list out: one row an action, for the table and for CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from luoshi.reading import Reading

STRENGTHS = {
    "must": "必须",
    "ensure": "确保",
    "push": "推进",
    "strive": "力争",
    "explore": "探索",
    "forbid": "禁止",
}
KINDS = {"work": "工作", "stance": "态度"}


@dataclass(frozen=True, slots=True)
class Row:
    """One action as a clerk reads it; `evidence` is the quotation as it stands in the report."""

    report: str
    number: int
    action: str
    verb: str
    object: str
    kind: str
    speaker: str
    strength: str
    line: int
    start: int
    end: int
    evidence: str
    id: str


COLUMNS = tuple(field.name for field in fields(Row))


def rows(reading: Reading, only_work: bool = False) -> Iterator[Row]:
    """The actions of a reading in their order, numbered; stances left out if asked."""
    speakers = {s.id: s.speaker or "" for s in reading.statements}
    text = reading.source.text
    number = 0
    for directive in reading.directives:
        for action in directive.actions:
            if only_work and action.kind != "work":
                continue
            number += 1
            start, end = action.span.start, action.span.end
            yield Row(
                report=reading.source.name,
                number=number,
                action=action.span.text,
                verb=action.verb or "",
                object=action.object or "",
                kind=KINDS[action.kind],
                speaker=speakers.get(directive.statement or "", ""),
                strength=STRENGTHS[directive.strength],
                line=text.count("\n", 0, start) + 1,
                start=start,
                end=end,
                evidence=text[start:end],
                id=action.id,
            )
