"""What was typed about a draft in, the fields that `intake.actions.edit` takes out, or the units that may be meant."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from luoshi.intake.models import Draft
from luoshi.places.models import Unit

from .asked import Asked

# The units that may be named: those within sight (people.visible.units).
Reach = QuerySet[Unit]
# What is typed between the names of several units.
BETWEEN = re.compile("[、，,；;\\n]+")
TEXTS = ("words", "measure", "basis")
FIELDS = ("words", "lead", "supports", "due", "measure", "basis")
# Units of one name that are offered: those of a city and its counties are some twenty.
ALIKE = 30


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
    def sent(cls, draft: Draft, given: Mapping[str, str], reach: Reach) -> DraftForm:
        """Checked; `reach` are the units that may be named."""
        form = cls({name: given.get(name, "").strip() for name in FIELDS}, draft=draft)
        form.fields = {name: form.values[name] for name in TEXTS}
        form._lead(given.get("lead_key", ""), reach)
        form._supports(reach)
        form._due()
        return form

    def _lead(self, chosen: str, reach: Reach) -> None:
        typed = self.values["lead"]
        now = self.draft.lead
        if not typed:
            self.fields["lead"] = ""
        elif now is not None and typed in (now.name, now.key) and not chosen:
            self.fields["lead"] = now.key
        else:
            found = named(chosen or typed, reach)
            if len(found) == 1:
                self.fields["lead"] = found[0].key
            else:
                self.alike = tuple(found)
                self._unknown("lead", typed, found)

    def _supports(self, reach: Reach) -> None:
        keys: list[str] = []
        own = dict(Unit.objects.filter(key__in=self.draft.supports).values_list("name", "key"))
        for typed in filter(None, (part.strip() for part in BETWEEN.split(self.values["supports"]))):
            found = [] if typed in own else named(typed, reach)
            if typed in own or len(found) == 1:
                keys.append(own.get(typed) or found[0].key)
            else:
                self._unknown("supports", typed, found)
        self.fields["supports"] = list(dict.fromkeys(keys))

    def _unknown(self, name: str, typed: str, found: list[Unit]) -> None:
        told = {"name": typed[:40], "units": "、".join(f"{unit.name}（{unit.key}）" for unit in found[:3])}
        text = _("有几个单位叫“%(name)s”：%(units)s。") if found else _("没有叫“%(name)s”的单位；请写全称或单位标识。")
        self.wrong([(name, text % told)])

    def _due(self) -> None:
        typed = self.values["due"]
        try:
            self.fields["due"] = datetime.date.fromisoformat(typed).isoformat() if typed else ""
        except ValueError:
            self.wrong([("due", _("日期写成 2026-11-21 这样。"))])


def named(typed: str, reach: Reach) -> list[Unit]:
    """The units that a key, a full name or a short name means, of those within reach: by key, or all of the name."""
    return list(reach.filter(key=typed)) or list(reach.filter(Q(name=typed) | Q(short=typed)).order_by("key")[:ALIKE])


def parts_of(words: str) -> list[str]:
    """How words might be split, for a person to put right: at semicolons and full commas, as clauses stand."""
    return [part.strip() for part in re.split("[；;，,]", words) if part.strip()]
