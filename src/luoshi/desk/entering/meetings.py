"""What somebody typed of a meeting in, the fields that documents take out, or faults; and a meeting as a form."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.documents.checking import MOST_PEOPLE
from luoshi.documents.models import Meeting
from luoshi.documents.models.meeting import Level

from .forms import Typed, WhereForm, Words
from .where import ENTERING

# Fields of a meeting that are lists, and what parts them: groups (各县、市、区) hold the mark that parts people.
NAMES = {"chairs": "、", "speakers": "、", "presenters": "\n", "attendees": "\n", "groups": "\n"}
_BETWEEN = {"、": re.compile(r"[\n、，,；;]+"), "\n": re.compile(r"\n+")}
# 石桥镇 18, 石桥镇（18人）, 石桥镇：18人
_VENUE = re.compile(r"^(?P<name>.+?)(?:\s*[（(：:]\s*|\s+)(?P<many>\d{1,6})\s*人?\s*[）)]?$")


class MeetingForm(Typed):
    """What is known of a meeting. Fields that a person leaves empty stay empty."""

    name = forms.CharField(max_length=200, label=gettext_lazy("会议名称"))
    date = forms.CharField(
        max_length=40,
        required=False,
        label=gettext_lazy("召开日期"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    main_venue = forms.CharField(max_length=200, required=False, label=gettext_lazy("主会场"))
    branch_venues = Words(
        required=False,
        label=gettext_lazy("分会场"),
        help_text=gettext_lazy("一行一个，名称后写人数，例如“石桥镇 18”；人数不详可不写。"),
    )
    attendance = forms.IntegerField(
        required=False, min_value=0, max_value=MOST_PEOPLE, label=gettext_lazy("参会人数（合计）")
    )
    presenters = Words(rows=2, required=False, label=gettext_lazy("交流发言"), help_text=gettext_lazy("一行一个单位。"))
    chairs = forms.CharField(max_length=500, required=False, label=gettext_lazy("主持人"))
    speakers = forms.CharField(max_length=500, required=False, label=gettext_lazy("讲话人"))
    attendees = Words(rows=2, required=False, label=gettext_lazy("出席人员"), help_text=gettext_lazy("一行一个。"))
    groups = Words(rows=2, required=False, label=gettext_lazy("参会范围"), help_text=gettext_lazy("一行一个。"))
    level = forms.ChoiceField(required=False, label=gettext_lazy("层级"))
    form = forms.ChoiceField(required=False, label=gettext_lazy("形式"))
    convener = forms.CharField(max_length=200, required=False, label=gettext_lazy("召集者"))
    where_held = forms.CharField(max_length=200, required=False, label=gettext_lazy("地点"))

    # What is asked first; the others lie behind 更多.
    FIRST = ("name", "date", "place", "line", "main_venue", "branch_venues", "attendance", "presenters")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        level: Any = self.fields["level"]
        level.choices = [("", _("不详")), *Level.choices]
        form: Any = self.fields["form"]
        form.choices = [("", _("现场")), ("video", _("视频"))]
        date: Any = self.fields["date"]
        # A calendar holds no day without its year (--06-07), nor one with a time.
        if not _DAY.match(str(self["date"].value() or "")):
            date.widget.input_type = "text"

    @property
    def first(self) -> list[Any]:
        """The fields that are asked first."""
        return [field for field in self if field.name in self.FIRST]

    @property
    def others(self) -> list[Any]:
        """The other fields."""
        return [field for field in self if field.name not in self.FIRST]

    def clean_branch_venues(self) -> list[dict[str, Any]]:
        """Each line a venue, with how many were there."""
        lines = (line.strip() for line in self.cleaned_data["branch_venues"].splitlines())
        return [_venue(line) for line in lines if line]

    def asked(self) -> dict[str, Any]:
        """What `documents.actions` take: the fields that differ from what the form was shown with."""
        kept = {name: self.cleaned_data[name] for name in self.changed_data if name not in ("place", "line")}
        for name, mark in NAMES.items():
            if name in kept:
                kept[name] = [each.strip() for each in _BETWEEN[mark].split(kept[name]) if each.strip()]
        return {("where" if name == "where_held" else name): value for name, value in kept.items()}


# What a calendar can hold, or nothing yet.
_DAY = re.compile(r"^(?:\d{4}-\d{2}-\d{2})?$")


def _venue(line: str) -> dict[str, Any]:
    found = _VENUE.match(line)
    return {"name": found["name"], "attendance": int(found["many"])} if found else {"name": line, "attendance": None}


class NewMeetingForm(WhereForm, MeetingForm):
    """A meeting, and whose it is."""

    ROLES = ENTERING
    field_order = ("name", "date", "place", "line", "main_venue", "branch_venues", "attendance", "presenters")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].label = _("哪个地区的会议")
        self.fields["date"].required = True


def initial_of(meeting: Meeting) -> dict[str, Any]:
    """A meeting as its form shows it."""
    plain = ("name", "date", "main_venue", "attendance", "level", "form", "convener")
    many = ((each["name"], each.get("attendance")) for each in meeting.branch_venues)
    return {
        **{name: getattr(meeting, name) for name in plain},
        **{name: mark.join(getattr(meeting, name)) for name, mark in NAMES.items()},
        "branch_venues": "\n".join(name if count is None else f"{name} {count}" for name, count in many),
        "where_held": meeting.where,
    }


def seen_as(meeting: Meeting) -> str:
    """What a form was filled in on: a meeting that somebody else corrected meanwhile has another."""
    shown = json.dumps(initial_of(meeting), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(shown.encode("utf-8", "replace")).hexdigest()[:16]
