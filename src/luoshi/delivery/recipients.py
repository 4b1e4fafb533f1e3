"""Units and posts that notices name in, the users who must know on a day out."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.db.models import Q

from luoshi.people.models import Post, Role

# Of a unit, those who do the work and those who answer for it; checkers and observers are not whom it is sent to.
OF_A_UNIT = (Role.CLERK, Role.LEADER)


class Known(NamedTuple):
    """Users by unit and by post."""

    units: Mapping[int, frozenset[int]]
    posts: Mapping[int, frozenset[int]]


def who_must_know(units: Collection[int], posts: Collection[int], day: datetime.date) -> Known:
    """The users behind units and posts, by the posts in force on `day`; those who stand in are told as the holder is,
    while both posts hold. Who was switched off is told nothing. Three queries."""
    posts_held: Any = Post.unguarded.all()
    held = posts_held.on(day)
    active = held.filter(user__is_active=True)
    own = Q(unit__in=units, role__in=OF_A_UNIT) | Q(pk__in=posts)
    holders = active.filter(own, stands_in_for__isnull=True).values_list("pk", "unit", "role", "user")
    # The holder's post must hold, not the holder be there: standing in is for when they are not.
    stood = held.filter(own, stands_in_for__isnull=True).values("pk")
    standing = active.filter(stands_in_for__in=stood)
    rows = [
        *holders.order_by(),
        *standing.order_by().values_list("stands_in_for", "unit", "role", "user"),
        *active.filter(pk__in=posts, stands_in_for__isnull=False).order_by().values_list("pk", "unit", "role", "user"),
    ]
    by_unit: dict[int, set[int]] = defaultdict(set)
    by_post: dict[int, set[int]] = defaultdict(set)
    for post, unit, role, user in rows:
        by_post[post].add(user)
        if role in OF_A_UNIT:
            by_unit[unit].add(user)
    return Known(_frozen(by_unit), _frozen(by_post))


def acting(posts: Collection[int]) -> Mapping[int, int]:
    """The user of each post that acted: nobody is told what they did themselves."""
    return dict(Post.unguarded.filter(pk__in=posts).order_by().values_list("pk", "user"))


def _frozen(found: Mapping[int, set[int]]) -> Mapping[int, frozenset[int]]:
    return {key: frozenset(users) for key, users in found.items()}
