"""A corpus of eleven shards, and its tables as an undisturbed run makes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.reprinted import REPORTS, abridged, retitled

from .corpora import contents, run, some
from .made import lines, tarred, zipped


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight archives of three reports, two of JSON Lines, some files, one of them bad: eleven shards."""
    folder = tmp_path_factory.mktemp("corpus") / "pages"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.zip").write_bytes(zipped(some("z", number)))
        (folder / f"{number}.tar.gz").write_bytes(tarred(some("t", number), "gz"))
    for number in range(2):
        records = [{"text": str(text), "id": name} for name, text in some("j", number).items()]
        (folder / f"{number}.jsonl").write_bytes(lines(*records))
    for name, text in list(REPORTS.items())[:4]:
        (folder / f"{name}.txt").write_text(retitled(text), "utf-8")
        (folder / f"{name}-short.txt").write_text(abridged(text), "utf-8")
    (folder / "empty.txt").touch()
    return folder


@pytest.fixture(scope="session")
def expected(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The tables of an undisturbed run in one process."""
    out = tmp_path_factory.mktemp("expected") / "out"
    done = run(corpus, out)
    assert (done.exit_code == 2 and not done.exception) or isinstance(done.exception, SystemExit), done.output
    return contents(out)
