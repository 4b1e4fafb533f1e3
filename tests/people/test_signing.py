"""Signing in: by password and second factor, what is refused, what has to be done first, what the log keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings as given
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from luoshi.config.settings import PASSWORD_HASHERS
from luoshi.people.browsers import browser_name
from luoshi.people.models import How, Login, Outcome, Role, User
from luoshi.people.signing.log import mark

from .made import post, user, world

pytestmark = pytest.mark.django_db

PASSWORD = "seven paper cranes"
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _tries_are_not_carried_over() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, username: str = "wo", password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": username, "password": password}, **more)  # type: ignore[arg-type]


def logged() -> list[tuple[str | None, str, str]]:
    rows = Login.unguarded.order_by("pk").select_related("user")
    return [(row.user.username if row.user else None, row.how, row.outcome) for row in rows]


def code_of(secret: str) -> str:
    """What an authenticator app shows now: of the times that are taken the one in the middle."""
    counters = sorted(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))


def test_it_works(client: Client) -> None:
    user("wo", PASSWORD, name="周雨")
    answer = sign_in(client)
    assert (answer.status_code, answer.url) == (302, "/")
    assert "周雨" in client.get("/me/").content.decode()
    assert logged() == [("wo", How.PASSWORD, Outcome.OK)]


def test_a_wrong_name_and_a_wrong_password_are_told_in_the_same_words(client: Client) -> None:
    user("wo", PASSWORD)
    pages = [sign_in(client, "wo", "wrong").content.decode(), sign_in(client, "nobody", PASSWORD).content.decode()]
    plain = [re.sub(r'value="[^"]*"', "", page) for page in pages]
    assert plain[0] == plain[1] and "用户名或密码不正确" in plain[0]
    assert logged() == [("wo", How.PASSWORD, Outcome.WRONG), (None, How.PASSWORD, Outcome.WRONG)]


def test_nothing_typed_is_kept(client: Client) -> None:
    sign_in(client, "my-password-by-mistake", "hunter2")
    row = Login.unguarded.values().get()
    assert not any("hunter2" in str(value) or "mistake" in str(value) for value in row.values())
    assert row["address"] == mark("127.0.0.1") != mark("127.0.0.2") and "127" not in row["address"]


def test_the_inactive_are_sent_away(client: Client) -> None:
    user("wo", PASSWORD, is_active=False)
    assert sign_in(client).url == "/accounts/inactive/"
    assert "账号已停用" in client.get("/accounts/inactive/").content.decode()
    assert client.get("/me/").status_code == 302
    assert logged() == [("wo", How.PASSWORD, Outcome.INACTIVE)]


def test_tries_are_limited(client: Client) -> None:
    user("wo", PASSWORD)
    for _ in range(5):
        sign_in(client, "wo", "wrong")
    assert "尝试次数过多" in sign_in(client).content.decode()
    assert logged()[-1] == ("wo", How.PASSWORD, Outcome.TOO_MANY)


# Who needs no second factor, and who does where it is asked for.
FIRST = [(role, role in {Role.ADMINISTRATOR, Role.SUPERVISOR}) for role in Role]


@pytest.mark.parametrize(("role", "demanded"), FIRST)
def test_who_reaches_far_sets_up_a_second_factor_first(
    client: Client, settings: Settings, role: Role, demanded: bool
) -> None:
    settings.LUOSHI_REQUIRE_TOTP = True
    post(user("wo", PASSWORD), role, world().units["A:gov"])
    sign_in(client)
    answer = client.get("/me/")
    assert (answer.status_code, answer.get("Location")) == (
        (302, "/accounts/2fa/totp/activate/") if demanded else (200, None)
    )
    if demanded:
        assert client.get("/admin/").status_code == 302
        assert client.post("/accounts/logout/").status_code == 302


def test_a_second_factor_is_set_up_and_asked_for(client: Client) -> None:
    user("wo", PASSWORD)
    sign_in(client)
    asked = client.get("/accounts/2fa/totp/activate/")
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    page = client.post(asked.headers["Location"], {"password": PASSWORD}, follow=True)
    assert 'src="data:image/svg+xml' in page.content.decode()
    secret = page.context["form"].secret
    shown = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}, follow=True)
    codes = shown.context["unused_codes"]
    assert len(codes) == 10
    client.post("/accounts/logout/")

    assert sign_in(client).url == "/accounts/2fa/authenticate/"
    assert client.get("/me/").status_code == 302
    assert "口令不正确" in client.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert client.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == 302
    assert client.get("/me/").status_code == 200
    assert logged()[1:] == [("wo", How.TOTP, Outcome.WRONG), ("wo", How.RECOVERY, Outcome.OK)]
    client.post("/accounts/logout/")
    sign_in(client)
    assert client.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == 200, "a code works once"


def test_a_one_time_password_is_changed_first(client: Client) -> None:
    user("wo", PASSWORD, must_change_password=True)
    sign_in(client)
    assert client.get("/me/").headers["Location"] == "/accounts/password/"
    typed = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    assert "新密码不能与当前密码相同" in client.post("/accounts/password/", typed).content.decode()
    new = "two grey herons at dusk"
    client.post("/accounts/password/", typed | {"password1": new, "password2": new})
    assert client.get("/me/").status_code == 200
    assert not User.unguarded.get().must_change_password


# A new password, and whether it is good enough for 周雨, username zhouyu.
PASSWORDS = [
    ("two grey herons at dusk", True),
    ("江南好风景旧曾谙日出江花", True),
    ("short", False),
    ("qwertyuiop12", False),
    ("password1234", False),
    ("330106199001011234", False),
    ("zhouyuzhouyu", False),
]


@pytest.mark.parametrize(("new", "good"), PASSWORDS)
def test_new_passwords(client: Client, new: str, good: bool) -> None:
    user("zhouyu", PASSWORD, name="周雨")
    sign_in(client, "zhouyu")
    answer = client.post("/accounts/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (answer.status_code == 302) is good


def test_passwords_are_kept_by_argon2() -> None:
    assert "Argon2" in PASSWORD_HASHERS[0]
    with override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        assert user("wo", PASSWORD).password.startswith("argon2")


def test_other_sessions_are_ended(client: Client) -> None:
    user("wo", PASSWORD)
    elsewhere = Client(HTTP_USER_AGENT="Another Browser")
    sign_in(elsewhere)
    sign_in(client)
    assert "Another Browser" in client.get("/accounts/sessions/").content.decode()
    client.post("/accounts/sessions/")
    assert elsewhere.get("/").status_code == 302
    assert client.get("/me/").status_code == 200


def test_nobody_signs_up(client: Client) -> None:
    assert client.get("/accounts/signup/").status_code == 404
    page = client.get(LOGIN).content.decode()
    assert "signup" not in page and "reset" not in page


def test_one_speaks_the_language_of_the_user(client: Client) -> None:
    user("wo", PASSWORD, language="en")
    assert "登录" in client.get(LOGIN, headers={"accept-language": "zh-CN"}).content.decode()
    sign_in(client)
    assert 'lang="en"' in client.get("/me/", headers={"accept-language": "zh-CN"}).content.decode()


def test_one_sees_only_ones_own_logins(client: Client) -> None:
    made = world()
    for name in ("wo", "other"):
        post(user(name, PASSWORD), Role.CLERK, made.units["A:gov"])
    sign_in(Client(), "other", "wrong")
    sign_in(client)
    page = client.get("/me/logins/")
    assert [row.user.username for row in page.context["page"]] == ["wo"]


def routes(urls: Any = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Every named page without parameters, and its address."""
    for entry in urls if urls is not None else get_resolver().url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{before}{entry.namespace}:" if entry.namespace else before
            yield from routes(entry.url_patterns, space)
        elif isinstance(entry, URLPattern) and entry.name and not entry.pattern.regex.groups:
            yield f"{before}{entry.name}", reverse(f"{before}{entry.name}")


# Pages that say nothing of anybody: whoever asks may see them.
OPEN = {"alive", "ready", "set_language", "account_login", "account_logout", "account_inactive", "admin:jsi18n"}


def test_every_other_page_asks_first_who_one_is(client: Client) -> None:
    found = dict(routes())
    assert {"home", "logins", "admin:index", "mfa_index"} <= set(found)
    for name in set(found) - OPEN:
        answer = client.get(found[name])
        assert (answer.status_code, answer.content) in {(302, b""), (405, b"")}, name
        assert "login/" in answer.get("Location", LOGIN), name
    assert given.MIDDLEWARE.count("django.contrib.auth.middleware.LoginRequiredMiddleware") == 1


def test_home_says_what_one_sees(client: Client) -> None:
    made = world()
    post(user("wo", PASSWORD), Role.SUPERVISOR, made.units["A1:civil"])
    sign_in(client)
    page = re.sub(r"<[^>]+>|\s+", " ", client.get("/me/").content.decode())
    for words in ("临川市民政局 督查员", "县级 2", "乡级 1", "民政"):
        assert words in page


# What browsers say of themselves, and what is shown.
AGENTS = [
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0",
        "Edge · Windows",
    ),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox · Linux"),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
        "Safari · iPhone",
    ),
    ("curl/8.5.0", "curl/8.5.0"),
]


@pytest.mark.parametrize(("agent", "shown"), AGENTS)
def test_browsers_are_named_in_few_words(agent: str, shown: str) -> None:
    assert browser_name(agent) == shown
