"""Posts named in a form in, a fault for each that nobody holds on the day, or that does not fit, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from luoshi.people.models import Post, Role

from ..machine import Fault
from ..playbook import Field

# Fields in which a post of a certain role is named; the others take any.
ROLES = {"verifier": Role.VERIFIER}


def unknown(fields: Iterable[Field], given: Mapping[str, Any], day: date) -> list[Fault]:
    """A fault for each field that names a post which is not there on the day; one query, none without such fields."""
    named = {field.key: _number(given.get(field.key)) for field in fields if field.kind == "post"}
    wanted = {key: post for key, post in named.items() if post is not None}
    roles = _roles(wanted.values(), day) if wanted else {}
    return [
        Fault("unknown_post", key, {"post": str(given[key])[:40]})
        for key, post in wanted.items()
        if post not in roles or roles[post] != ROLES.get(key, roles[post])
    ]


def _roles(posts: Iterable[int], day: date) -> dict[int, str]:
    holding = Post.unguarded.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)
    return dict(holding.filter(pk__in=posts).values_list("pk", "role"))


def _number(value: Any) -> int | None:
    """The number of a post (`post:12`), 0 of what names none; None of a blank, or no text: the machine tells of it."""
    if not isinstance(value, str) or not value.strip():
        return None
    number = value.removeprefix("post:")
    # As long as ids of databases: longer ones are no posts, and SQLite refuses them.
    # One post has one spelling: `post:012` would be another in events than in the row.
    return int(number) if number.isascii() and number.isdigit() and number[0] != "0" and len(number) < 19 else 0
