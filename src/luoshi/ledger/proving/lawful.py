"""An item before an event and the event in, why the door cannot have written it so out: hashes alone anybody can make.

Only what the log itself shows: who a post was to an item on the day lies in the room of people.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..machine import Entry, ItemState
from ..playbook import Move, Playbook

# Who acts in a post; petitioners and parts of the program have a kind of actor of their own.
OF_POSTS = frozenset({"supervisor", "lead", "support", "verifier"})
OF_UNITS = frozenset({"lead", "support"})


def unlawful(playbook: Playbook, state: ItemState, entry: Entry) -> Iterator[str]:
    """Why not, in words. Raises what a payload that is none makes of it (proving.events.GARBAGE)."""
    move = playbook.move(entry.verb)
    if move is not None:
        yield from _who(move, state, entry)
        yield from _filled(move, entry)


def _who(move: Move, state: ItemState, entry: Entry) -> Iterator[str]:
    who, actor = frozenset(move.who), entry.actor
    if not who & (OF_POSTS if actor.kind == "post" else {actor.kind}):
        yield f"{move.verb} is not for a {actor.kind}"
    elif actor.kind == "post" and who <= OF_UNITS and actor.unit not in (state.lead, *state.supports):
        yield f"{actor.unit} has no part in it"
    himself = f"{actor.kind}:{actor.id}"
    if "not_who_asked" in move.guards and state.asked_by == himself:
        yield "it was they who asked for closure"
    if "not_who_verified" in move.guards and state.verified_by == himself:
        yield "it was they who verified"


def _filled(move: Move, entry: Entry) -> Iterator[str]:
    given, evidence = entry.payload["fields"], entry.payload["evidence"]
    asked = {field.key: field for field in move.fields if field.kind != "parts"}
    if missing := [key for key, field in asked.items() if field.required and key not in given]:
        yield f"it lacks {', '.join(missing)}"
    if other := [str(key)[:40] for key in given if key not in asked]:
        yield f"it says {', '.join(other)}, which nobody asks"
    if len({each["sha256"] for each in evidence}) < move.evidence.at_least:
        yield f"it brings less than {move.evidence.at_least} files"
