"""A command in, its run on a private PostgreSQL out: a cluster made for it on loopback, taken away afterwards.

`python -m tests.postgres -- pytest -m django_db`. Without PostgreSQL's binaries it says so and runs nothing.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin")
# PostgreSQL refuses to run as root; Debian's package makes this user.
SERVER_USER = "postgres"


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl, of the newest version that is there."""
    folders = [p for pattern in PLACES for p in Path("/").glob(pattern.lstrip("/"))]
    folders.sort(key=lambda p: [int(n) for n in p.parent.name.split(".") if n.isdigit()])
    found = next((f for f in reversed(folders) if (f / "initdb").exists()), None)
    on_path = shutil.which("initdb")
    return found or (Path(on_path).resolve().parent if on_path else None)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


class Cluster:
    """A cluster of its own on loopback, in a folder that is taken away afterwards; stopped and started as asked."""

    def __init__(self, folder: Path, home: str, *settings: str) -> None:
        self._folder, self._home = folder, home
        self._run_as: dict[str, Any] = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam(SERVER_USER)
            os.chown(home, account.pw_uid, account.pw_gid)
            self._run_as = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        self.data, port = Path(home, "data"), _free_port()
        # C.UTF-8: under C, PostgreSQL sees no letters in Chinese, and its word searches find nothing.
        made = ("-U", "luoshi", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self._run("initdb", *made)
        own = ("listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={home}", *settings)
        self._options = " ".join(f"-c {setting}" for setting in own)
        self.address = f"postgresql://luoshi@127.0.0.1:{port}/postgres"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._run("pg_ctl", "-o", self._options, "-l", f"{self._home}/log", "-w", "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; `immediate` is as if all its processes had been killed."""
        self._run("pg_ctl", "-m", mode, "-w", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        command = [f"{self._folder}/{program}", "-D", str(self.data), *arguments]
        subprocess.run(command, check=True, cwd=self._home, stdout=subprocess.DEVNULL, **self._run_as)


@contextmanager
def running(folder: Path, *settings: str) -> Iterator[Cluster]:
    """A running cluster, with these settings (`name=value`) beside its own."""
    with tempfile.TemporaryDirectory(prefix="luoshi-pg-") as home:
        made = Cluster(folder, home, *settings)
        made.start()
        try:
            yield made
        finally:
            made.stop()


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A running cluster; its address for LUOSHI_DATABASE."""
    with running(folder) as made:
        yield made.address


def main(command: list[str]) -> int:
    """Run `command` with LUOSHI_DATABASE set; its exit code."""
    folder = binaries()
    if folder is None:
        print("PostgreSQL is not on this machine: its tests are not run (apt-get install postgresql)", file=sys.stderr)
        return 0
    with cluster(folder) as address:
        return subprocess.run(command, env={**os.environ, "LUOSHI_DATABASE": address}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[sys.argv.index("--") + 1 :]))
