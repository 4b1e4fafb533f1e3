"""What a person knows of a meeting in, the meeting entered out: with a report or without one."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.people.models import Post
from luoshi.places.models import Line, Place

from ..checking import checked
from ..models import Meeting, Origin, Report
from ..works import one_at_a_time


def enter_meeting(
    fields: Mapping[str, Any],
    *,
    post: Post | None,
    place: Place,
    now: datetime.datetime,
    line: Line | None = None,
    report: Report | None = None,
) -> Meeting:
    """Enter a meeting; name and date are needed, other fields as of `checking.CHECKS`. The same again is the same one.

    Args:
        place, line: whose meeting it is.
        report: one that tells of it without being read so.

    Raises:
        ValidationError: with every fault, by field; also where another meeting of that name and day was entered there.
    """
    kept = checked(Meeting, {"name": "", "date": "", **fields})
    if not kept["date"]:
        raise ValidationError({"date": _("不能为空。")})
    with transaction.atomic():
        one_at_a_time()
        entered = Meeting.unguarded.filter(origin=Origin.HAND, place=place, line=line, report=report)
        there = entered.filter(name=kept["name"], date=kept["date"]).first()
        if there is None:
            made = Meeting(origin=Origin.HAND, entered_by=post, entered_at=now, place=place, line=line, report=report)
            for name, value in kept.items():
                setattr(made, name, value)
            made.save()
            return made
    if any(getattr(there, name) != value for name, value in kept.items()):
        raise ValidationError({"name": _("此会议已录入，请更正已有的一条。")})
    return there
