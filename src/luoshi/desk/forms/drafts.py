"""What was typed about a draft in, the fields that `intake.actions.edit` takes out, or the units that may be meant."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from luoshi.intake.models import Draft
from luoshi.people.scope import Scope
from luoshi.places.models import PlaceState, Unit

from .asked import Asked
from .nouns import UnitSaid
from .units import Known, key_of, look_up

# What is typed between the names of several units.
BETWEEN = re.compile("[、，,；;\\n]+")
TEXTS = ("words", "measure", "basis")
FIELDS = ("words", "lead", "supports", "due", "measure", "basis")


@dataclass
class DraftForm(Asked):
    """The form of a draft; `fields` are what `edit` takes, once it was checked."""

    draft: Draft = field(kw_only=True)
    fields: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, draft: Draft) -> DraftForm:
        """With what the draft has."""
        names = dict(Unit.objects.filter(key__in=draft.supports).values_list("key", "name"))
        supports = "、".join(names.get(key, key) for key in draft.supports)
        lead = draft.lead.name if draft.lead else ""
        values = {"lead": lead, "supports": supports, "due": draft.due.isoformat() if draft.due else ""}
        return cls({**{name: getattr(draft, name) for name in TEXTS}, **values}, draft=draft)

    @classmethod
    def sent(cls, draft: Draft, given: Mapping[str, str], scope: Scope) -> DraftForm:
        """Checked; of units of one name the nearest to the draft's place is meant."""
        form = cls({name: given.get(name, "").strip() for name in FIELDS}, draft=draft)
        form.fields = {name: form.values[name] for name in TEXTS}
        lead = UnitSaid(form.values["lead"], given.get("lead_key", ""))
        helps = [UnitSaid(each.strip()) for each in BETWEEN.split(form.values["supports"]) if each.strip()]
        known = look_up([lead, *helps, *form._standing()], _path(draft, scope), scope)
        form.fields["lead"] = form._unit("lead", lead, known)
        keys = [form._unit("supports", each, known) for each in helps]
        form.fields["supports"] = [key for key in dict.fromkeys(keys) if key]
        form._due()
        return form

    def _standing(self) -> list[UnitSaid]:
        """The units that the draft has: who leaves their names as they are means them."""
        keys = [*self.draft.supports, *([self.draft.lead.key] if self.draft.lead else [])]
        return [UnitSaid(key, key) for key in keys]

    def _unit(self, name: str, said: UnitSaid, known: list[Known]) -> str:
        if not said:
            return ""
        keys = {each.key for each in self._standing()}
        there = [unit.key for unit in known if unit.key in keys and said.text == unit.name and not said.key]
        return there[0] if there else key_of(name, said, known, self.faults, self.several)

    def _due(self) -> None:
        typed = self.values["due"]
        try:
            self.fields["due"] = datetime.date.fromisoformat(typed).isoformat() if typed else ""
        except ValueError:
            self.wrong([("due", _("日期写成 2026-11-21 这样。"))])


def _path(draft: Draft, scope: Scope) -> str:
    states = PlaceState.objects.filter(place=draft.place_id, since__lte=scope.day).order_by("-since")
    return states.values_list("path", flat=True).first() or "/"


def parts_of(words: str) -> list[str]:
    """How words might be split, for a person to put right: at semicolons and full commas, as clauses stand."""
    return [part.strip() for part in re.split("[；;，,]", words) if part.strip()]
