"""Several processes take in the same files at the same time: one report each, one work for reprints."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.documents.works import one_at_a_time

from .made import FLOOD, FLOOD_AGAIN, SCHOOL

AT_ONCE = 3


def address(folder: Path) -> str:
    """The test's database, for other processes; one that lies in memory is copied into a file."""
    if connection.vendor == "postgresql":
        at = connection.settings_dict
        return f"postgresql://{at['USER']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / "copy.sqlite3")])
    return f"sqlite:///{folder / 'copy.sqlite3'}"


@pytest.mark.django_db(transaction=True)
def test_it_works(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    texts = [text + f"\n附件{number}\n" for number in range(4) for text in (FLOOD, FLOOD_AGAIN, SCHOOL)]
    paths = [tmp_path / f"{number:02}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    told = together([str(path) for path in paths], home, address(tmp_path))
    assert all(len(lines) == len(paths) for lines in told)
    # Every process gives a file the same number, and one of them brought it.
    numbers = [{line.split(",")[0] for line in lines if path.name in line} for path in paths for lines in told]
    assert all(len(each) == 1 for each in numbers)
    assert len(set().union(*numbers)) == len(paths)
    fresh = [line for lines in told for line in lines if "same bytes" not in line]
    assert len(fresh) == len(paths)
    assert sum(", new:" in line for line in fresh) == 2
    assert sum(", reprint of" in line for line in fresh) == len(paths) - 2
    assert len([p for p in (home / "files" / "originals").rglob("*") if p.is_file()]) == len(paths)


def together(paths: list[str], home: Path, database: str) -> list[list[str]]:
    """What as many processes print that take in the same files; each begins with another of them."""
    environment = {**os.environ, "LUOSHI_HOME": str(home), "LUOSHI_DATABASE": database}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    luoshi = str(Path(sys.executable).with_name("luoshi"))
    turned = [paths[turn:] + paths[:turn] for turn in range(AT_ONCE)]
    running = [
        subprocess.Popen([luoshi, "take", *each], env=environment, text=True, stdout=subprocess.PIPE) for each in turned
    ]
    return [process.communicate(timeout=60)[0].splitlines() for process in running]


@pytest.mark.django_db
def test_on_postgresql_a_lock_makes_them_wait() -> None:
    with CaptureQueriesContext(connection) as asked:
        one_at_a_time()
    assert len(asked) == (connection.vendor == "postgresql")
