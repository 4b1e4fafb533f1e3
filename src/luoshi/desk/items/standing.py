"""An item and its newest events in, how it stands for the rule of lights out, and what was last said of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from luoshi.ledger.clocks.still import stands_still
from luoshi.ledger.machine import tapes
from luoshi.ledger.machine.tapes import step_of
from luoshi.ledger.models import Event, Item
from luoshi.ledger.playbook import Playbook
from luoshi.ledger.playbook.clocks import Until
from luoshi.measuring.lights import Standing

# Moves by which whoever works on an item answers: reminders before them have been answered.
ANSWERS = frozenset(
    {"sign", "return", "report", "plan", "start", "slip", "clear", "object", "ask_extension", "ask_closure"}
)
# The last of these that was made says whether verification is refused.
VERDICTS = {
    **{"refuse": True, "verify": False, "accept": False, "ask_closure": False, "clear": False, "overturn": False},
    **{"dispatch": False, "reassign": False, "reopen": False, "recur": False},
}
# Degrees of urgency that make an item an important one: whatever is more than ordinary (平急).
IMPORTANT = frozenset({"urgent", "most_urgent"})
WORKING = frozenset({"lead", "support"})


def standing(row: Item, playbook: Playbook, told: Sequence[Event], today: date, *, steps_late: bool) -> Standing:
    """How an item stands.

    `told`: its newest events, oldest first; what lies before them is taken as answered and settled. `steps_late`: that
    a step of its timetable is late, which needs a calendar to say.
    """
    return Standing(
        row.kind,  # type: ignore[arg-type]
        row.due_at,
        still=stands_still(row),
        since=since(row, playbook),
        milestones_late=steps_late or _milestones_late(row.facts.get("milestones") or (), today),
        refused=next((VERDICTS[each.verb] for each in reversed(told) if each.verb in VERDICTS), False),
        unanswered=_unanswered(playbook, told),
        important=row.facts.get("urgency") in IMPORTANT,
    )


def since(row: Item, playbook: Playbook) -> datetime | None:
    """From when on an item stands still: since a clock waits, or that of its deadline has stopped; None where it does
    not stand still, or no clock was ever started."""
    if not stands_still(row):
        return None
    kept = tapes.from_json(row.clocks)
    going = [(clock, kept[clock.key]) for clock in playbook.clocks if clock.lights and clock.key in kept]
    waiting = [tape.pauses[-1][0] for _, tape in going if tape.standing == "waits"]
    stopped = [tape.stopped for clock, tape in going if clock.limit == Until("due") and tape.stopped]
    return min(waiting or stopped, default=None)


def judging(told: Iterable[Event]) -> Event | None:
    """The last event in which somebody said whether it will be done."""
    return next((each for each in reversed(list(told)) if (each.payload.get("fields") or {}).get("confidence")), None)


def _milestones_late(planned: Iterable[Any], today: date) -> bool:
    """Whether the day of one is over that was not done."""
    return any(each.get("due") and not each.get("done_on") and each["due"] < today.isoformat() for each in planned)


def _unanswered(playbook: Playbook, told: Sequence[Event]) -> int:
    """How often who works on it was reminded since they last answered."""
    count = 0
    for event in reversed(told):
        if event.verb in ANSWERS:
            break
        count += event.verb == "remind" and _to_who_works(playbook, event)
    return count


def _to_who_works(playbook: Playbook, event: Event) -> bool:
    """Whether a reminder is for who works on the item; one of the system may be for a verifier. A person's is."""
    if event.actor_kind != "system":
        return True
    said = event.payload.get("fields") or {}
    clock = next((each for each in playbook.clocks if each.key == said.get("clock")), None)
    rung = next((each for each in clock.steps if each.key == step_of(str(said.get("step")))), None) if clock else None
    return rung is None or bool(WORKING.intersection(rung.tell))
