"""Notices on the administration site: looked at by the owner and administrators, changed by nobody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from luoshi.calendar.actions import bring
from luoshi.people.models import Role, User
from tests.people.made import post, user, world

from .made import table

pytestmark = pytest.mark.django_db
LIST, ONE = "/admin/calendar/notice/", "/admin/calendar/notice/1/change/"


@pytest.fixture(autouse=True)
def _brought() -> None:
    bring(table(), datetime(2026, 11, 25, tzinfo=UTC), "2027年放假安排")


def sign_in(client: Client, role: Role | None) -> None:
    me = User.objects.create_superuser("owner") if role is None else user("me")
    if role is not None:
        post(me, role, world().units["A1a:gov"])
    client.force_login(me)


@pytest.mark.parametrize("role", [None, Role.ADMINISTRATOR])
def test_notices_are_shown_and_not_changed(client: Client, role: Role | None) -> None:
    sign_in(client, role)
    assert "2027年放假安排" in client.get(LIST).content.decode()
    page = client.get(ONE).content.decode()
    assert "劳动节" in page and 'name="_save"' not in page
    assert client.get("/admin/calendar/notice/add/").status_code == 403
    assert client.post(ONE, {"title": "x"}).status_code == 403
    assert client.post("/admin/calendar/notice/1/delete/", {"post": "yes"}).status_code == 403


def test_others_do_not_come_in(client: Client) -> None:
    sign_in(client, Role.CLERK)
    assert client.get(LIST, follow=True).status_code == 403
