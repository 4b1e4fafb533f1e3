"""A directive in, the programmes it names out: plans, campaigns, lists, mechanisms, slogans, each once."""

from __future__ import annotations

from .rules import rule
from .sentences import Offsets, trimmed


def programmes(text: str, start: int, end: int, seen: int) -> tuple[Offsets, ...]:
    """Places (clean offsets) of the programmes named in a stretch with these signs, quotation marks left out at the
    ends."""
    found: list[Offsets] = []
    for name in ("quoted-with-head", "named", "slogan-of-numbers"):
        each = rule("programmes", name)
        for match in each.pattern.finditer(text, start, end) if seen & each.bits else ():
            span = match.span("name")
            if name == "quoted-with-head" and _is_metaphor(text, span):
                continue
            if not any(s < span[1] and span[0] < e for s, e in found):
                found.append(span)
    return _each_once(text, sorted(_bare(text, span) for span in found)) if found else ()


def _is_metaphor(text: str, span: Offsets) -> bool:
    inner = text[span[0] + 1 : text.index("”", span[0])]
    return bool(rule("metaphors", "no-name").find(inner))


def _bare(text: str, span: Offsets) -> Offsets:
    """Without quotation marks where they enclose the whole name."""
    words = text[slice(*span)]
    return trimmed(text, *span, "“”") if words.endswith("”") else span


def _each_once(text: str, spans: list[Offsets]) -> tuple[Offsets, ...]:
    out: dict[str, Offsets] = {}
    for span in spans:
        out.setdefault(text[slice(*span)], span)
    return tuple(out.values())
