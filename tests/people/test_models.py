"""Users and posts: what is refused, what is kept, what never goes away."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from luoshi.people.models import Post, Role, User
from luoshi.people.models.login import How, Login, Outcome, forget_logins
from luoshi.people.models.post import NeverDeleted

from .made import DAY, LONG_AGO, TOMORROW, YESTERDAY, World, post, user, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> World:
    return world()


def test_it_works(made: World) -> None:
    held = post(user("wo"), Role.CLERK, made.units["A1:civil"], made.lines["civil"])
    assert (held.place.key, str(held)) == ("A1", "wo 临川市民政局 承办人")


# Days of a second post like the first, which holds from 2020 until 2022; whether it is refused.
Y = [datetime.date(year, 1, 1) for year in range(2018, 2026)]
OVERLAPS: list[tuple[datetime.date, datetime.date | None, bool]] = [
    (Y[0], Y[2], False),
    (Y[0], Y[3], True),
    (Y[0], None, True),
    (Y[2], Y[4], True),
    (Y[3], Y[4], True),
    (Y[3], Y[6], True),
    (Y[4], None, False),
]


@pytest.mark.parametrize(("since", "until", "refused"), OVERLAPS)
def test_the_same_post_is_not_held_twice_at_a_time(
    made: World, since: datetime.date, until: datetime.date | None, refused: bool
) -> None:
    me = user("wo")
    post(me, Role.CLERK, made.units["A:gov"], since=Y[2], until=Y[4])
    if refused:
        with pytest.raises(ValidationError, match="已有同一职务"):
            post(me, Role.CLERK, made.units["A:gov"], since=since, until=until)
    else:
        post(me, Role.CLERK, made.units["A:gov"], since=since, until=until)
    post(me, Role.LEADER, made.units["A:gov"], since=since, until=until)
    post(user("another"), Role.CLERK, made.units["A:gov"], since=since, until=until)


def test_a_post_may_be_changed_without_clashing_with_itself(made: World) -> None:
    held = post(user("wo"), Role.CLERK, made.units["A:gov"])
    held.until = TOMORROW
    held.save()
    assert Post.unguarded.get().until == TOMORROW


def test_a_post_does_not_end_before_it_begins(made: World) -> None:
    me = user("wo")
    with pytest.raises(ValidationError, match="终止日须晚于起始日"):
        post(me, Role.CLERK, made.units["A:gov"], since=DAY, until=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.unguarded.bulk_create([Post(user=me, role="clerk", unit=made.units["A:gov"], since=DAY, until=YESTERDAY)])


# Who stands in, at which unit, for whom; the words of the refusal.
STAND_INS = [
    ("a", "A:gov", "leader of a", "不能代自己的班"),
    ("b", "A:civil", "leader of a", "须与所代职务相同"),
    ("c", "A:gov", "stand-in of b", "本身不能再由人代班"),
]


@pytest.mark.parametrize(("who", "where", "whom", "words"), STAND_INS)
def test_a_stand_in_that_does_not_fit_is_refused(made: World, who: str, where: str, whom: str, words: str) -> None:
    people = {name: user(name) for name in "abc"}
    held: dict[str, Any] = {"leader of a": post(people["a"], Role.LEADER, made.units["A:gov"])}
    held["stand-in of b"] = post(
        people["b"], Role.LEADER, made.units["A:gov"], stands_in_for=held["leader of a"], until=TOMORROW
    )
    with pytest.raises(ValidationError, match=words):
        post(people[who], Role.LEADER, made.units[where], stands_in_for=held[whom], since=TOMORROW)


def test_posts_are_ended_and_never_deleted(made: World) -> None:
    held = post(user("wo"), Role.CLERK, made.units["A:gov"])
    for delete in (held.delete, Post.unguarded.all().delete):
        with pytest.raises(NeverDeleted):
            delete()
    assert Post.unguarded.count() == 1


def test_history_keeps_posts_with_their_lines_and_no_password(made: World) -> None:
    me = user("wo", "a long enough password")
    held = post(me, Role.CLERK, made.units["A:gov"], made.lines["civil"])
    held.until = TOMORROW
    held.save()
    held.lines.set([made.lines["water"]])
    kept = [[line.line.key for line in row.lines.all()] for row in held.history.order_by("history_id")]
    assert ["civil"] in kept and kept[-1] == ["water"]
    me.name = "另名"
    me.save()
    assert [row.name for row in me.history.all()] == ["另名", "wo"]
    assert "password" not in {field.name for field in User.history.model._meta.get_fields()}


def test_logins_are_forgotten_after_their_days() -> None:
    now = datetime.datetime(2026, 11, 22, 8, tzinfo=datetime.UTC)
    for days in (0, 183, 185):
        Login.unguarded.create(how=How.PASSWORD, outcome=Outcome.OK, address="0", at=now - datetime.timedelta(days))
    assert (forget_logins(now, 184), Login.unguarded.count()) == (1, 2)


def test_a_unit_with_posts_is_not_deleted(made: World) -> None:
    held = post(user("wo"), Role.CLERK, made.units["A:gov"], since=LONG_AGO)
    with pytest.raises(IntegrityError), transaction.atomic():
        held.unit.delete()
