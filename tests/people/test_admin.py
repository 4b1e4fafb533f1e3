"""The administration site: rights come from posts, within their subtree, and nobody climbs by it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client, RequestFactory

from luoshi.people.admin.rights import administered
from luoshi.people.models import How, Login, Outcome, Post, Role, User
from luoshi.people.visible import guarded
from luoshi.places.models import Place, Unit

from .made import DAY, LONG_AGO, TOMORROW, World, post, user, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> World:
    return world()


@pytest.fixture
def county(made: World, client: Client) -> User:
    """Administrator of 青溪县 (A1a), signed in, who is also a clerk in the province."""
    me = user("xian", name="青溪管理员")
    post(me, Role.ADMINISTRATOR, made.units["A1a:gov"])
    post(me, Role.CLERK, made.units["A:civil"])
    client.force_login(me)
    return me


def test_it_works(made: World, county: User, client: Client) -> None:
    clerk = post(user("zhen"), Role.CLERK, made.units["A1a1:civil"])
    far = post(user("yuan"), Role.CLERK, made.units["B:civil"])
    page = client.get("/admin/people/post/").content.decode()
    assert f"/admin/people/post/{clerk.pk}/change/" in page and f"/admin/people/post/{far.pk}/change/" not in page


def test_every_admin_of_a_guarded_model_keeps_to_the_subtree(made: World, county: User) -> None:
    for key, at in made.units.items():
        held = post(user(f"of {key}"), Role.CLERK, at)
        Login.unguarded.create(user=held.user, how=How.PASSWORD, outcome=Outcome.OK, address="0")
    request = RequestFactory().get("/")
    request.user = User.unguarded.get(pk=county.pk)
    shown = {model for model in guarded() if admin.site.is_registered(model)}
    assert {User, Post, Login, Unit} <= shown
    # Places are public facts, and nothing hangs on who sees their list.
    for model in shown - {Place}:
        rows = set(admin.site.get_model_admin(model).get_queryset(request))
        assert rows == set(administered(model, request)) and 6 <= len(rows) <= 8 < model._default_manager.count()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_come_in(made: World, client: Client, role: Role) -> None:
    me = user("wo")
    post(me, role, made.units["CN:gov"])
    client.force_login(me)
    assert client.get("/admin/", follow=True).status_code == 403
    assert client.get("/admin/people/user/", follow=True).status_code == 403


def test_an_ended_administrator_is_none(made: World, client: Client) -> None:
    me = user("wo")
    post(me, Role.ADMINISTRATOR, made.units["CN:gov"], until=LONG_AGO.replace(year=2012))
    client.force_login(me)
    assert client.get("/admin/", follow=True).status_code == 403


def test_the_owner_administers_all(made: World, client: Client) -> None:
    far = post(user("yuan"), Role.CLERK, made.units["B:civil"])
    lost = user("没有职务")
    client.force_login(user("zhu", is_superuser=True))
    assert f"/admin/people/post/{far.pk}/change/" in client.get("/admin/people/post/").content.decode()
    assert f"/admin/people/user/{lost.pk}/change/" in client.get("/admin/people/user/").content.decode()
    assert not admin.site.is_registered(Group)


def new_user(unit: Unit, **changes: Any) -> dict[str, Any]:
    typed = {"username": "xin", "name": "新人", "email": "", "language": "", "is_active": "on"}
    typed |= {"posts-TOTAL_FORMS": "1", "posts-INITIAL_FORMS": "0", "posts-MIN_NUM_FORMS": "1"}
    return typed | {"posts-0-role": "clerk", "posts-0-unit": unit.pk, "posts-0-since": "2020-01-01", **changes}


def test_somebody_new_gets_a_password_that_is_shown_once_and_changed_first(
    made: World, county: User, client: Client
) -> None:
    shown = client.post("/admin/people/user/add/", new_user(made.units["A1a:civil"]))
    found = re.search(r'class="once">([\w-]{19})<', shown.content.decode())
    assert found and "no-store" in shown.headers["Cache-Control"]
    added = User.unguarded.get(username="xin")
    assert Post.unguarded.get(user=added).unit == made.units["A1a:civil"]
    cache.clear()
    theirs = Client()
    assert theirs.post("/accounts/login/", {"login": "xin", "password": found[1]}).status_code == 302
    assert theirs.get("/").headers["Location"] == "/accounts/password/"


def test_somebody_new_has_a_post(made: World, county: User, client: Client) -> None:
    client.post("/admin/people/user/add/", new_user(made.units["A1a:civil"], **{"posts-0-unit": ""}))
    client.post("/admin/people/user/add/", new_user(made.units["A1a:civil"], **{"posts-TOTAL_FORMS": "0"}))
    assert not User.unguarded.filter(username="xin").exists()


def test_nobody_makes_an_owner(made: World, county: User, client: Client) -> None:
    client.post("/admin/people/user/add/", new_user(made.units["A1a:civil"], is_superuser="on"))
    assert not User.unguarded.get(username="xin").is_superuser


# Units at which the county's administrator may give a post, and at which not.
FORGED = [("A1a:gov", True), ("A1a1:water", True), ("A1:gov", False), ("A:civil", False), ("A1b:civil", False)]


@pytest.mark.parametrize(("unit", "given"), FORGED)
def test_posts_are_given_within_the_subtree(made: World, county: User, client: Client, unit: str, given: bool) -> None:
    typed = {"user": county.pk, "role": "leader", "unit": made.units[unit].pk, "since": DAY}
    client.post("/admin/people/post/add/", typed)
    assert Post.unguarded.filter(user=county, role="leader").exists() is given


def test_nobody_is_chosen_from_outside(made: World, county: User, client: Client) -> None:
    far = post(user("yuan"), Role.LEADER, made.units["B:gov"])
    typed = {"role": "leader", "unit": made.units["A1a:gov"].pk, "since": DAY}
    client.post("/admin/people/post/add/", {**typed, "user": far.user_id})
    client.post("/admin/people/post/add/", {**typed, "user": county.pk, "stands_in_for": far.pk})
    assert Post.unguarded.filter(role="leader").count() == 1
    for asked in ("field_name=unit&model_name=post", "field_name=user&model_name=post"):
        found = client.get(f"/admin/autocomplete/?app_label=people&{asked}&term=").json()["results"]
        assert found and not [row for row in found if "岭西" in row["text"] or "yuan" in row["text"]]


def test_ones_own_post_elsewhere_is_not_ones_to_change(made: World, county: User, client: Client) -> None:
    mine = Post.unguarded.get(user=county, role="clerk")
    typed = {"user": county.pk, "role": "leader", "unit": mine.unit_id, "since": "2010-01-01"}
    client.post(f"/admin/people/post/{mine.pk}/change/", typed)
    mine.refresh_from_db()
    assert mine.role == "clerk"


def test_who_has_a_post_elsewhere_is_given_no_password(made: World, county: User, client: Client) -> None:
    """Else a county's administrator could sign in as somebody of the province."""
    both = user("both", "the password as it was")
    post(both, Role.CLERK, made.units["A1a:civil"])
    above = post(both, Role.LEADER, made.units["A:gov"])
    before = both.password
    for action in ("give_password", "take_second_factor"):
        page = client.post("/admin/people/user/", {"action": action, "_selected_action": both.pk}, follow=True)
        assert "此人在您管理范围之外还有职务" in page.content.decode()
    client.post(f"/admin/people/user/{both.pk}/change/", {"name": "改了", "is_active": ""})
    both.refresh_from_db()
    assert both.password == before and both.name == "both" and both.is_active
    above.until = DAY
    above.save()
    shown = client.post("/admin/people/user/", {"action": "give_password", "_selected_action": both.pk})
    both.refresh_from_db()
    assert "once" in shown.content.decode() and both.password != before and both.must_change_password


def test_the_owner_is_given_no_password_by_others(made: World, county: User, client: Client) -> None:
    owner = user("zhu", "the password as it was", is_superuser=True)
    post(owner, Role.CLERK, made.units["A1a:civil"])
    client.post("/admin/people/user/", {"action": "give_password", "_selected_action": owner.pk})
    assert owner.password == User.unguarded.get(pk=owner.pk).password


def test_nothing_is_deleted(made: World, county: User, client: Client) -> None:
    held = post(user("zhen"), Role.CLERK, made.units["A1a1:civil"], until=TOMORROW)
    for path in (f"post/{held.pk}", f"user/{held.user_id}"):
        assert client.post(f"/admin/people/{path}/delete/", {"post": "yes"}).status_code == 403
    assert "delete_selected" not in client.get("/admin/people/post/").content.decode()


def test_a_unit_outside_is_not_shown_or_changed_however_it_is_found(made: World, county: User) -> None:
    request = RequestFactory().get("/")
    request.user = User.unguarded.get(pk=county.pk)
    pages = admin.site.get_model_admin(Unit)
    for key, allowed in (("A1a1:civil", True), ("A1b:civil", False), ("A:civil", False)):
        asked = [
            pages.has_view_permission(request, made.units[key]),
            pages.has_change_permission(request, made.units[key]),
        ]
        assert asked == [allowed, allowed], key


# Places into which the county's administrator may put a unit, and not.
PUT = [("A1a", True), ("A1a1", True), ("A1", False), ("B", False)]


@pytest.mark.parametrize(("place", "put"), PUT)
def test_units_are_put_into_places_of_the_subtree(
    made: World, county: User, client: Client, place: str, put: bool
) -> None:
    unit = made.units["A1a1:civil"]
    typed = {"key": unit.key, "name": unit.name, "kind": unit.kind, "status": unit.status, "since": "2010-01-01"}
    typed |= {"since_known": "day", "origin": "hand", "aliases": "[]", "line": str(unit.line_id)}
    typed |= {"handovers-TOTAL_FORMS": "0", "handovers-INITIAL_FORMS": "0"}
    client.post(f"/admin/places/unit/{unit.pk}/change/", {**typed, "place": made.places[place].pk})
    unit.refresh_from_db()
    assert (unit.place == made.places[place]) is put


PAGES = [
    "",
    "people/user/",
    "people/user/add/",
    "people/post/?holding=now",
    "people/post/add/",
    "people/login/",
    "places/unit/",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_open(made: World, county: User, client: Client, path: str, language: str) -> None:
    client.cookies["django_language"] = language
    assert client.get(f"/admin/{path}").status_code == 200


def test_pages_of_one_row_open(made: World, county: User, client: Client) -> None:
    held = post(user("zhen"), Role.CLERK, made.units["A1a1:civil"])
    for path in (f"post/{held.pk}/change/", f"post/{held.pk}/history/", f"user/{held.user_id}/change/"):
        assert client.get(f"/admin/people/{path}").status_code == 200, path


def test_one_way_in_and_one_way_to_change_a_password(made: World, county: User, client: Client) -> None:
    assert client.get("/admin/password_change/").headers["Location"] == "/accounts/password/"
    assert "/accounts/login/" in Client().get("/admin/login/").headers["Location"]


def test_a_list_of_many_posts_asks_few_questions(
    made: World, county: User, client: Client, django_assert_max_num_queries: Any
) -> None:
    for i in range(60):
        post(user(f"u{i}"), Role.CLERK, made.units["A1a:civil"])
    # Session, user, scope, language, filters, counts and the rows; none for each row.
    with django_assert_max_num_queries(12):
        client.get("/admin/people/post/")
