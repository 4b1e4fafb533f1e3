"""The people of the demonstration in, users with posts and random passwords out; each password is given out once."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping

from luoshi.people.models import Post, Role, User
from luoshi.places.models import Place, Unit

from .seats import Person, Seat, people

# Without letters and digits that are taken for each other; twelve of them are some 58 bits.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LENGTH = 3, 4


def there() -> bool:
    """True when the demonstration's people are in the database."""
    return User.unguarded.filter(username__in=[each.user for each in people()]).count() == len(people())


def province() -> Place:
    """The province that the demonstration plays in."""
    first = next(each for each in people() if each.place == "province")
    return Post.unguarded.select_related("unit__place").get(user__username=first.user).unit.place


def make(places: Mapping[str, Place], since: datetime.date) -> tuple[Seat, ...]:
    """Make everybody, with posts from a day on; with their passwords, which are kept nowhere else."""
    return tuple(_make(person, places[person.place], since) for person in people())


def _make(person: Person, place: Place, since: datetime.date) -> Seat:
    password = new_password()
    user = User.unguarded.create_user(person.user, password, name=person.name)
    unit = Unit.objects.get(key=f"{place.key}/{person.unit}")
    Post.unguarded.create(user=user, role=person.role, unit=unit, since=since, all_lines=person.all_lines)
    return _seat(person, unit.name, password)


def renew_passwords() -> tuple[Seat, ...]:
    """Give everybody of the demonstration a new password, told here alone."""
    seats = []
    for seat in seats_there():
        user, password = User.unguarded.get(username=seat.user), new_password()
        user.set_password(password)
        user.save()
        seats.append(seat._replace(password=password))
    return tuple(seats)


def seats_there() -> tuple[Seat, ...]:
    """Everybody of the demonstration, without passwords."""
    names = [person.user for person in people()]
    posts = Post.unguarded.filter(user__username__in=names).select_related("user", "unit")
    units = {post.user.username: post.unit.name for post in posts}
    return tuple(_seat(person, units.get(person.user, "")) for person in people())


def new_password() -> str:
    """A random password that can be read out and typed."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def _seat(person: Person, unit: str, password: str = "") -> Seat:
    return Seat(person.user, person.name, unit, str(Role(person.role).label), person.purpose, password)
