"""What an office says of its mail server, its gateways and its own address: read whole, refused whole, never repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from luoshi.config.environment import BadEnvironment, read_environment
from luoshi.config.mail import mail_server


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("LUOSHI_HOME", "LUOSHI_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


SERVERS = [
    ("smtps://u:p%40x@mail.example:4650", ("mail.example", 4650, "u", "p@x", True, False)),
    ("smtps://mail.example", ("mail.example", 465, "", "", True, False)),
    ("smtp+tls://u:p@mail.example", ("mail.example", 587, "u", "p", False, True)),
    ("smtp://127.0.0.1:2525", ("127.0.0.1", 2525, "", "", False, False)),
]


@pytest.mark.parametrize(("said", "expected"), SERVERS)
def test_it_works(said: str, expected: tuple[object, ...]) -> None:
    assert tuple(mail_server(said).values()) == expected


@pytest.mark.parametrize(
    "said", ["", "mail.example", "https://mail.example", "smtp://", "smtp://h:nine", "smtps://[::1"]
)
def test_what_is_no_mail_server(said: str) -> None:
    with pytest.raises(ValueError, match="is n"):
        mail_server(said)


def test_an_office_that_tells_people(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "CHANNELS": "mail, webhook",
        "WEBHOOK_HOSTS": "Hooks.example.gov.cn, 127.0.0.1:9000",
        "WEBHOOK_SCHEMES": "https,http",
        "MAIL": "smtps://u:hidden@mail.example",
        "MAIL_FROM": "luoshi@example.gov.cn",
        "MAIL_DOMAINS": "Example.gov.cn",
        "ADDRESS": "https://luoshi.example/",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"LUOSHI_{name}", value)
    read = read_environment()
    assert read.channels == ("mail", "webhook") and read.webhook_schemes == ("https", "http")
    assert read.webhook_hosts == ("hooks.example.gov.cn", "127.0.0.1:9000") and read.mail_domains == ("example.gov.cn",)
    assert read.opened_at == "https://luoshi.example" and "hidden" not in repr(read)


WRONG = [
    ({"CHANNELS": "pigeon"}, "LUOSHI_CHANNELS"),
    ({"CHANNELS": "mail"}, "LUOSHI_MAIL: missing"),
    ({"CHANNELS": "mail"}, "LUOSHI_MAIL_FROM: missing"),
    ({"WEBHOOK_HOSTS": "https://hooks.example"}, "LUOSHI_WEBHOOK_HOSTS"),
    ({"WEBHOOK_HOSTS": "*.example"}, "LUOSHI_WEBHOOK_HOSTS"),
    ({"WEBHOOK_SCHEMES": "ftp"}, "LUOSHI_WEBHOOK_SCHEMES"),
    ({"MAIL": "imap://u:hidden@mail.example"}, "LUOSHI_MAIL"),
    ({"MAIL_DOMAINS": "clerk@example.gov.cn"}, "LUOSHI_MAIL_DOMAINS"),
    ({"ADDRESS": "luoshi.example"}, "LUOSHI_ADDRESS"),
]


@pytest.mark.parametrize(("given", "told"), WRONG)
def test_what_is_wrong_is_told(given: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"LUOSHI_{name}", value)
    with pytest.raises(BadEnvironment) as bad:
        read_environment()
    assert told in str(bad.value) and "hidden" not in str(bad.value)


def test_where_luoshi_is_opened_unless_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_environment().opened_at == "http://127.0.0.1:8000"
    for name, value in {"MODE": "production", "HOSTS": "a.example,b.example", "SECRET_KEY": "x" * 60}.items():
        monkeypatch.setenv(f"LUOSHI_{name}", value)
    assert read_environment().opened_at == "https://a.example"
