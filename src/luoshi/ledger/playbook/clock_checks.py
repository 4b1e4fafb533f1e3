"""The form of a playbook in, what its clocks could not keep their promises with out: each fault with its path."""

from __future__ import annotations

from collections.abc import Iterator

from .clock_forms import ByChoiceForm, ClockForm, RungForm, SpanForm, UntilForm
from .nouns import ENDED
from .schema import Form
from .vocabulary import STEP

# What starts a clock besides moves.
OPENING = "open"


def clock_faults(form: Form) -> Iterator[str]:
    """All faults of all clocks."""
    for key, clock in form.clocks.items():
        at = f"clocks.{key}"
        yield from (f"{at}.{wrong}" for wrong in _places(form, clock))
        yield from (f"{at}.{wrong}" for wrong in _limit(form, clock))
        for name, rung in clock.steps.items():
            yield from (f"{at}.steps.{name}.{wrong}" for wrong in _rung(form, clock, rung))
    yield from _extensions(form)


def _places(form: Form, clock: ClockForm) -> Iterator[str]:
    for index, verb in enumerate(clock.starts):
        if verb != OPENING and verb not in form.moves:
            yield f"starts[{index}]: no move {verb!r}"
    for name, states in (("runs", clock.runs), ("waits", clock.waits)):
        for index, state in enumerate(states):
            if state not in form.states:
                yield f"{name}[{index}]: no state {state!r}"
            elif form.states[state].kind in ENDED:
                yield f"{name}[{index}]: in {state!r} all has ended"
    for name, listed in (("starts", clock.starts), ("runs", clock.runs), ("waits", clock.waits)):
        yield from (f"{name}: {each!r} is written twice" for each in dict.fromkeys(listed) if listed.count(each) > 1)
    yield from (f"waits: in {state!r} it runs" for state in clock.waits if state in clock.runs)


def _limit(form: Form, clock: ClockForm) -> Iterator[str]:
    limit = clock.limit
    if isinstance(limit, UntilForm):
        yield from (f"limit.field: {wrong}" for wrong in _date(form, limit.field))
    elif isinstance(limit, ByChoiceForm):
        field = form.fields.get(limit.by)
        if field is None or field.kind != "choice":
            yield f"limit.by: no choice {limit.by!r} in fields"
        else:
            yield from (f"limit.choices.{key}: no such choice" for key in limit.choices if key not in field.choices)
    if clock.repeats and (isinstance(limit, UntilForm) or clock.statutory or clock.extension or 0 in _lengths(limit)):
        yield "repeats: periods have a length, and no date of their own"
    if clock.statutory is not None:
        yield from (f"statutory: {wrong}" for wrong in _date(form, clock.statutory))


def _lengths(limit: SpanForm | UntilForm | ByChoiceForm) -> list[int]:
    if isinstance(limit, UntilForm):
        return []
    spans = [limit] if isinstance(limit, SpanForm) else [*limit.choices.values(), limit.otherwise]
    return [span.noun().number for span in spans if span]


def _date(form: Form, key: str) -> Iterator[str]:
    if key not in form.fields or form.fields[key].kind != "date":
        yield f"no date {key!r} in fields"


def _rung(form: Form, clock: ClockForm, rung: RungForm) -> Iterator[str]:
    """A step that the system could not make: the move must be open to it wherever the clock runs, and filled in."""
    move = form.moves.get(rung.verb)
    if move is None:
        yield f"verb: no move {rung.verb!r}"
        return
    if "system" not in move.who:
        yield f"verb: {rung.verb} is not for the system"
    yield from (f"verb: {rung.verb} does not lead from {state!r}" for state in clock.runs if state not in move.sources)
    yield from (f"verb: {rung.verb} does not ask for {key!r}" for key in STEP if key not in move.asks)
    for key, value in rung.given.items():
        field = form.fields.get(key)
        if key not in move.asks or field is None:
            yield f"with.{key}: {rung.verb} does not ask for it"
        elif field.kind not in ("choice", "phrase"):
            yield f"with.{key}: a step fills in choices and phrases"
        elif field.kind == "choice" and value not in field.choices:
            yield f"with.{key}: no choice {value!r}"
    missing = [key for key, asked in move.asks.items() if asked == "required" and key not in {*rung.given, *STEP}]
    yield from (f"with: {rung.verb} needs {key}" for key in missing)


def _extensions(form: Form) -> Iterator[str]:
    """One clock may be extended, and moves that ask how often and how far look at it."""
    extended = [key for key, clock in form.clocks.items() if clock.extension]
    yield from (f"clocks.{key}.extension: {extended[0]} can be extended already" for key in extended[1:])
    guarded = [verb for verb, move in form.moves.items() if "extension_left" in move.guards]
    if extended and not guarded:
        yield f"clocks.{extended[0]}.extension: no move has the guard extension_left"
