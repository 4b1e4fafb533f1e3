"""A file that somebody sent in, the report that it became or what is wrong with it in one line, out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.documents.actions import How
from luoshi.documents.models import Report
from luoshi.intake import actions
from luoshi.people.models import Post
from luoshi.people.roles import Role
from luoshi.reading.sources import LARGEST, Unreadable

from .unreadable import in_words

if TYPE_CHECKING:
    from ..forms.uploads import Upload

# Who brings reports in: those who answer for work and those who see that it is done.
BRINGING = frozenset({Role.SUPERVISOR, Role.LEADER, Role.CLERK})


class Outcome(NamedTuple):
    """What became of a file: its report, or why there is none; `how`: new, a reprint, or there before."""

    name: str
    report: Report | None = None
    how: str = ""
    fault: str = ""


def bring(file: UploadedFile, post: Post, form: Upload) -> Outcome:
    """Take in one file; what is wrong with it is a line, and the others are taken in all the same."""
    name = file.name or ""
    if (file.size or 0) > LARGEST:
        size = {"size": (file.size or 0) // 2**20, "most": LARGEST // 2**20}
        return Outcome(name, fault=_("文件 %(size)s MB，超过 %(most)s MB；请拆开再传。") % size)
    try:
        data, now = file.read(), timezone.now()
        day = form.published
        taken = actions.bring(post, data, name, place=form.place, line=form.line, published=day, now=now).taken
    except Unreadable as wrong:
        return Outcome(name, fault=in_words(str(wrong)))
    except OSError:
        return Outcome(name, fault=_("服务器存不下这个文件；请告诉管理员检查磁盘。"))
    return Outcome(name, taken.report, HOW[taken.how])


HOW = {How.NEW: "new", How.REPRINT: "reprint", How.SAME: "same"}
