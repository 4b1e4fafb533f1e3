"""The owners of a directive as resolved in, what a draft keeps of them out: suggestions with reasons, or why none.

Only a name that means one unit, which is confirmed and there today, is suggested; a person's yes makes it the owner.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from luoshi.places.models import Unit
from luoshi.places.names import Answer

from .models import Draft
from .resolve import Choice, Owner
from .restoring import Printed

Unsure = Draft.Unsure


class Suggested(NamedTuple):
    """Owners as a draft keeps them, and the unit and keys that are suggested to lead and support."""

    owners: list[dict[str, Any]]
    lead: Unit | None
    supports: list[str]


NOBODY = Suggested([], None, [])


def suggested(owners: tuple[Owner, ...], printed: Printed, day: date) -> Suggested:
    """What a draft is given for the owners of its directive."""
    names = [_name(owner, printed, *each, day) for owner in owners for each in _names(owner)]
    leads = [name for name in names if name.kept["lead"]]
    if len(leads) > 1:
        names = [name.unsure(Unsure.LEADS) if name.kept["lead"] else name for name in names]
        leads = []
    lead = leads[0].unit if leads else None
    helps = dict.fromkeys(n.unit.key for n in names if n.unit and n.kept["support"] and n.unit != lead)
    return Suggested([name.kept for name in names], lead, list(helps))


class Name(NamedTuple):
    """A printed name: what is kept of it, the one unit it means."""

    kept: dict[str, Any]
    unit: Unit | None

    def unsure(self, why: Unsure) -> Name:
        """The same without a suggestion; what was unsure before stays so for its own reason."""
        return Name({**self.kept, "suggested": "", "unsure": self.kept["unsure"] or str(why)}, None)


def _names(owner: Owner) -> Iterator[tuple[Answer, tuple[Choice, ...]]]:
    """Each name that is printed together (县水利局、县财政局) with its own choices."""
    if owner.answer.kind != "several":
        yield owner.answer, owner.choices[0] if owner.choices else ()
        return
    choices = iter(owner.choices)
    for member in owner.answer.members:
        yield member, next(choices) if member.kind == "unit" else ()


def _name(owner: Owner, printed: Printed, answer: Answer, choices: tuple[Choice, ...], day: date) -> Name:
    why, unit = _unsure(answer, choices, day)
    members = {row.key for row in owner.members}
    kept = {
        "printed": answer.name if owner.answer.kind == "several" else owner.span.text,
        "lead": owner.span in printed.leads,
        "support": owner.span in printed.supports,
        "kind": answer.kind,
        "reason": str(answer.reason),
        "choices": [_choice(choice) for choice in choices],
        "units": [key for key in answer.units if key in members],
        "suggested": unit.key if unit else "",
        "unsure": str(why),
    }
    return Name(kept, unit)


def _unsure(answer: Answer, choices: tuple[Choice, ...], day: date) -> tuple[str, Unit | None]:
    """Why a name is no suggestion (""), and the unit that it is."""
    if answer.kind != "unit" or not choices:
        return WHY.get(answer.kind, Unsure.UNKNOWN), None
    if answer.unit is None:
        return Unsure.RIVALS, None
    unit = choices[0].unit
    if unit is None:
        return Unsure.ABSENT, None
    if not unit.holds(day):
        return Unsure.GONE, None
    return ("", unit) if choices[0].ready else (Unsure.UNCONFIRMED, None)


WHY = {"class": Unsure.CLASS, "set": Unsure.SET}


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "unit": choice.key,
        "name": choice.unit.name if choice.unit else "",
        "score": choice.score,
        "reason": choice.reason,
        "instead": choice.instead.key if choice.instead else "",
        "instead_name": choice.instead.name if choice.instead else "",
        "ready": choice.ready,
    }
