"""The parts that somebody's posts give on a day in, what they add up to out: places, lines, units, posts, and why."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .roles import Role

EVERYWHERE = "/"


@dataclass(frozen=True)
class Part:
    """What one post gives: a subtree of places and the lines in it (none: all), with the post as the reason.

    `paths`: of the place on top, now and before, newest first; a place that is no more keeps the path it had.
    `country`: it is the country itself, below which every place is, whatever its path.
    """

    role: Role
    paths: tuple[str, ...]
    lines: frozenset[int] | None = None
    post: int | None = None
    stand_in: int | None = None
    unit: int | None = None
    unit_name: str = ""
    instead_of: str = ""
    country: bool = False

    @property
    def reason(self) -> str:
        """The post in words; of the owner of the installation, that they are."""
        if self.post is None:
            return _("系统所有者")
        words = {"unit": self.unit_name, "role": self.role.label, "name": self.instead_of}
        if self.instead_of:
            return _("%(unit)s %(role)s（代 %(name)s）") % words
        return _("%(unit)s %(role)s") % words

    def covers(self, other: Part) -> bool:
        """True when everything within `other` is within this one too."""
        lines = self.lines is None or (other.lines is not None and other.lines <= self.lines)
        return lines and all(path.startswith(self.paths) for path in other.paths)


@dataclass(frozen=True)
class Scope:
    """All that somebody sees on a day; without parts they see nothing, and take part in nothing."""

    day: datetime.date
    user: int | None = None
    parts: tuple[Part, ...] = ()

    def of(self, roles: frozenset[Role]) -> tuple[Part, ...]:
        """The parts that posts of `roles` give."""
        return tuple(part for part in self.parts if part.role in roles)

    def areas(self, roles: frozenset[Role]) -> dict[frozenset[int] | None, list[str]]:
        """Paths by the lines seen under them, without those that others cover."""
        found: dict[frozenset[int] | None, list[str]] = {}
        for part in _widest(self.of(roles)):
            found.setdefault(part.lines, []).extend((EVERYWHERE,) if part.country else part.paths)
        return found

    def owns(self, roles: frozenset[Role]) -> bool:
        """True of the owner of the installation, where `roles` are counted that they have."""
        return any(part.post is None for part in self.of(roles))

    def whole(self, roles: frozenset[Role]) -> bool:
        """True when all lines of the whole country are seen."""
        return any(part.country and part.lines is None for part in self.of(roles))

    def units(self, roles: frozenset[Role]) -> list[int]:
        """The units that one works in, or stands in at."""
        return sorted({part.unit for part in self.of(roles) if part.unit is not None})

    def posts(self, roles: frozenset[Role]) -> list[int]:
        """One's own posts, those stood in for, and those of standing in."""
        named = ((part.post, part.stand_in) for part in self.of(roles))
        return sorted({post for pair in named for post in pair if post is not None})


def _widest(parts: Iterable[Part]) -> list[Part]:
    """The parts that no other covers; of two that cover each other, the first."""
    kept: list[Part] = []
    for part in sorted(parts, key=lambda p: (len(p.paths[0]), p.lines is not None, -len(p.lines or ()))):
        if not any(wider.covers(part) for wider in kept):
            kept.append(part)
    return kept
