"""A permission as Django names it in, whether administrators' posts give it out: the administration site's only source.

Rights on the site come from posts, not from groups; on which rows they hold, `VisibleBy` says.
"""

from __future__ import annotations

ROOMS = frozenset({"calendar", "people", "places"})
# What administrators do beside looking: people, their posts, units that somebody has to confirm. Nothing is deleted.
CHANGED = frozenset(
    {
        "people.add_user",
        "people.change_user",
        "people.add_post",
        "people.change_post",
        "places.add_unit",
        "places.change_unit",
    }
)


def administrators(permission: str) -> bool:
    """True when an administrator's post gives `permission`, such as people.add_post."""
    room, _, act = permission.partition(".")
    return permission in CHANGED or (room in ROOMS and act.startswith("view_"))
