"""The form of a playbook in, what it could not keep its promises with out: each fault with its path."""

from __future__ import annotations

from collections.abc import Iterator

from .clock_checks import clock_faults
from .nouns import ENDED, FieldKind
from .schema import Form, _Move
from .vocabulary import ASKED, EFFECTS, GUARDS, NOTED, OWN, RESERVED, STEP


def faults(form: Form) -> tuple[str, ...]:
    """All faults; those of the way through the states only where all names are right."""
    wrong = (*_fields(form), *_opening(form), *(fault for verb in form.moves for fault in _move(form, verb)))
    return wrong or (*_ways(form), *_ends(form), *_unused(form), *clock_faults(form))


def _fields(form: Form) -> Iterator[str]:
    for key, field in form.fields.items():
        if key in ASKED | NOTED:
            yield f"fields.{key}: this name is kept for what every item has"
        if key in STEP and field.kind != "phrase":
            yield f"fields.{key}: a phrase, in which the system says which step of which clock it makes"
        if (field.kind == "choice") is not bool(field.choices):
            said = "a choice needs them" if field.kind == "choice" else "only a choice has them"
            yield f"fields.{key}.choices: {said}"


def _opening(form: Form) -> Iterator[str]:
    opening = form.opening
    if opening.to not in form.states:
        yield f"opening.to: no state {opening.to!r}"
    if not opening.who:
        yield "opening.who: nobody may open one"
    for key in opening.asks:
        if key in OWN:
            yield f"opening.asks.{key}: asked of every item anyway"
        elif key not in form.fields:
            yield f"opening.asks.{key}: no field {key!r} in fields"
    if opening.parts and opening.parts.to not in form.states:
        yield f"opening.parts.to: no state {opening.parts.to!r}"
    if opening.parts and not opening.parts.who:
        yield "opening.parts.who: nobody may open one"


def _move(form: Form, verb: str) -> Iterator[str]:
    move, at = form.moves[verb], f"moves.{verb}"
    if verb in RESERVED:
        yield f"{at}: this verb is kept for events that are no moves"
    yield from (f"{at}.{wrong}" for wrong in _twice(move))
    for index, source in enumerate(move.sources):
        if source not in form.states:
            yield f"{at}.from[{index}]: no state {source!r}"
    if move.to is not None and move.to not in form.states:
        yield f"{at}.to: no state {move.to!r}"
    if not move.who:
        yield f"{at}.who: nobody may make this move"
    yield from (f"{at}.asks.{key}: no field {key!r} in fields" for key in move.asks if key not in form.fields)
    for index, kind in enumerate(move.evidence.kinds if move.evidence else ()):
        if kind not in form.evidence:
            yield f"{at}.evidence.kinds[{index}]: no evidence {kind!r} in evidence"
    for index, guard in enumerate(move.guards):
        if guard not in GUARDS:
            yield f"{at}.guards[{index}]: no guard {guard!r}; there are {', '.join(GUARDS)}"
        else:
            yield from (f"{at}.guards[{index}]: {wrong}" for wrong in _idle(form, move, guard))
    for index, name in enumerate(move.effects):
        if name not in EFFECTS:
            yield f"{at}.effects[{index}]: no effect {name!r}; there are {', '.join(EFFECTS)}"
        else:
            yield from (f"{at}.effects[{index}]: {wrong}" for wrong in _untaken(form, move, name))
    yield from _untouched(move, at)


def _twice(move: _Move) -> Iterator[str]:
    """What is said twice in a list of a move."""
    lists: dict[str, list[str]] = {
        "from": move.sources,
        "who": [str(who) for who in move.who],
        "guards": move.guards,
        "effects": move.effects,
        "evidence.kinds": move.evidence.kinds if move.evidence else [],
    }
    for name, listed in lists.items():
        yield from (f"{name}: {each!r} is written twice" for each in dict.fromkeys(listed) if listed.count(each) > 1)


def _idle(form: Form, move: _Move, name: str) -> Iterator[str]:
    """What a guard would need to bar anything."""
    guard = GUARDS[name]
    if guard.asks and not any(key in move.asks for key in guard.asks):
        yield f"{name} looks at {' or '.join(guard.asks)}, and the move asks for none"
    for key, kind in guard.fields:
        if key not in form.fields:
            yield f"{name} needs the field {key!r} in fields"
        yield from _wrong_kind(form, key, kind)
    if guard.effect and not any(guard.effect in other.effects for other in form.moves.values()):
        yield f"{name} always holds: no move has the effect {guard.effect}"
    if guard.verb and guard.verb not in form.moves:
        yield f"{name} needs a move {guard.verb!r}"
    if guard.extension and not any(clock.extension for clock in form.clocks.values()):
        yield f"{name} needs a clock that can be extended"


def _untaken(form: Form, move: _Move, name: str) -> Iterator[str]:
    """What an effect takes and its move does not ask for."""
    effect = EFFECTS[name]
    for key, kind in effect.needs:
        if move.asks.get(key) != "required":
            yield f"{name} needs the field {key!r}: ask for it as required"
        else:
            yield from _wrong_kind(form, key, kind)
    if effect.takes and not effect.needs and not any(key in move.asks for key, _ in effect.takes):
        yield f"{name} takes one of {', '.join(key for key, _ in effect.takes)}, and the move asks for none"
    for key, kind in effect.takes:
        if key in move.asks:
            yield from _wrong_kind(form, key, kind)
    if name == "split" and form.opening.parts is None:
        yield "split opens parts, and opening.parts does not say how they begin"


def _wrong_kind(form: Form, key: str, kind: FieldKind) -> Iterator[str]:
    if key in form.fields and form.fields[key].kind != kind:
        yield f"the field {key!r} must be a {kind}, not a {form.fields[key].kind}"


def _untouched(move: _Move, at: str) -> Iterator[str]:
    """A field that only an effect could keep, asked for without one."""
    taken = {key for name in move.effects if name in EFFECTS for key, _ in EFFECTS[name].needs + EFFECTS[name].takes}
    for key in move.asks:
        if key in OWN - taken:
            yield f"{at}.asks.{key}: nothing is done with it: add the effect that takes it"


def _ways(form: Form) -> Iterator[str]:
    """States that are never reached, that nobody can leave, or from which no end can be reached."""
    leaving = {key: {m.to for m in form.moves.values() if key in m.sources and m.to} - {key} for key in form.states}
    begins = {form.opening.to} | ({form.opening.parts.to} if form.opening.parts else set())
    reached = _closed(begins, leaving)
    arriving = {key: {source for source, to in leaving.items() if key in to} for key in form.states}
    ends = {key for key, state in form.states.items() if state.kind in ENDED}
    ending = _closed(ends, arriving)
    for key, state in form.states.items():
        if key not in reached:
            yield f"states.{key}: never reached"
        elif state.kind not in ENDED and not leaving[key]:
            yield f"states.{key}: a dead end: no move leads out of it"
        elif key not in ending:
            yield f"states.{key}: a dead end: no moves from it lead to an end"


def _closed(begins: set[str], to: dict[str, set[str]]) -> set[str]:
    """What is reached from `begins`, themselves included."""
    found, rest = set(begins), list(begins)
    while rest:
        new = to[rest.pop()] - found
        found |= new
        rest += new
    return found


def _ends(form: Form) -> Iterator[str]:
    """An end is not for ever (closed is not fixed): it can be reopened, and nothing else is done to it."""
    for key, state in form.states.items():
        if state.kind not in ENDED:
            continue
        leaving = [(verb, move) for verb, move in form.moves.items() if key in move.sources]
        if not leaving:
            yield f"states.{key}: ended for ever: no move reopens it"
        for verb, move in leaving:
            if form.states[move.to or key].kind in ENDED:
                yield f"moves.{verb}: what has ended can only be reopened, and this leaves it in {move.to or key!r}"


def _unused(form: Form) -> Iterator[str]:
    asked = {*form.opening.asks, *(key for move in form.moves.values() for key in move.asks)}
    yield from (f"fields.{key}: no move asks for it" for key in form.fields if key not in asked)
    taken = {kind for move in form.moves.values() if move.evidence for kind in move.evidence.kinds}
    yield from (f"evidence.{key}: no move takes it" for key in form.evidence if key not in taken)
