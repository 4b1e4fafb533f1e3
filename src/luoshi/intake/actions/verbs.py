"""The decisions there are about drafts, by name and in words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    """What can be done to a draft; `Decision.verb`."""

    EDIT = "edit", _("修改")
    # Of the draft that others are merged into, and of each of those.
    GATHER = "gather", _("汇入其他条目")
    MERGE = "merge", _("合并")
    SPLIT = "split", _("拆分")
    # Of a part, when the split is taken back.
    REJOIN = "rejoin", _("拆分撤回")
    REFUSE = "refuse", _("不立项")
    LINK = "link", _("并入在办事项")
    CONFIRM = "confirm", _("确认立项")
    TAKE_BACK = "take_back", _("撤回")
    # By nobody: the reader of today does not find it any more.
    GONE = "gone", _("重新读取后已无此条")
