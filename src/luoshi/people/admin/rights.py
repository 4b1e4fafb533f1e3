"""An administrator in, the users, posts and units that they look after out: within their administrator's posts alone.

Narrower than what one sees: who also works elsewhere sees that, and administers nothing there.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from luoshi.places.models import Place, Unit

from ..models import Login, Post, User
from ..roles import ADMINISTRATORS
from ..visible import Seen, VisibleBy

RULES: dict[type[Any], VisibleBy] = {
    Place: VisibleBy(place="", roles=ADMINISTRATORS),
    Unit: VisibleBy(place="place", line="line", roles=ADMINISTRATORS),
    Post: VisibleBy(place="unit__place", line="unit__line", roles=ADMINISTRATORS),
    User: VisibleBy(place="posts__unit__place", line="posts__unit__line", roles=ADMINISTRATORS),
    Login: VisibleBy(place="user__posts__unit__place", line="user__posts__unit__line", roles=ADMINISTRATORS),
}


def administered(model: type[Any], request: HttpRequest) -> Any:
    """The rows of `model` that the one who asks looks after today."""
    user = request.user
    if not isinstance(user, User):
        return model._default_manager.none()
    return Seen(model, RULES[model]).within(user.scope_today)


def may_change(request: HttpRequest, user: User) -> bool:
    """True when all posts of `user` that are not over are looked after by the one who asks.

    Else an administrator of a county could give a new password to somebody with a post in the province, and be them.
    """
    if not isinstance(request.user, User) or (user.is_superuser and not request.user.is_superuser):
        return False
    going_on = Post.unguarded.filter(user=user).filter(Q(until__isnull=True) | Q(until__gt=timezone.localdate()))
    return not going_on.exclude(pk__in=administered(Post, request).values("pk")).exists()
