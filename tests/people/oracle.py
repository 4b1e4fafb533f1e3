"""All rows and a viewer in, what the viewer may see out: the rule said again in plain loops, without a path or a query."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from luoshi.people.models import FeedLink, Login, Post, Role, User
from luoshi.people.visible import VisibleBy, guarded
from luoshi.places.models import Level, Place, PlaceState, Unit

from .sample.models import Item


def of_people() -> dict[type[models.Model], VisibleBy]:
    """Guarded models of the rooms up to people, and of the room made above it; later rooms have tests of their own."""
    rooms = {"places", "people", Item._meta.app_label}
    return {model: rule for model, rule in guarded().items() if model._meta.app_label in rooms}


@dataclass
class Right:
    """What a post gives: its own number and that of standing in, role, unit, the place on top, lines (none: all)."""

    posts: set[int]
    role: str
    unit: int
    top: int
    lines: set[int] | None


class Rows:
    """Everything there is, read once."""

    def __init__(self) -> None:
        self.states = list(PlaceState.objects.all())
        self.posts = {post.pk: post for post in Post.unguarded.all()}
        self.lines: dict[int, set[int]] = defaultdict(set)
        for link in Post.lines.through.objects.all():
            self.lines[link.post_id].add(link.line_id)
        self.supports: dict[int, set[int]] = defaultdict(set)
        for item in Item.unguarded.prefetch_related("supports"):
            self.supports[item.pk] = {unit.pk for unit in item.supports.all()}
        self.all: dict[str, list[Any]] = {
            "User": list(User.unguarded.all()),
            "Post": list(self.posts.values()),
            "Login": list(Login.unguarded.all()),
            "FeedLink": list(FeedLink.unguarded.all()),
            "Item": list(Item.unguarded.all()),
            "Unit": list(Unit.objects.all()),
            "Place": list(Place.objects.all()),
        }
        self.units = {unit.pk: unit for unit in self.all["Unit"]}
        self.countries = {place.pk for place in self.all["Place"] if place.level == Level.COUNTRY}


class Oracle:
    """Asked about one viewer on one day."""

    def __init__(self, rows: Rows, viewer: User | None, day: datetime.date) -> None:
        self.rows, self.viewer, self.day = rows, viewer, day
        self.states, self.posts, self.units = rows.states, rows.posts, rows.units
        self.owner = viewer is not None and viewer.is_active and viewer.is_superuser
        self.rights = self._rights()
        self.anybody = self.owner or bool(self.rights)

    def _rights(self) -> list[Right]:
        found = []
        for post in self.posts.values():
            if self.viewer is None or not self.viewer.is_active or post.user_id != self.viewer.pk:
                continue
            counts = self.posts[post.stands_in_for_id] if post.stands_in_for_id else post
            if not post.holds(self.day) or not counts.holds(self.day):
                continue
            unit = self.units[counts.unit_id]
            if self._last(unit.place_id) is None:
                continue
            lines = self.rows.lines[counts.pk] or ({unit.line_id} if unit.line_id else None)
            if counts.all_lines or counts.role == Role.ADMINISTRATOR:
                lines = None
            found.append(Right({post.pk, counts.pk}, counts.role, unit.pk, unit.place_id, lines))
        return found

    def _last(self, place: int) -> PlaceState | None:
        begun = [s for s in self.states if s.place_id == place and s.since <= self.day]
        return max(begun, key=lambda s: s.since, default=None)

    def _chain(self, place: int) -> list[int]:
        """The place and all above it: today, or on the last day it was there."""
        last = self._last(place)
        if last is None:
            return []
        day = self.day if last.holds(self.day) or last.until is None else last.until - datetime.timedelta(1)
        chain: list[int] = []
        at: int | None = place
        while at is not None:
            chain.append(at)
            at = next(s.parent_id for s in self.states if s.place_id == at and s.holds(day))
        return chain

    def within(self, place: int, line: int | None, administrators: bool, lined: bool = True) -> bool:
        if administrators and self.owner:
            return True
        return any(
            (right.top in self._chain(place) or right.top in self.rows.countries)
            and (not lined or right.lines is None or line in right.lines)
            and (administrators or right.role != Role.ADMINISTRATOR)
            for right in self.rights
        )

    def my_units(self, administrators: bool) -> set[int]:
        return {r.unit for r in self.rights if administrators or r.role != Role.ADMINISTRATOR}

    def my_posts(self, administrators: bool) -> set[int]:
        counted = [r.posts for r in self.rights if administrators or r.role != Role.ADMINISTRATOR]
        return set().union(*counted)

    def is_me(self, user: int | None) -> bool:
        return self.anybody and self.viewer is not None and user == self.viewer.pk

    def seen(self) -> dict[str, list[int]]:
        """Of every model, the keys of the rows that the viewer may see."""
        rules: tuple[Callable[[Any], bool], ...] = (
            self.sees_user,
            self.sees_post,
            self.sees_login,
            self.sees_feedlink,
            self.sees_item,
            self.sees_unit,
            self.sees_place,
        )
        pairs = zip(self.rows.all.items(), rules, strict=True)
        return {name: sorted(row.pk for row in rows if rule(row)) for (name, rows), rule in pairs}

    def sees_unit(self, unit: Unit) -> bool:
        return self.within(unit.place_id, unit.line_id, True) or unit.pk in self.my_units(True)

    def sees_place(self, place: Place) -> bool:
        return self.within(place.pk, None, True, lined=False)

    def sees_post(self, post: Post) -> bool:
        unit = self.units[post.unit_id]
        mine = post.pk in self.my_posts(True) or self.is_me(post.user_id)
        return mine or self.within(unit.place_id, unit.line_id, True)

    def _reaches(self, user: int | None, administrators_only: bool) -> bool:
        held = [self.units[p.unit_id] for p in self.posts.values() if p.user_id == user]
        counted = [r for r in self.rights if r.role == Role.ADMINISTRATOR or not administrators_only]
        kept, self.rights = self.rights, counted
        try:
            return self.owner or any(self.within(unit.place_id, unit.line_id, True) for unit in held)
        finally:
            self.rights = kept

    def sees_user(self, user: User) -> bool:
        return self.is_me(user.pk) or self._reaches(user.pk, False)

    def sees_login(self, login: Login) -> bool:
        return self.is_me(login.user_id) or self._reaches(login.user_id, True)

    def sees_feedlink(self, link: FeedLink) -> bool:
        return self.is_me(link.user_id) or self._reaches(link.user_id, True)

    def sees_item(self, item: Item) -> bool:
        supports = self.rows.supports[item.pk]
        units = self.my_units(False)
        part = item.lead_id in units or supports & units or item.verifier_id in self.my_posts(False)
        return bool(part) or self.is_me(item.opened_by_id) or self.within(item.place_id, item.line_id, False)
