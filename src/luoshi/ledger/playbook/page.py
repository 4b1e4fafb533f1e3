"""A playbook in, its page of the documentation out (Markdown): lists, states, moves, fields, with their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from . import clock_words
from .clocks import Clock
from .names import Names
from .nouns import Field, Move, Playbook
from .outline import WHO
from .vocabulary import EFFECTS, GUARDS


def page(playbook: Playbook) -> str:
    """The page of a playbook; its diagrams lie beside it as KEY.svg and KEY.en.svg."""
    parts = (_head, _states, _clocks, _moves, _fields)
    return "\n".join(row for part in parts for row in part(playbook)) + "\n"


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


def _clocks(playbook: Playbook) -> Iterator[str]:
    if not playbook.clocks:
        return
    yield from ("", "## Clocks", "")
    yield "How they are counted: [the ledger](../ledger.md#clocks)."
    for clock in playbook.clocks:
        yield from ("", f"### `{clock.key}` {_both(clock.name)}", "", *_clock(clock, playbook))


def _clock(clock: Clock, playbook: Playbook) -> Iterator[str]:
    yield f"- {_in_both(lambda language: clock_words.limit(clock.limit, playbook, language))}"
    yield f"- started by {_keys(clock.starts)}; runs in {_keys(clock.runs)}"
    if clock.waits:
        yield f"- stands still in {_keys(clock.waits)}"
    if clock.statutory:
        yield f"- `{clock.statutory}` prevails where it is given"
    if clock.rest_end:
        yield "- ends on the next working day where it would end on a rest day"
    if clock.repeats:
        yield "- begins again when it is over"
    if not clock.lights:
        yield "- an item is not late for it"
    if extension := clock.extension:
        most = f", {clock_words.span(extension.most, 'en')} at most" if extension.most else ""
        ask = f", asked for {clock_words.span(extension.ask_before, 'en')} before" if extension.ask_before else ""
        yield f"- may be extended: {extension.times}×{most}{ask}"
    for step in clock.steps:
        said = _in_both(partial(clock_words.rung, step))
        yield f"- `{step.key}` {said}: `{step.verb}`{''.join(f' ({value})' for _, value in step.given)}"


def _in_both(said: Callable[[str], str]) -> str:
    return f"{said('zh-hans')} · {said('en')}"


def _keys(keys: tuple[str, ...]) -> str:
    return ", ".join(f"`{key}`" for key in keys)


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
    yield from ("", "## Fields", "", "| field | | kind | choices |", "|---|---|---|---|")
    for field in playbook.fields.values():
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
