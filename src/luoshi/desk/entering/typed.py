"""What somebody typed of a task or a leader's instruction in, the fields that intake takes out, or faults by field."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.ledger.models import Item
from luoshi.people.scope import Scope
from luoshi.reading.sources import LARGEST

from ..forms.nouns import UnitSaid
from ..forms.units import look_up, matching
from ..who import today
from .forms import Day, WhereForm, Words, as_day


class TaskForm(WhereForm):
    """A task by hand: what is to be done, where, what it rests on; who leads and until when, where that is known."""

    words = Words(label=gettext_lazy("要办什么"))
    basis = forms.CharField(
        max_length=200,
        label=gettext_lazy("督办依据"),
        help_text=gettext_lazy("没有原文可引，须写明依据：文件、会议或要求，例如“市政府专题会议纪要〔2026〕8号”。"),
    )
    lead = forms.CharField(
        max_length=100, required=False, label=gettext_lazy("牵头单位"), help_text=gettext_lazy("未定可空着。")
    )
    due = Day(required=False, label=gettext_lazy("完成期限"))
    field_order = ("words", "basis", "place", "line", "lead", "due")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asks = {"hx-get": f"{reverse('units')}?field=lead", "hx-trigger": "input changed delay:200ms"}
        shown = {"list": "units-lead", "autocomplete": "off", "hx-target": "#units-lead", "hx-swap": "innerHTML"}
        self.fields["lead"].widget.attrs |= {**asks, **shown}

    def clean_lead(self) -> str:
        """The key of the one unit meant."""
        typed = self.cleaned_data["lead"].strip()
        if not typed:
            return ""
        said = UnitSaid(typed)
        # Of units of one name those nearest to one's own place are meant.
        near = next(part.paths[0] for part in self.scope.of(self.ROLES))
        found = matching(said, look_up([said], near, self.scope))
        if len(found) == 1:
            return found[0].key
        if found:
            several = "、".join(f"{unit.name}（{unit.key}）" for unit in found[:3])
            raise forms.ValidationError(_("有几个单位叫这个名字：%(units)s；请写括号里的标识。") % {"units": several})
        raise forms.ValidationError(_("没有叫“%(name)s”的单位；请写全称。") % {"name": typed[:40]})

    def asked(self) -> dict[str, Any]:
        """What `intake.actions.enter` takes."""
        place, line, _post = self.where
        kept = self.cleaned_data
        fields = {"words": kept["words"], "basis": kept["basis"], "place": place.key, "due": as_day(kept["due"])}
        return {**fields, **({"line": line.key} if line else {}), **({"lead": kept["lead"]} if kept["lead"] else {})}


class InstructionForm(WhereForm):
    """A leader's instruction (领导批示): its words, the office that gave it, the day; perhaps the item it is about."""

    words = Words(
        required=False,
        label=gettext_lazy("批示内容"),
        rows=4,
        help_text=gettext_lazy("原话照录；要办的事会从中列出，逐条确认。"),
    )
    by = forms.CharField(
        max_length=40,
        label=gettext_lazy("批示人职务"),
        help_text=gettext_lazy("写职务，不写姓名，例如“分管副市长”。"),
    )
    on = Day(label=gettext_lazy("批示日期"))
    about = forms.CharField(
        max_length=100,
        required=False,
        label=gettext_lazy("针对哪个事项"),
        help_text=gettext_lazy("已在办的写事项编号，批示会转给它的牵头单位；没有就空着。"),
    )
    file = forms.FileField(
        required=False,
        label=gettext_lazy("批示件（可不附）"),
        help_text=gettext_lazy("有批示件的，内容以批示件为准，上面就空着；针对在办事项的，作为附件转去。"),
    )
    field_order = ("words", "by", "on", "about", "place", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An instruction is of a place, not of a line: whoever supervises one line only is told so.
        del self.fields["line"]

    def clean_on(self) -> Any:
        """A day that has come."""
        if self.cleaned_data["on"] > today():
            raise forms.ValidationError(_("批示日期在今天之后；请改正。"))
        return self.cleaned_data["on"]

    def clean_about(self) -> UUID | None:
        """The item of a number, within sight."""
        typed = "".join(self.cleaned_data["about"].split())
        if not typed:
            return None
        found = item_of(typed, self.scope)
        if found is None:
            raise forms.ValidationError(_("没有找到编号为“%(number)s”的事项；请核对编号。") % {"number": typed[:60]})
        return found

    def clean_file(self) -> Any:
        """A file that is not larger than any document may be; without one there have to be words."""
        file = self.cleaned_data["file"]
        if not file and not self.cleaned_data.get("words"):
            self.add_error("words", _("请写批示内容，或附批示件。"))
        if file and file.size > LARGEST:
            raise forms.ValidationError(_("文件超过 %(most)s MB；请压缩后再传。") % {"most": LARGEST // 2**20})
        return file

    def asked(self) -> dict[str, Any]:
        """What `intake.actions.instruct` takes."""
        place, _line, _post = self.where
        kept, file = self.cleaned_data, self.cleaned_data["file"]
        given = {"file": file.read(), "file_name": file.name} if file else {}
        return {**{name: kept[name] for name in ("words", "by", "on", "about")}, "place": place.key, **given}


def item_of(typed: str, scope: Scope) -> UUID | None:
    """The item of a number (临川市任务清单〔2026〕12号) or an id, of those within sight."""
    rows = Item.seen.within(scope)
    found = rows.filter(number=typed).values_list("pk", flat=True)[:2]
    if len(found) == 1:
        return UUID(str(found[0]))
    try:
        there: UUID | None = rows.filter(pk=UUID(typed)).values_list("pk", flat=True).first()
    except ValueError:
        return None
    return there
