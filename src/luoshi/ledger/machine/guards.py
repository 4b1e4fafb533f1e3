"""Guards: conditions on a move that playbooks name; a case in, nothing or the fault out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from ..playbook.nouns import ENDED
from ..playbook.vocabulary import AHEAD
from .faults import fault, listed
from .nouns import JSON, Case, Fault, Guard, World
from .timetables import TIMETABLE_GUARDS

# 政府督查工作条例 art. 17: an objection within 30 days; who petitions (信访) has as long to ask for a review.
DAYS_TO_OBJECT = 30


def units_named(fields: Mapping[str, JSON]) -> Iterator[str]:
    """The units that values name, of parts too."""
    if lead := fields.get("lead"):
        yield lead
    yield from fields.get("supports") or ()
    for part in fields.get("parts") or ():
        yield from units_named(part)


def units_confirmed(case: Case) -> Fault | None:
    """Items are dispatched to confirmed units only (DESIGN, decided early)."""
    return unconfirmed(case.given, case.world, "parts" if "parts" in case.given else "lead")


def unconfirmed(fields: Mapping[str, JSON], world: World, field: str) -> Fault | None:
    """The fault of units that nobody confirmed."""
    missing = [unit for unit in dict.fromkeys(units_named(fields)) if unit not in world.confirmed]
    return fault("not_confirmed", field, units=listed(missing)) if missing else None


def lead_apart(case: Case) -> Fault | None:
    """Who leads does not support as well; a move that names no lead leaves it to whom it is."""
    own = {"lead": case.state.lead, **case.given}
    for field, each in (("supports", own), *_parts(case)):
        if each["lead"] in each.get("supports", ()):
            return fault("lead_supports", field, unit=each["lead"])
    return None


def _parts(case: Case) -> list[tuple[str, Mapping[str, JSON]]]:
    """The parts of a split with where they stand."""
    return [(f"parts[{index}]", part) for index, part in enumerate(case.given.get("parts", ()))]


def has_clock(case: Case) -> Fault | None:
    """Without a deadline or a frequency of reports nothing would ever be late."""
    if case.fields is None or case.fields.get("due") or case.state.due:
        return None
    if case.fields.get("frequency") or case.state.facts.get("frequency"):
        return None
    return fault("no_clock", "due")


def due_ahead(case: Case) -> Fault | None:
    """A deadline is not set in the past."""
    for field, each in (("due", case.given), *((f"{at}.due", part) for at, part in _parts(case))):
        if each.get("due") and date.fromisoformat(each["due"]) < case.today:
            return fault("in_the_past", field, day=each["due"])
    return None


def before_due(case: Case) -> Fault | None:
    """An extension is asked for while there is time left; a day that has passed is late, and stays late."""
    due = case.state.due
    return fault("overdue", due=due) if due is not None and due < case.today else None


def due_later(case: Case) -> Fault | None:
    """An extension gives more time than there was."""
    due, given = case.state.due, case.given.get("due") or case.given.get("asked_due")
    if due is None or given is None or date.fromisoformat(given) > due:
        return None
    return fault("not_later", "due" if case.given.get("due") else "asked_due", day=given, due=due)


def extension_in_time(case: Case) -> Fault | None:
    """An extension is asked for as long before the deadline as its clock says."""
    now = case.world.extending
    if now is None or case.today <= now.ask_until:
        return None
    return fault("extension_late", day=now.ask_until, due=now.end)


def extension_left(case: Case) -> Fault | None:
    """There is a limit to extend, and it was not extended as often as its clock allows."""
    now = case.world.extending
    if now is None:
        return fault("nothing_to_extend")
    return None if now.left else fault("extension_spent", granted=now.granted, times=now.times)


def extension_within(case: Case) -> Fault | None:
    """No longer than its clock says."""
    now = case.world.extending
    field = "due" if case.given.get("due") else "asked_due"
    day = case.given.get(field)
    if now is None or now.most is None or day is None or date.fromisoformat(day) <= now.most:
        return None
    return fault("extension_long", field, day=day, most=now.most)


def days_not_ahead(case: Case) -> Fault | None:
    """What is reported as having happened has happened by today: dates given, and milestones done."""
    kinds = {field.key: field.kind for field in case.move.fields}
    for key, value in case.given.items():
        days = [value] if kinds.get(key) == "date" and key not in AHEAD else []
        if kinds.get(key) in ("milestones", "plan"):
            days = [each["done_on"] for each in value if each["done_on"]]
        for each in days:
            if date.fromisoformat(each) > case.today:
                return fault("in_the_future", key, day=each)
    return None


def something_given(case: Case) -> Fault | None:
    """A move all of whose fields are optional is made with one of them at least."""
    return fault("nothing_given") if case.fields is not None and not case.fields else None


def milestones_as_planned(case: Case) -> Fault | None:
    """Who reports says which milestones are done, and moves none; without a plan they bring one."""
    plan, given = case.state.facts.get("milestones"), case.given.get("milestones")
    if not plan or given is None or _planned(plan) == _planned(given):
        return None
    return fault("not_as_planned", "milestones")


def _planned(milestones: JSON) -> list[tuple[JSON, JSON]]:
    return [(each["words"], each["due"]) for each in milestones]


def parent_open(case: Case) -> Fault | None:
    """A part is not taken up again below what has ended: that is reopened first."""
    parent = case.world.parent
    ended = parent is not None and parent.kind in ENDED
    return fault("parent_ended", parent=parent.item) if parent is not None and ended else None


def has_parent(case: Case) -> Fault | None:
    """Only of what was split off another item."""
    return None if case.state.parent else fault("no_parent")


def children_done(case: Case) -> Fault | None:
    """What is split is finished when its parts are, as the playbook's `children` says."""
    ending = {"all_done": ("done",), "all_ended": ENDED}.get(case.playbook.children)
    return _open(case, ending) if ending else None


def children_ended(case: Case) -> Fault | None:
    """No part is left behind at work."""
    return _open(case, ENDED)


def _open(case: Case, ending: tuple[str, ...]) -> Fault | None:
    left = [child.item for child in case.world.children if child.kind not in ending]
    return fault("children_open", count=len(left), children=listed(left)) if left else None


def _mine(case: Case, who: str | None) -> bool:
    """True when `kind:id` is who stands before the item, in whichever post."""
    return who in case.hand.same | {f"{case.hand.actor.kind}:{case.hand.actor.id}"}


def _did(case: Case, effect: str) -> str:
    """The verb by which somebody was noted: the first of the playbook that has the effect."""
    return next((move.verb for move in case.playbook.moves if effect in move.effects), "")


def not_who_asked(case: Case) -> Fault | None:
    """Nobody verifies or closes what they asked to have closed."""
    return fault("same_person", did=_did(case, "note_asker")) if _mine(case, case.state.asked_by) else None


def not_of_the_asking_unit(case: Case) -> Fault | None:
    """Verifying is another unit's: nobody of the unit that asked for closure, in whichever post."""
    unit = case.state.asked_unit
    own = case.hand.units | {case.hand.actor.unit}
    return fault("same_unit", unit=unit) if unit is not None and unit in own else None


def not_who_verified(case: Case) -> Fault | None:
    """Who came to a conclusion neither closes on it nor decides on an objection to it (条例 art. 17)."""
    return fault("same_person", did=_did(case, "note_verifier")) if _mine(case, case.state.verified_by) else None


def was_concluded(case: Case) -> Fault | None:
    """There is a conclusion to object to."""
    return None if "concluded_on" in case.state.facts else fault("not_concluded")


def in_time_to_object(case: Case) -> Fault | None:
    """Within thirty days of the closure; of what is not closed, of the conclusion."""
    noted = case.state.facts.get("concluded_on")
    since = case.state.ended_on or (date.fromisoformat(noted) if noted else None)
    if since is None or case.today <= since + timedelta(days=DAYS_TO_OBJECT):
        return None
    return fault("too_late", day=since + timedelta(days=DAYS_TO_OBJECT))


def common_is_spread(case: Case) -> Fault | None:
    """A problem found to be common (共性) is looked for in other units before it is closed."""
    missing = case.state.facts.get("nature") == "common" and not case.state.counts.get("spread")
    return fault("not_spread") if missing else None


GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        units_confirmed,
        lead_apart,
        has_clock,
        due_ahead,
        before_due,
        due_later,
        extension_in_time,
        extension_left,
        extension_within,
        days_not_ahead,
        something_given,
        milestones_as_planned,
        parent_open,
        has_parent,
        children_done,
        children_ended,
        not_who_asked,
        not_of_the_asking_unit,
        not_who_verified,
        was_concluded,
        in_time_to_object,
        common_is_spread,
    )
} | TIMETABLE_GUARDS
