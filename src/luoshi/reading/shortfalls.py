"""Statements and directives in, the shortcomings that the report says exist out.

Only what is said to exist counts; possible future risks are none (GUIDELINES, "Problems").
"""

from __future__ import annotations

from .directives import Told
from .rules import rule
from .sentences import Offsets, clauses, divide, trimmed
from .signs import signs
from .speech import Said
from .stretches import Stretches


def shortfalls(text: str, said: list[Said], told: list[Told]) -> list[tuple[Offsets, int]]:
    """Places (clean offsets) of the shortcomings, with the number of the statement each stands in."""
    out: list[tuple[Offsets, int]] = []
    tasks = Stretches((t.start, t.end) for t in told)
    for number, statement in enumerate(said):
        for span in _in_statement(text, statement, tasks):
            if not any(s < span[1] and span[0] < e for (s, e), _ in out):
                out.append((span, number))
    return sorted(out)


def _in_statement(text: str, said: Said, tasks: Stretches) -> list[Offsets]:
    out = [m.span("what") for m in rule("shortfalls", "asked-how").pattern.finditer(text, said.start, said.end)]
    for match in rule("shortfalls", "object-of-removal").pattern.finditer(text, said.start, said.end):
        if not rule("shortfalls", "generic").find(match["what"]):
            out.append(match.span("what"))
    existing = rule("shortfalls", "said-to-exist")
    if not signs(text, said.start, said.end) & existing.bits:
        return out
    for start, end in divide(text, said.start, said.end, "。；"):
        for s, e in clauses(text, *trimmed(text, start, end)):
            seen = signs(text, s, e) & existing.bits
            if seen and existing.find(text, s, e) and not tasks.holds(s, e):
                out.append(_without_lead(text, s, e))
    return out


def _without_lead(text: str, start: int, end: int) -> Offsets:
    """A clause without 但, 同时, 一是 before it."""
    words = text[start:end]
    enumerator = rule("openings", "enumerator").find(words)
    start += enumerator.end() if enumerator else 0
    for lead in ("但是", "但", "同时", "也要看到", "特别是"):
        if text.startswith(lead, start):
            start += len(lead)
    return trimmed(text, start, end)
