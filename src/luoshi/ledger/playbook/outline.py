"""A playbook in, what it says out: as lines for a terminal, as sentences for who cannot see its diagram."""

from __future__ import annotations

from collections.abc import Iterator

from . import clock_words
from .names import Names
from .nouns import Field, Move, Playbook, Who
from .vocabulary import EFFECTS, GUARDS

WHO: dict[Who, Names] = {
    "supervisor": Names("督查员", "supervisor"),
    "lead": Names("牵头单位", "lead unit"),
    "support": Names("配合单位", "supporting unit"),
    "verifier": Names("核查员", "verifier"),
    "petitioner": Names("诉求人", "petitioner"),
    "system": Names("系统", "system"),
}
DESCRIBED = Names("%(sources)s：%(verb)s（%(who)s）→ %(to)s。", "%(sources)s: %(verb)s (%(who)s) → %(to)s.")


def outline(playbook: Playbook, language: str = "zh-hans") -> str:
    """What a playbook says, for a terminal: its states, and every move with what it asks for."""
    return "\n".join(
        [*_head(playbook, language), *(row for m in playbook.moves for row in _move(playbook, m, language))]
    )


def described(playbook: Playbook, language: str) -> Iterator[str]:
    """Every move in a sentence: from where, by whom, to where."""
    mark = ", " if language.startswith("en") else "、"
    for move in playbook.moves:
        yield DESCRIBED.of(language) % {
            "sources": mark.join(_state(playbook, key, language) for key in move.sources),
            "verb": move.name.of(language),
            "who": mark.join(WHO[who].of(language) for who in move.who),
            "to": _state(playbook, move.to or move.sources[0], language) if move.to else "…",
        }


def _state(playbook: Playbook, key: str, language: str) -> str:
    return playbook.state(key).name.of(language)


def _head(playbook: Playbook, language: str) -> Iterator[str]:
    yield f"{playbook.key} {playbook.version}  {playbook.name.of(language)}"
    yield from (f"  list   {key:16} {names.of(language)}" for key, names in playbook.lists)
    yield from (f"  state  {s.key:16} {s.name.of(language)}  {s.kind}" for s in playbook.states)
    opening = playbook.opening
    yield f"  open   {opening.name.of(language)} → {opening.to}  {' '.join(opening.who)}"
    yield f"    {'asks':8} {_asked(opening.fields)}"
    if opening.parts:
        yield f"  parts  → {opening.parts.to}  {' '.join(opening.parts.who)}"
    for clock in playbook.clocks:
        yield f"  clock  {clock.key:16} {clock.name.of(language)}  {clock_words.limit(clock.limit, playbook, language)}"
        yield from (f"    {step.key:8} {clock_words.rung(step, language)}  {step.verb}" for step in clock.steps)


def _move(playbook: Playbook, move: Move, language: str) -> Iterator[str]:
    yield f"  {move.verb:16} {move.name.of(language)}  {' '.join(move.sources)} → {move.to or '='}"
    yield f"    {'who':8} {' '.join(move.who)}"
    if move.fields:
        yield f"    {'asks':8} {_asked(move.fields)}"
    if move.evidence.kinds:
        least = f"  at least {move.evidence.at_least}" if move.evidence.at_least else ""
        yield f"    {'evidence':8} {' '.join(move.evidence.kinds)}{least}"
    yield from (f"    {'if':8} {guard}: {GUARDS[guard].name.of(language)}" for guard in move.guards)
    yield from (f"    {'then':8} {effect}: {EFFECTS[effect].name.of(language)}" for effect in move.effects)


def _asked(fields: tuple[Field, ...]) -> str:
    return " ".join(field.key if field.required else f"[{field.key}]" for field in fields)
