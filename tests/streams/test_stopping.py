"""A run that is killed, stopped or loses a worker, here or on a dask cluster: the tables are those of an undisturbed one."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from luoshi.streams.engine import map_shards
from luoshi.streams.shards import do_shard, shards

from .corpora import COMMAND, contents, left_over, run
from .made import REPORT, lines
from .workers import deadly


def _parts(out: Path) -> int:
    return sum(1 for path in (out / "parts").glob("*/done.json")) if (out / "parts").is_dir() else 0


def _until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.005)


@pytest.fixture(autouse=True)
def _hears_ctrl_c() -> Iterator[None]:
    """A shell that began the tests in the background has them, and whatever they begin, ignore Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def _children(pid: int) -> list[int]:
    return [int(word) for told in Path(f"/proc/{pid}/task").glob("*/children") for word in told.read_text().split()]


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(
    "stop", [pytest.param(signal.SIGKILL, marks=pytest.mark.long), signal.SIGINT], ids=["kill -9", "Ctrl-C"]
)
def test_a_run_that_was_stopped_is_gone_on_with(
    corpus: Path, expected: dict[str, bytes], tmp_path: Path, stop: signal.Signals
) -> None:
    out = tmp_path / "out"
    command = [*COMMAND, "--jobs", "2", "--output", str(out), str(corpus)]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    _until(lambda: _parts(out) >= 2)
    children = _children(started.pid)
    started.send_signal(stop)
    _, errors = started.communicate(timeout=60)
    assert 2 <= _parts(out) < 11 and not list(out.glob("*.parquet"))
    if stop is signal.SIGINT:
        assert started.returncode == 130 and "stopped" in errors and "Traceback" not in errors
        assert left_over(out) == []
    _until(lambda: not any(map(_alive, children)))
    again = run(corpus, out)
    assert again.exit_code == 2 and "were read before and not again" in again.stderr
    assert contents(out) == expected and left_over(out) == []


@pytest.mark.long
def test_a_process_that_dies_loses_nothing(corpus: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [*COMMAND, "--jobs", "2", "--output", str(out), str(corpus)]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    _until(lambda: _parts(out) >= 1)
    spawned = [p for p in _children(started.pid) if b"spawn_main" in Path(f"/proc/{p}/cmdline").read_bytes()]
    os.kill(spawned[0], signal.SIGKILL)
    _, errors = started.communicate(timeout=60)
    assert (started.returncode, "Traceback" in errors) == (2, False), errors
    assert contents(out) == expected and left_over(out) == []


def _two_workers() -> LocalCluster:
    """Two workers of one thread in processes of their own, on loopback."""
    return LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", host="127.0.0.1"
    )  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with _two_workers() as started:
        yield started
        # One that was killed is being started anew, and cannot be stopped in the middle of that.
        with Client(started) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(2, timeout=60)


@pytest.mark.long
def test_two_dask_workers_make_the_same_tables(
    corpus: Path, expected: dict[str, bytes], tmp_path: Path, cluster: LocalCluster
) -> None:
    address = cluster.scheduler_address
    out = tmp_path / "out"
    assert run(corpus, out, "--engine", "dask", "--scheduler", address).exit_code == 2
    assert contents(out) == expected and left_over(out) == []


@pytest.mark.long
def test_a_dask_worker_that_dies_loses_and_doubles_nothing(
    corpus: Path, expected: dict[str, bytes], tmp_path: Path, cluster: LocalCluster
) -> None:
    address, workers = cluster.scheduler_address, cluster.workers
    out = tmp_path / "out"
    command = [*COMMAND, "--engine", "dask", "--scheduler", address, "--output", str(out), str(corpus)]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    _until(lambda: _parts(out) >= 1)
    os.kill(workers[0].pid, signal.SIGKILL)
    assert _parts(out) < 11
    _, errors = started.communicate(timeout=60)
    assert started.returncode == 2, errors
    assert contents(out) == expected and left_over(out) == []


@pytest.mark.long
def test_a_scheduler_that_goes_away_is_one_line(corpus: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    with _two_workers() as cluster:
        address = cluster.scheduler_address
        command = [*COMMAND, "--engine", "dask", "--scheduler", address, "--output", str(out), str(corpus)]
        started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        _until(lambda: _parts(out) >= 1)
    _, errors = started.communicate(timeout=60)
    assert started.returncode == 2, errors
    assert "went away" in errors
    assert run(corpus, out).exit_code == 2 and contents(out) == expected


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_a_shard_that_cannot_be_done_is_told_and_the_others_are_done(
    tmp_path: Path, engine: str, request: pytest.FixtureRequest
) -> None:
    paths = []
    for name in "ab":
        paths.append(tmp_path / f"{name}.jsonl")
        paths[-1].write_bytes(lines({"text": REPORT}))
    made = list(shards([str(path) for path in paths], None))
    (tmp_path / "file").touch()
    pairs = [(made[0], tmp_path / "file" / "x"), (made[1], tmp_path / "fine")]
    address = request.getfixturevalue("cluster").scheduler_address if engine == "dask" else None
    found = {shard.label: result for shard, result in map_shards(do_shard, pairs, engine, 1, address)}  # type: ignore[arg-type]
    assert isinstance(found["a.jsonl"], OSError)
    assert (tmp_path / "fine" / "done.json").exists() and getattr(found["b.jsonl"], "reports", 0) == 1


def test_a_shard_that_kills_its_process_costs_no_other(tmp_path: Path) -> None:
    for name in "abcd":
        (tmp_path / f"{name}.jsonl").write_bytes(lines({"text": REPORT}))
    made = shards([str(tmp_path / f"{name}.jsonl") for name in "abcd"], None)
    found = dict(map_shards(deadly, ((s, tmp_path / "x") for s in made), "local", 2))
    told = {shard.label: str(result) for shard, result in found.items()}
    assert "died" in told.pop("b.jsonl") and told == {f"{n}.jsonl": f"{n}.jsonl" for n in "acd"}
