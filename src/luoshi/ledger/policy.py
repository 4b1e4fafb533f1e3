"""Somebody and an item in, whether they see it and what they are to it out, a `Hand` for each of their posts. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from luoshi.people.roles import WORKING, Role
from luoshi.people.scope import Part, Scope

from .machine import Actor, Hand
from .playbook import Who

# Roles that work in a unit or answer for it; those who look, check or chase do not sign for it.
OF_A_UNIT = frozenset({Role.CLERK, Role.LEADER})


class About(NamedTuple):
    """What the rules ask of an item: the path its place had last, and the ids of line, units and posts."""

    path: str
    line: int | None = None
    lead: int | None = None
    supports: frozenset[int] = frozenset()
    verifier: int | None = None
    opened_by: int | None = None


@dataclass(frozen=True)
class Person:
    """A user on a day: what their posts give, the keys of the units by post, and every post that was ever theirs or
    was stood in for by them (`post:12`), so that nobody checks in one post what they did in another."""

    scope: Scope
    units: dict[int, str]
    same: frozenset[str]

    def hands(self, about: About, item: str | None) -> tuple[Hand, ...]:
        """A hand for each post, in their order, where the item is within sight; none: for them there is no such item.

        `item` is its id. None: it is to be opened, which takes a post that covers its place and line.
        """
        if item is None:
            return tuple(self._hand(part, about) for part in self.scope.of(WORKING) if covers(part, about))
        return tuple(self._hand(part, about) for part in self.scope.of(WORKING)) if self.sees(about) else ()

    def sees(self, about: About) -> bool:
        """True when the item is in the subtree and lines of a post, or takes part in it a unit or post of theirs.

        The rule of `Item.seen`, which is a condition of the database, for one item that is at hand; a test holds both
        together.
        """
        return any(covers(part, about) or _takes_part(part, about) for part in self.scope.of(WORKING))

    def _hand(self, part: Part, about: About) -> Hand:
        # Who stands in acts in their own post of standing in: it is they who did it.
        post = part.stand_in or part.post or 0
        actor = Actor("post", str(post), self.units.get(post))
        return Hand(actor, frozenset(_who(part, about)), self.same, frozenset(self.units.values()))


class Petitioner(NamedTuple):
    """Somebody from outside, by the id that the room of petitioners gave them, and the items that are about them."""

    id: str
    items: frozenset[str] = frozenset()

    @property
    def same(self) -> frozenset[str]:
        """Them, as events name them."""
        return frozenset({f"petitioner:{self.id}"})

    def hands(self, about: About, item: str | None) -> tuple[Hand, ...]:
        """Their hand before an item of theirs, or one they bring; none before others."""
        theirs = item is None or item in self.items
        return (_alone(Actor("petitioner", self.id), "petitioner"),) if theirs else ()


class System(NamedTuple):
    """A part of the program that acts by the clock or for the owner of the installation, as `sweep`."""

    part: str

    @property
    def same(self) -> frozenset[str]:
        """It, as events name it."""
        return frozenset({f"system:{self.part}"})

    def hands(self, about: About, item: str | None) -> tuple[Hand, ...]:
        """Its hand, before any item."""
        return (_alone(Actor("system", self.part), "system"),)


def best(hands: Iterable[Hand], who: Iterable[Who]) -> Hand:
    """The first hand that a move is open to; where it is open to none, the first, to be refused.

    Raises:
        StopIteration: of no hands at all.
    """
    offered, wanted = tuple(hands), frozenset(who)
    return next((hand for hand in offered if hand.who & wanted), None) or next(iter(offered))


def covers(part: Part, about: About) -> bool:
    """True when the item is in the subtree and the lines of a post; without a line, it takes all lines to see it."""
    lines = part.lines is None or about.line in part.lines
    return lines and (part.country or about.path.startswith(part.paths))


def _takes_part(part: Part, about: About) -> bool:
    posts = {part.post, part.stand_in} - {None}
    units = {about.lead, *about.supports} - {None}
    return part.unit in units or bool(posts & {about.verifier, about.opened_by})


def _who(part: Part, about: About) -> Iterable[Who]:
    """What a post is to an item; no rule means no."""
    if part.role == Role.SUPERVISOR and covers(part, about):
        yield "supervisor"
    if part.role in OF_A_UNIT and part.unit is not None and part.unit == about.lead:
        yield "lead"
    if part.role in OF_A_UNIT and part.unit in about.supports:
        yield "support"
    if part.role == Role.VERIFIER and (covers(part, about) or _named(part, about)):
        yield "verifier"


def _named(part: Part, about: About) -> bool:
    return about.verifier is not None and about.verifier in (part.post, part.stand_in)


def _alone(actor: Actor, who: Who) -> Hand:
    return Hand(actor, frozenset({who}), frozenset({f"{actor.kind}:{actor.id}"}))
