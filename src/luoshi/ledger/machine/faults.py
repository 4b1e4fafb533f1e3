"""Why a move cannot be made: every code there is, with the words that go into what is said of it (ledger.refusals)."""

from __future__ import annotations

from collections.abc import Iterable

from .nouns import Fault

# Code → the names in `Fault.about`.
CODES: dict[str, frozenset[str]] = {
    # of the move itself
    "unknown_verb": frozenset({"verb"}),
    "not_yours": frozenset({"verb", "who"}),
    "not_from_here": frozenset({"verb", "state"}),
    "ended": frozenset({"verb", "state"}),
    # of what was filled in
    "unknown_field": frozenset(),
    "missing_field": frozenset(),
    "bad_field": frozenset({"value", "expected"}),
    "too_long": frozenset({"most"}),
    "too_many": frozenset({"most"}),
    "twice": frozenset({"value"}),
    "unknown_choice": frozenset({"value", "choices"}),
    "nothing_given": frozenset(),
    "in_the_past": frozenset({"day"}),
    "in_the_future": frozenset({"day"}),
    "not_later": frozenset({"day", "due"}),
    "no_clock": frozenset(),
    "nothing_to_extend": frozenset(),
    "extension_late": frozenset({"day", "due"}),
    "extension_spent": frozenset({"granted", "times"}),
    "extension_long": frozenset({"day", "most"}),
    "lead_supports": frozenset({"unit"}),
    "not_confirmed": frozenset({"units"}),
    "unknown_list": frozenset({"value"}),
    # of a timetable
    "unknown_step": frozenset({"value"}),
    "cycle": frozenset({"steps"}),
    "long_chain": frozenset({"most"}),
    "ends_before_start": frozenset({"day"}),
    "step_done": frozenset({"step"}),
    "step_overdue": frozenset({"day"}),
    "no_timetable": frozenset(),
    "all_done": frozenset(),
    "steps_open": frozenset({"count", "steps"}),
    # of evidence
    "missing_evidence": frozenset({"at_least", "given"}),
    "wrong_evidence": frozenset({"value", "kinds"}),
    # of the item and who stands before it
    "children_open": frozenset({"count", "children"}),
    "no_parent": frozenset(),
    "parent_ended": frozenset({"parent"}),
    "not_as_planned": frozenset(),
    "same_person": frozenset({"did"}),
    "same_unit": frozenset({"unit"}),
    "overdue": frozenset({"due"}),
    "not_concluded": frozenset(),
    "too_late": frozenset({"day"}),
    "not_spread": frozenset(),
    # of the door (ledger.actions)
    "stale": frozenset({"expected", "sequence"}),
    "request_reused": frozenset(),
}


def fault(code: str, field: str = "", **about: object) -> Fault:
    """A fault of a code. Raises ValueError where the code is unknown or its words are not those of CODES."""
    if CODES.get(code) != about.keys():
        raise ValueError(f"no fault {code!r} about {', '.join(about)}")
    return Fault(code, field, {name: str(words) for name, words in about.items()})


def listed(values: Iterable[str]) -> str:
    """Values in a row, as they go into what is said of a fault."""
    return ", ".join(values)
