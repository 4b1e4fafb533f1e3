"""What somebody typed of where something belongs in, its place, line and the post that acts out, or faults by field."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from luoshi.people.models import Post
from luoshi.people.roles import Role
from luoshi.people.scope import Scope
from luoshi.places.models import Line, Place

from .where import SUPERVISORS, lines_of, offered, own_place, place_of, post_for

# As long as any words of a report that become an item; more is a mistake of pasting.
LONGEST = 2000
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Typed(forms.Form):
    """A form of the desk: labels above, the first field that is wrong has the focus."""

    required_css_class = "required"

    def focused(self) -> None:
        """Put the focus on the first field that is wrong."""
        name = next((name for name in self.fields if name in self.errors), None)
        if name:
            self.fields[name].widget.attrs |= {"autofocus": True, "data-focus": "true"}

    def refused(self, faults: dict[str, str]) -> None:
        """Take over what was found wrong below, at its field where there is one."""
        for name, message in faults.items():
            self.add_error(name if name in self.fields else None, message)
        self.focused()


class WhereForm(Typed):
    """Where something belongs: a place within one's sight, and a line, where one's post has not all of them."""

    ROLES: frozenset[Role] = SUPERVISORS
    place = forms.CharField(max_length=100, required=False)
    line = forms.ChoiceField(required=False)

    def __init__(self, scope: Scope, data: Any = None, files: Any = None, initial: Mapping[str, Any] = NOTHING) -> None:
        super().__init__(data, files, initial={"place": own_place(scope, self.ROLES), **initial})
        self.scope = scope
        self.post: Post | None = None
        self.offered = offered(scope, self.ROLES)
        place: Any = self.fields["place"]
        place.label = _("哪个地区的")
        place.widget.attrs |= {"list": "places", "autocomplete": "off"}
        line: Any = self.fields["line"]
        line.label, line.choices = _("条线"), lines_of(scope, self.ROLES)
        if len(line.choices) == 1:
            line.widget = forms.HiddenInput()
            line.initial = line.choices[0][0]

    def clean(self) -> dict[str, Any]:
        """Place and line as rows; a post that covers them."""
        kept: dict[str, Any] = super().clean() or {}
        named = place_of(kept.get("place", ""), self.scope, self.ROLES)
        line = Line.objects.filter(key=kept.get("line") or None).first() if kept.get("line") else None
        if named.place is None:
            self.add_error("place", named.fault)
        else:
            self.post = post_for(self.scope, self.ROLES, named.place, line)
            if self.post is None:
                self.add_error(
                    "line" if "line" in self.fields else "place", _("您的职务不管这个地区的这一条线；请另选。")
                )
        return {**kept, "place": named.place, "line": line}

    @property
    def where(self) -> tuple[Place, Line | None, Post]:
        """Of a form without faults: place, line, and the post that acts."""
        assert self.post is not None
        return self.cleaned_data["place"], self.cleaned_data["line"], self.post


class Words(forms.CharField):
    """Words of several lines."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, widget=forms.Textarea({"rows": rows}), **kwargs)


class Day(forms.DateField):
    """A day; browsers show a calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)


def as_day(value: datetime.date | None) -> str:
    """A day for an action: ISO 8601, or nothing."""
    return value.isoformat() if value else ""
