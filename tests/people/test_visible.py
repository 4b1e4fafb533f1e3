"""The guard itself: rows without a viewer are an error, in whatever way they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Prefetch
from django.template import Context, Template

from luoshi.people.models import Post, Role, User
from luoshi.people.visible import NoViewer

from .made import DAY, World, post, user, world
from .sample.models import Item

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> World:
    return world()


def test_it_works(made: World) -> None:
    me = user("wo")
    held = post(me, Role.LEADER, made.units["A:gov"])
    assert list(Post.seen.by(me, DAY)) == [held]


# Ways to ask for rows that name no viewer.
WAYS: dict[str, Callable[[Any], object]] = {
    "all": lambda seen: seen.all(),
    "filter": lambda seen: seen.filter(pk=1),
    "get": lambda seen: seen.get(pk=1),
    "first": lambda seen: seen.first(),
    "count": lambda seen: seen.count(),
    "exists": lambda seen: seen.exists(),
    "values": lambda seen: seen.values("pk"),
    "iterate": lambda seen: list(seen),
    "length": lambda seen: len(seen),
    "iterator": lambda seen: seen.iterator(),
    "update": lambda seen: seen.update(pk=1),
    "delete": lambda seen: seen.delete(),
}


@pytest.mark.parametrize("model", [User, Post, Item])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_rows_without_a_viewer_are_refused(model: Any, way: Callable[[Any], object]) -> None:
    with pytest.raises(NoViewer, match=rf"{model.__name__}\.seen\.by\(viewer, day\)"):
        way(model.seen)


def test_relations_are_no_way_around(made: World) -> None:
    me = user("wo")
    held = post(me, Role.LEADER, made.units["A:gov"])
    Item.unguarded.create(title="事", place=held.place, lead=held.unit, verifier=held)
    verified = getattr(held, "items_verified")  # noqa: B009 - a relation that only the sample room gives
    for relation in (me.posts, held.unit.posts, held.stand_ins, verified):
        with pytest.raises(NoViewer):
            list(relation.all())
    with pytest.raises(NoViewer):
        list(User.seen.by(me, DAY).prefetch_related("posts"))
    with pytest.raises(NoViewer):
        Template("{% for post in user.posts.all %}{{ post }}{% endfor %}").render(Context({"user": me}))


def test_a_relation_may_be_fetched_through_a_viewer(made: World) -> None:
    me = user("wo")
    held = post(me, Role.LEADER, made.units["A:gov"])
    shown = Prefetch("posts", queryset=Post.seen.by(me, DAY), to_attr="shown")
    assert User.seen.by(me, DAY).prefetch_related(shown).get().shown == [held]
