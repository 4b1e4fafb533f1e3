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


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A running cluster; its address for LUOSHI_DATABASE."""
    with tempfile.TemporaryDirectory(prefix="luoshi-pg-") as home:
        run_as: dict[str, Any] = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam(SERVER_USER)
            os.chown(home, account.pw_uid, account.pw_gid)
            run_as = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        data, port = f"{home}/data", _free_port()

        def run(*command: str) -> None:
            subprocess.run(command, check=True, cwd=home, stdout=subprocess.DEVNULL, **run_as)

        # C.UTF-8: under C, PostgreSQL sees no letters in Chinese, and its word searches find nothing.
        run(f"{folder}/initdb", "-D", data, "-U", "luoshi", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        listen = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={home}"
        run(f"{folder}/pg_ctl", "-D", data, "-o", listen, "-l", f"{home}/log", "-w", "start")
        try:
            yield f"postgresql://luoshi@127.0.0.1:{port}/postgres"
        finally:
            run(f"{folder}/pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


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
