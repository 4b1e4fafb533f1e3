"""A file and whose ledger it is in, its bytes and how they are understood out, or faults by field."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from luoshi.intake.tables.nouns import Fault, Table
from luoshi.intake.tables.understanding import understood
from luoshi.reading.sources import LARGEST

from .forms import WhereForm


class LedgerForm(WhereForm):
    """A file, and whose ledger it is."""

    file = forms.FileField(
        allow_empty_file=True,
        label=gettext_lazy("台账文件"),
        help_text=gettext_lazy("Excel（.xlsx）或 CSV，不超过 10 MB、5,000 行。"),
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
        error_messages={"required": gettext_lazy("请选择一个文件。")},
    )
    field_order = ("file", "place", "line")

    def read(self) -> tuple[bytes, str, Table]:
        """Of a form without faults: bytes, name, how they are understood; a file that is too large is not read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            return b"", file.name, Table(faults=(Fault("too_large"),))
        data = file.read()
        return data, file.name, understood(data, file.name)
