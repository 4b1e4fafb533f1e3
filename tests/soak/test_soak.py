"""A share of the soak, and whether the soak finds what it is there to find."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from bench.soak import processes
from bench.soak.checks import faults, of_reading
from bench.soak.mutants import Mutant, mutant
from bench.soak.seeds import REPORT, seeds

from luoshi.reading import Reading, read
from tests.folders import PROJECT

SHARE = 400


@pytest.mark.parametrize("format", seeds())
def test_it_works(format: str, tmp_path: Path) -> None:
    """What is not spoiled is read as it should be."""
    for seed in seeds()[format]:
        assert faults(Mutant(0, format, seed.name, seed.data), tmp_path) == []


@pytest.mark.long
def test_a_share_of_all_formats(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench.soak", "--inputs", str(SHARE), "--seed", "900000", "--keep", str(tmp_path)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert f"{SHARE} inputs" in done.stdout and list(tmp_path.iterdir()) == []


def test_a_number_is_always_the_same_input() -> None:
    assert [mutant(n) for n in range(64)] == [mutant(n) for n in range(64)]
    assert {mutant(n).format for n in range(64)} == set(seeds())


def _moved(reading: Reading) -> Reading:
    first, *others = reading.directives
    moved = first._replace(span=first.span._replace(start=first.span.start - 1))
    return replace(reading, directives=(moved, *others))


WRONG: dict[str, tuple[Callable[[Reading], Reading], str]] = {
    "a span elsewhere": (_moved, "not the words"),
    "a span outside": (lambda r: replace(r, source=replace(r.source, text=r.source.text[:40])), "outside the text"),
    "an id twice": (lambda r: replace(r, statements=(r.statements[0], *r.statements)), "2 times"),
    "no statement": (lambda r: replace(r, statements=()), "no statement"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_reading_that_contradicts_itself_is_found(case: str) -> None:
    spoil, says = WRONG[case]
    found = of_reading(spoil(read(REPORT)))
    assert any(says in fault for fault in found)


def _connects(given: Mutant, folder: Path) -> list[str]:
    try:
        socket.create_connection(("127.0.0.1", 9))
    except Exception:
        return []
    return []


def _asleep(given: Mutant, folder: Path) -> list[str]:
    time.sleep(60)
    return []


def _dead(given: Mutant, folder: Path) -> list[str]:
    os._exit(3)


BAD: dict[str, tuple[Callable[[Mutant, Path], list[str]], str]] = {
    "hangs": (_asleep, "hung or died (status 1)\nTimeout"),
    "dies": (_dead, "hung or died (status 3)"),
    "touches the network": (_connects, "touched: socket."),
    "fails": (lambda given, folder: [str(1 // 0)], "ZeroDivisionError"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_reader_that_does_what_it_must_not_is_found(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the inputs behind it are read."""
    bad, says = BAD[case]
    monkeypatch.setattr(processes, "BOUND", 1.0 if case == "hangs" else 20.0)
    monkeypatch.setattr(processes, "_warm", lambda folder: None)
    monkeypatch.setattr(processes, "faults", lambda given, folder: bad(given, folder) if given.number == 17 else [])
    pool = processes.Pool(16, 4, None, 1, tmp_path)
    (failure,) = filter(None, pool.run())
    assert (failure.number, failure.format) == (17, mutant(17).format) and says in failure.what
    assert (pool.done, pool.next) == (4, 20)
