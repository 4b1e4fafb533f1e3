"""`luoshi demo`: a fresh folder in, a province with its people out; refused where it could do harm."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from luoshi.cli.demo.ground import NoSuchProvince, prepare
from luoshi.cli.demo.reports import HERE, rendered
from luoshi.cli.demo.scale.lives import life, words
from luoshi.cli.demo.scale.staff import Desk, Workplace
from luoshi.cli.demo.seats import people
from luoshi.cli.demo.serving import free_port
from luoshi.places.lines import load_lines

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


def test_where_people_are_already_it_is_refused(made: tuple[Path, str], tmp_path: Path) -> None:
    home = Path(shutil.copytree(made[0], tmp_path / "home"))
    with sqlite3.connect(home / "luoshi.sqlite3") as database:
        database.execute("UPDATE people_user SET username = 'own.' || username")
    before = asked(home, "SELECT count(*), (SELECT count(*) FROM ledger_event) FROM people_user")
    code, told, wrong = luoshi(home, ["demo"])
    assert (code, told) == (2, "") and "--add" in wrong and wrong.count("\n") == 1
    assert asked(home, "SELECT count(*), (SELECT count(*) FROM ledger_event) FROM people_user") == before


@pytest.mark.django_db
@pytest.mark.parametrize("named", ["上海市", "江南省"])
def test_a_place_that_will_not_do_is_said(named: str) -> None:
    with pytest.raises(NoSuchProvince, match=named):
        prepare(named, datetime.date(2026, 11, 22), lambda _: None)


def test_a_port_that_is_taken_gives_way() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) not in (0, port)
    assert free_port(port) == port


def test_work_is_under_way_and_the_ledger_holds(made: tuple[Path, str]) -> None:
    """Each way that work can go is there to be looked at, and nothing of it is later than now."""
    states = {str(state) for (state,) in asked(made[0], "SELECT DISTINCT state FROM ledger_item")}
    assert states >= {
        "registered",
        "dispatched",
        "returned",
        "in_hand",
        "building",
        "extension_asked",
        "closure_asked",
        "closed",
    }
    drafts = {str(state) for (state,) in asked(made[0], "SELECT DISTINCT state FROM intake_draft")}
    assert drafts == {"waiting", "confirmed", "merged", "refused"}
    late = asked(made[0], "SELECT count(*) FROM ledger_item WHERE ended_on IS NULL AND due < date('now')")
    ahead = asked(made[0], "SELECT count(*) FROM ledger_event WHERE recorded_at > datetime('now')")
    parts = asked(made[0], "SELECT count(*) FROM ledger_item WHERE parent_id IS NOT NULL")
    assert (late[0][0] >= 2, ahead, parts) == (True, [(0,)], [(2,)])
    code, told, wrong = luoshi(made[0], ["ledger", "verify", "--files"])
    assert (code, told) == (0, "") and wrong.strip().endswith("all holds"), told


@pytest.mark.long
def test_a_province_is_filled_and_filled_on(made: tuple[Path, str], tmp_path: Path) -> None:
    home = Path(shutil.copytree(made[0], tmp_path / "home"))
    before = asked(home, "SELECT count(*) FROM ledger_item")[0][0]
    for many in (60, 150, 40):
        code, _, wrong = luoshi(home, ["demo", "--scale", str(many)])
        assert code == 0, wrong
    assert "filled with 150 items already" in wrong
    assert asked(home, "SELECT count(*) FROM ledger_item") == [(before + 150,)]
    assert asked(home, "SELECT count(*) FROM ledger_searchtext") == [(before + 150,)]
    code, told, wrong = luoshi(home, ["ledger", "verify", "--files"])
    assert (code, told) == (0, "") and wrong.strip().endswith("all holds"), told


def test_days_and_names_stand_in_the_reports() -> None:
    names = {"city": "临川市", "county": "青溪县", "other": "白石县", "province": "江南省", "rank": "县"}
    today = datetime.date(2026, 12, 20)
    for path in HERE.iterdir():
        text = rendered(path.name, names, today).decode()
        assert "{" not in text and re.search("[一-龥]", text)
    assert "2027年1月15日前完成6座" in rendered("water.txt", names, today).decode()


def test_a_life_is_the_same_every_time_and_never_ahead_of_now() -> None:
    desk = Desk(1, "a/government_office")
    places = [Workplace(1, "a/water", "水利局", 1, "water", 1, "a", desk, desk, desk)]
    now = datetime.datetime(2026, 11, 22, 10, tzinfo=datetime.UTC)
    lives = [life(n, 400, places, words(), now) for n in range(400)]
    assert lives == [life(n, 400, places, words(), now) for n in range(400)]
    assert all(move.at < now for each in lives for move in each.moves)
    assert all([m.at for m in each.moves] == sorted(m.at for m in each.moves) for each in lives)
    assert {move.verb for each in lives for move in each.moves} >= {
        "sign",
        "return",
        "drop",
        "verify",
        "close",
        "remind",
    }
    assert [each.opened for each in lives] == sorted(each.opened for each in lives)


def test_every_line_that_words_are_for_is_there() -> None:
    known = {line.key for line in load_lines().every}
    assert set(words()) <= known and all(words().values())
