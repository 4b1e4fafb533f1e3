"""What somebody chose for a response in, the set, level, places and words that intake takes out, or faults by field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from luoshi.intake.responding.loading import sets
from luoshi.intake.responding.stopping import DROP_REASONS, KEEP
from luoshi.ledger.actions.books import playbooks
from luoshi.ledger.models import Item
from luoshi.ledger.playbook import Playbook
from luoshi.people.scope import Scope
from luoshi.people.visible import UNITS, Seen
from luoshi.places.models import PlaceState, Unit

from ..entering.forms import Typed
from ..entering.where import SUPERVISORS, place_of

# As many places as a list of boxes is of use for; others are typed. The prefecture with the most counties has 25.
MOST = 60
# Names of places in a row, as they are pasted.
BETWEEN = re.compile(r"[、，,；;\s]+")


def playbook() -> Playbook:
    """The newest playbook of responses."""
    return playbooks().latest("response")


def levels(language: str) -> list[tuple[str, str]]:
    """Levels by key with their names, the lightest first."""
    asked = next(field for field in playbook().opening.fields if field.key == "level")
    return [(key, name.of(language)) for key, name in asked.choices]


def reasons(language: str) -> list[tuple[str, str]]:
    """Why a part is dropped when a response is stood down, by key with names."""
    drop = playbook().move("drop")
    asked = next(field for field in drop.fields if field.key == "drop_reason") if drop else None
    return [(key, name.of(language)) for key, name in (asked.choices if asked else ()) if key in DROP_REASONS]


def near(scope: Scope) -> list[tuple[str, str]]:
    """One's own place and those right below it, by key with names."""
    units = [part.unit for part in scope.of(SUPERVISORS) if part.unit]
    own = list(Seen(Unit, UNITS).within(scope).filter(pk__in=units).values_list("place", "place__key", "place__name"))
    below = PlaceState.objects.on(scope.day).filter(parent__in=[place for place, *_ in own]).order_by("code", "place")
    rows = [*((key, name) for _, key, name in own), *below.values_list("place__key", "name")[:MOST]]
    return list(dict(rows).items())


class PlacesForm(Typed):
    """Places concerned: ticked, or written by name."""

    places = forms.MultipleChoiceField(
        required=False, label=gettext_lazy("受影响的地区"), widget=forms.CheckboxSelectMultiple
    )
    more = forms.CharField(
        required=False,
        max_length=1000,
        label=gettext_lazy("其他下级地区"),
        help_text=gettext_lazy("上面没有列出的写名称，用顿号隔开。"),
    )

    def __init__(self, scope: Scope, data: Any = None, *, without: Iterable[str] = (), **more: Any) -> None:
        super().__init__(data, **more)
        self.scope = scope
        left_out = set(without)
        places: Any = self.fields["places"]
        places.choices = [(key, name) for key, name in near(scope) if key not in left_out]

    def clean_more(self) -> list[str]:
        """Keys of the places written."""
        found = []
        for typed in filter(None, BETWEEN.split(self.cleaned_data["more"])):
            named = place_of(typed, self.scope, SUPERVISORS)
            if named.place is None:
                raise forms.ValidationError(named.fault)
            found.append(named.place.key)
        return found

    @property
    def chosen(self) -> list[str]:
        """Keys of all places concerned, each once."""
        return list(dict.fromkeys([*self.cleaned_data.get("places", ()), *self.cleaned_data.get("more", ())]))


class ActivationForm(PlacesForm):
    """A set, a level, places; and what the response rests on."""

    set = forms.ChoiceField(label=gettext_lazy("预案"))
    level = forms.ChoiceField(label=gettext_lazy("响应级别"))
    basis = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("启动依据"),
        help_text=gettext_lazy("例如预警信息、指挥部命令的文号；不填则写预案名称。"),
    )
    field_order = ("set", "level", "places", "more", "basis")

    def __init__(self, scope: Scope, data: Any = None, **more: Any) -> None:
        super().__init__(scope, data, **more)
        language = get_language() or "zh-hans"
        of_set, of_level = self.fields["set"], self.fields["level"]
        of_set.choices = [("", "—"), *((each.key, each.name.of(language)) for each in sets())]  # type: ignore[attr-defined]
        of_level.choices = [("", "—"), *levels(language)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Some place is concerned."""
        kept: dict[str, Any] = super().clean() or {}
        if not self.errors and not [*kept.get("places", ()), *kept.get("more", ())]:
            self.add_error("places", _("请选择受影响的地区。"))
        return kept


class LevelForm(PlacesForm):
    """A level for a response that runs, places that come to it, and why."""

    level = forms.ChoiceField(label=gettext_lazy("响应级别"))
    words = forms.CharField(
        required=False,
        max_length=500,
        label=gettext_lazy("理由"),
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("降低级别必须说明，写入每项任务的记录。"),
    )
    field_order = ("level", "places", "more", "words")

    def __init__(self, scope: Scope, data: Any = None, **more: Any) -> None:
        super().__init__(scope, data, **more)
        self.fields["level"].choices = levels(get_language() or "zh-hans")  # type: ignore[attr-defined]
        places: Any = self.fields["places"]
        places.label = _("新增受影响的地区")
        if not places.choices:
            places.widget = forms.MultipleHiddenInput()


class StandDownForm(Typed):
    """Why a response is stood down, and what becomes of each open part: a reason to drop it, or kept."""

    words = forms.CharField(
        max_length=500,
        label=gettext_lazy("终止理由"),
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("写入响应和每项任务的记录。"),
    )

    def __init__(self, parts: Iterable[tuple[Item, str]], data: Any = None) -> None:
        super().__init__(data)
        choices = [*reasons(get_language() or "zh-hans"), (KEEP, _("保留，继续办理和核查"))]
        self.parts = list(parts)
        for part, proposed in self.parts:
            field = forms.ChoiceField(choices=choices, initial=proposed, label=f"{part.number} {part.words}"[:90])
            self.fields[f"part-{part.pk}"] = field

    @property
    def rows(self) -> list[tuple[Item, Any]]:
        """The parts with their fields."""
        return [(part, self[f"part-{part.pk}"]) for part, _ in self.parts]

    @property
    def chosen(self) -> dict[UUID, str]:
        """What was chosen, by part."""
        return {part.pk: self.cleaned_data[f"part-{part.pk}"] for part, _ in self.parts}
