"""A playbook in, its page of the documentation out (Markdown): lists, states, moves, fields, with their names."""

from __future__ import annotations

from collections.abc import Iterator

from .names import Names
from .nouns import Field, Move, Playbook
from .outline import WHO
from .vocabulary import EFFECTS, GUARDS


def page(playbook: Playbook) -> str:
    """The page of a playbook; its diagrams lie beside it as KEY.svg and KEY.en.svg."""
    return "\n".join([*_head(playbook), *_states(playbook), *_moves(playbook), *_fields(playbook)]) + "\n"


def _head(playbook: Playbook) -> Iterator[str]:
    opening = playbook.opening
    yield f"# {_both(playbook.name)}"
    yield ""
    yield f"<!-- Written from {playbook.key}.{playbook.version}.yaml by `python -m docs.playbooks`. -->"
    yield ""
    yield f"`{playbook.key}`, version {playbook.version} ([what a playbook is](../ledger.md)). The lists it runs:"
    yield ""
    yield from (f"- `{key}` {_both(names)}" for key, names in playbook.lists)
    yield ""
    yield f"**{_both(opening.name)}**: {_people(opening.who)}; then `{opening.to}`. Besides place, list, line, words,"
    yield f"quotation, lead, supporting units and deadline it asks for {_asked(opening.fields) or 'nothing'}."
    if opening.parts:
        yield f"A part of a split is opened by: {_people(opening.parts.who)}; then `{opening.parts.to}`."
    yield f"What was split is done when its parts are: `{playbook.children}`."
    yield ""
    yield f"![{playbook.name.zh}：状态图]({playbook.key}.svg)"
    yield ""
    yield f"[The same in English]({playbook.key}.en.svg)"


def _states(playbook: Playbook) -> Iterator[str]:
    yield from ("", "## States", "", "| state | | kind |", "|---|---|---|")
    yield from (f"| `{state.key}` | {_both(state.name)} | {state.kind} |" for state in playbook.states)


def _moves(playbook: Playbook) -> Iterator[str]:
    yield from ("", "## Moves", "")
    yield "**Bold** fields must be filled in. A move without a state after the arrow leaves the item where it is."
    for move in playbook.moves:
        yield from ("", f"### `{move.verb}` {_both(move.name)}", "", *_move(move))


def _move(move: Move) -> Iterator[str]:
    yield f"- {', '.join(f'`{key}`' for key in move.sources)} → {f'`{move.to}`' if move.to else ''}".rstrip()
    yield f"- by: {_people(move.who)}"
    if move.fields:
        yield f"- asks for: {_asked(move.fields)}"
    if move.evidence.kinds:
        least = f", at least {move.evidence.at_least}" if move.evidence.at_least else ""
        yield f"- takes evidence: {', '.join(move.evidence.kinds)}{least}"
    for guard in move.guards:
        yield f"- only if `{guard}`: {_both(GUARDS[guard].name)}"
    for effect in move.effects:
        yield f"- then `{effect}`: {_both(EFFECTS[effect].name)}"


def _fields(playbook: Playbook) -> Iterator[str]:
    asked = (*playbook.opening.fields, *(field for move in playbook.moves for field in move.fields))
    fields = {field.key: field for field in asked}
    yield from ("", "## Fields", "", "| field | | kind | choices |", "|---|---|---|---|")
    for field in fields.values():
        choices = ", ".join(f"`{key}` {names.zh}" for key, names in field.choices)
        yield f"| `{field.key}` | {_both(field.name)} | {field.kind} | {choices} |"
    yield from ("", "## Evidence", "", "| kind | |", "|---|---|")
    yield from (f"| `{key}` | {_both(names)} |" for key, names in playbook.evidence)


def _both(names: Names) -> str:
    return f"{names.zh} · {names.en}"


def _people(who: tuple[str, ...]) -> str:
    return ", ".join(names.en for key, names in WHO.items() if key in who)


def _asked(fields: tuple[Field, ...]) -> str:
    return ", ".join(f"**{field.key}**" if field.required else field.key for field in fields)
