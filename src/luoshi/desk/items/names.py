"""Keys of units and numbers of posts that an item names in, what they are called out; names of people in sight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from luoshi.people.models import Post
from luoshi.people.roles import Role
from luoshi.people.scope import Scope
from luoshi.places.models import Unit


class Who(NamedTuple):
    """A post in words: its unit and role; the name of its holder where the viewer may see the post."""

    unit: str
    role: str
    name: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in self if part)


class Names(NamedTuple):
    """Names of units by key and posts by number."""

    units: Mapping[str, str]
    posts: Mapping[int, Who]

    def unit(self, key: str) -> str:
        """The name of a unit; its key where there is none."""
        return self.units.get(key, key)

    def post(self, actor: str) -> str:
        """A post (`post:12`) in words; as it stands where there is none."""
        number = actor.removeprefix("post:")
        found = self.posts.get(int(number)) if number.isdigit() else None
        return str(found) if found else actor


def names(units: Iterable[str], posts: Iterable[int], scope: Scope) -> Names:
    """What units and posts are called that an item in sight names; three queries at most."""
    keys, numbers = {key for key in units if key}, set(posts)
    called = dict(Unit.objects.filter(key__in=keys).values_list("key", "name")) if keys else {}
    if not numbers:
        return Names(called, {})
    # Unit and role of who acted belong to what happened; a name does not.
    rows = Post.unguarded.filter(pk__in=numbers).order_by().values_list("pk", "unit__name", "role")
    seen = Post.seen.within(scope).filter(pk__in=numbers).order_by().values_list("pk", "user__name")
    holders = dict(seen)
    return Names(called, {pk: Who(unit, str(Role(role).label), holders.get(pk, "")) for pk, unit, role in rows})
