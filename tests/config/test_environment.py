"""Settings: read whole, refused whole, and never said aloud."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from luoshi.config.environment import BadEnvironment, read_environment

LONG = secrets.token_urlsafe(60)


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("LUOSHI_HOME", "LUOSHI_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"MODE": "production", "HOSTS": "a.example, b.example", "SECRET_KEY": LONG}.items():
        monkeypatch.setenv(f"LUOSHI_{name}", value)
    read = read_environment()
    assert read.production and read.hosts == ("a.example", "b.example")
    assert LONG not in repr(read)


def test_a_laptop_needs_nothing() -> None:
    assert not read_environment().production


def test_a_file_may_say_it_and_a_variable_goes_before(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("luoshi.env").write_text("LUOSHI_HOSTS=file.example\nLUOSHI_LANGUAGE=en\n", "utf-8")
    monkeypatch.setenv("LUOSHI_HOSTS", "variable.example")
    read = read_environment()
    assert (read.hosts, read.language) == (("variable.example",), "en")


# Variables given; the beginnings of the lines that must come back, all of them.
WRONG: list[tuple[dict[str, str], list[str]]] = [
    ({"MODE": "prod"}, ["MODE"]),
    ({"MODE": "production"}, ["SECRET_KEY", "HOSTS"]),
    ({"MODE": "production", "HOSTS": "*", "SECRET_KEY": "short"}, ["SECRET_KEY", "HOSTS"]),
    ({"MODE": "production", "DATABASE": "mysql://h/n", "SECRET_KEY": LONG}, ["DATABASE", "HOSTS"]),
    ({"BOUNDARY_DIR": "/no/such/folder", "BEHIND_PROXY": "perhaps"}, ["BEHIND_PROXY", "BOUNDARY_DIR"]),
    ({"OIDC_CLIENT": "c"}, ["OIDC_ISSUER", "OIDC_SECRET"]),
    ({"OIDC_ISSUER": "http://sso.example", "OIDC_CLIENT": "c", "OIDC_SECRET": "s"}, ["OIDC_ISSUER"]),
    ({"HOST": "a.example"}, ["HOST"]),
    ({"LIGHTS": "purple"}, ["LIGHTS"]),
    ({"LIGHTS": "/no/such/rule.yaml"}, ["LIGHTS"]),
    ({"DATABASE": "postgresql://clerk:secret@db:port/luoshi"}, ["DATABASE"]),
]


@pytest.mark.parametrize(("given", "lines"), WRONG, ids=lambda value: "-".join(value))
def test_everything_wrong_is_told_at_once(
    given: dict[str, str], lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"LUOSHI_{name}", value)
    with pytest.raises(BadEnvironment) as told:
        read_environment()
    assert {fault.split(":")[0] for fault in told.value.faults} >= {f"LUOSHI_{name}" for name in lines}


def test_a_secret_is_not_repeated_in_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOSHI_MODE", "production")
    monkeypatch.setenv("LUOSHI_SECRET_KEY", "hunter2")
    monkeypatch.setenv("LUOSHI_DATABASE", "mysql://clerk:hunter3@db/luoshi")
    with pytest.raises(BadEnvironment) as told:
        read_environment()
    assert "hunter" not in str(told.value)


def test_a_line_of_the_file_that_names_no_setting_is_told() -> None:
    Path("luoshi.env").write_text("LUOSHI_HOTS=a.example\nLUOSHI_MODE=production\n", "utf-8")
    with pytest.raises(BadEnvironment, match="LUOSHI_HOTS: no such setting"):
        read_environment()
