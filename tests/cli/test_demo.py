"""`luoshi demo`: a fresh folder in, a province with its people out; refused where it could do harm."""

from __future__ import annotations

import datetime
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from luoshi.cli.demo.seats import people
from luoshi.cli.demo.serving import free_port

KEPT = {name: value for name, value in os.environ.items() if not name.startswith(("LUOSHI_", "DJANGO_"))}
PASSWORD = re.compile(r"\b(?:[a-z2-9]{4}-){2}[a-z2-9]{4}\b")


def luoshi(home: Path, words: Sequence[str], **more: str) -> tuple[int, str, str]:
    """Exit status, standard output, standard error of the real command."""
    command = [str(Path(sys.executable).with_name("luoshi")), *words]
    env = {**KEPT, "LUOSHI_HOME": str(home), **more}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo, made once; its home and what was printed."""
    home = tmp_path_factory.mktemp("demo")
    code, told, wrong = luoshi(home, ["demo"])
    assert code == 0, wrong
    return home, told


def asked(home: Path, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(home / "luoshi.sqlite3") as database:
        return database.execute(query).fetchall()


def test_it_works(made: tuple[Path, str]) -> None:
    home, told = made
    passwords = {line.split()[0]: line.split()[1] for line in told.splitlines() if PASSWORD.search(line)}
    assert passwords.keys() == {each.user for each in people()}
    assert len(set(passwords.values())) == len(passwords)
    kept: dict[str, str] = dict(asked(home, "SELECT username, password FROM people_user"))
    assert Argon2PasswordHasher().verify(passwords["shi.ducha"], kept["shi.ducha"])
    assert not any(word in value for value in kept.values() for word in passwords.values())


def test_everybody_has_a_post_at_a_confirmed_unit(made: tuple[Path, str]) -> None:
    posts = asked(
        made[0],
        "SELECT u.username, p.role, unit.status, unit.source FROM people_post p JOIN people_user u ON u.id = p.user_id"
        " JOIN places_unit unit ON unit.id = p.unit_id",
    )
    assert {post[0]: post[1] for post in posts} == {each.user: each.role for each in people()}
    assert {post[2:] for post in posts} == {("confirmed", "示例")}


def test_only_the_province_is_there(made: tuple[Path, str]) -> None:
    found = asked(made[0], "SELECT name FROM places_placestate WHERE level = 'province' AND until IS NULL")
    assert found == [("浙江省",)]


def test_made_again_it_is_left_as_it_is(made: tuple[Path, str]) -> None:
    before = asked(made[0], "SELECT username, password FROM people_user")
    code, told, wrong = luoshi(made[0], ["demo"])
    assert (code, wrong) == (0, "") and "shi.ducha" in told and not PASSWORD.search(told)
    assert asked(made[0], "SELECT username, password FROM people_user") == before


def test_new_passwords_are_told_once(made: tuple[Path, str]) -> None:
    code, told, _ = luoshi(made[0], ["demo", "--passwords"])
    assert code == 0 and len(PASSWORD.findall(told)) == len(people())
    assert not set(PASSWORD.findall(told)) & set(PASSWORD.findall(made[1]))


def test_production_is_refused(tmp_path: Path) -> None:
    settings = {"LUOSHI_MODE": "production", "LUOSHI_SECRET_KEY": "s" * 60, "LUOSHI_HOSTS": "luoshi.example"}
    code, told, wrong = luoshi(tmp_path, ["demo"], **settings)
    assert (code, told) == (2, "") and "production" in wrong and wrong.count("\n") == 1
    assert not (tmp_path / "luoshi.sqlite3").exists()


def test_where_people_are_already_it_is_refused(tmp_path: Path) -> None:
    manage = [sys.executable, "-m", "django", "migrate", "-v0"]
    env = {**KEPT, "LUOSHI_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "luoshi.config.settings"}
    subprocess.run(manage, env=env, check=True)
    with sqlite3.connect(tmp_path / "luoshi.sqlite3") as database:
        day = datetime.datetime(2026, 1, 1).isoformat()
        columns = "username, name, password, email, language, is_active, is_superuser, must_change_password, created_at"
        database.execute(f"INSERT INTO people_user ({columns}) VALUES ('a', 'a', '', '', '', 1, 1, 0, '{day}')")
    code, told, wrong = luoshi(tmp_path, ["demo"])
    assert (code, told) == (2, "") and "--add" in wrong and wrong.count("\n") == 1
    assert asked(tmp_path, "SELECT count(*) FROM places_place") == [(0,)]


@pytest.mark.parametrize("named", ["上海市"])
def test_a_place_that_will_not_do_is_said(tmp_path: Path, named: str) -> None:
    code, told, wrong = luoshi(tmp_path, ["demo", "--place", named])
    assert (code, told) == (2, "") and named in wrong.splitlines()[-1]


def test_a_port_that_is_taken_gives_way() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) not in (0, port)
    assert free_port(port) == port
