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
    seen = signs(text, said.start, said.end)
    asked, removed, existing = (
        rule("shortfalls", name) for name in ("asked-how", "object-of-removal", "said-to-exist")
    )
    out: list[Offsets] = []
    if seen & asked.bits:
        out += [m.span("what") for m in asked.pattern.finditer(text, said.start, said.end)]
    for match in removed.pattern.finditer(text, said.start, said.end) if seen & removed.bits else ():
        if not rule("shortfalls", "generic").find(match["what"]):
            out.append(match.span("what"))
    if not seen & existing.bits:
        return out
    for start, end in divide(text, said.start, said.end, "。；"):
        for s, e in clauses(text, *trimmed(text, start, end)):
            seen = signs(text, s, e)
            if seen & existing.bits and existing.shown(text[s:e], seen) and not tasks.holds(s, e):
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
