"""A field that names a post, and an item, in; the posts that fit and are in sight, to choose from, out."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from luoshi.people.models import Post
from luoshi.people.roles import Role

from .nouns import Choice, Subject

# Who handles an item works at its lead, or answers for it.
HANDLERS = (Role.CLERK, Role.LEADER)
# More than any office has of a kind; a longer list is not looked through.
MOST = 200


def fits(key: str, typed: str, subject: Subject) -> bool:
    """Whether what a form sent is nothing, or one of the posts that it offered."""
    return not typed.strip() or typed in {choice.key for choice in choices(key, subject)}


def choices(key: str, subject: Subject) -> tuple[Choice, ...]:
    """The posts that a field of this name may take; one query, two where the places above count."""
    those = FITS.get(key)
    if those is None:
        return ()
    found = Post.seen.within(subject.scope).on(subject.scope.day).filter(those(subject))
    rows = found.select_related("unit", "user").order_by("unit__key", "role", "pk")[:MOST]
    return tuple(
        Choice(f"post:{post.pk}", f"{post.unit.name} {Role(post.role).label} {post.user.name}") for post in rows
    )


def _handler(subject: Subject) -> Q:
    return Q(unit=subject.row.lead_id, role__in=HANDLERS)


def _in_charge(subject: Subject) -> Q:
    return Q(unit__place=subject.row.place_id, role=Role.LEADER)


def _verifier(subject: Subject) -> Q:
    """At the item's place or above it, and not of the unit whose work is verified."""
    above = [int(step) for step in subject.path.split("/") if step]
    return Q(unit__place__in=above, role=Role.VERIFIER) & ~Q(unit=subject.row.lead_id)


FITS: dict[str, Callable[[Subject], Q]] = {"handler": _handler, "in_charge": _in_charge, "verifier": _verifier}
