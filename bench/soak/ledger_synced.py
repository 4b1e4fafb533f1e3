"""Acts on SQLite in, whether each was synced to the disk before it was acknowledged, as the kernel was asked, out.

python -m bench.soak.ledger_synced [--acts 40]       needs strace; without it, it says so

Every acknowledgement is a line on standard output. Between the last write into the database's log before it and the
line itself there must be an fdatasync of the log: read off what the process asked of the kernel.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

CALLS = "pwrite64,write,fdatasync,fsync"
# As strace prints them with -y: the call, and the file its first argument is.
CALL = re.compile(r"^(?:\d+ +)?(\w+)\(\d+<([^>]*)>(.*)")
ACK = '"acknowledged'


def main() -> int:
    """Trace a process that acts, and look through what it asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak.ledger_synced")
    parser.add_argument("--acts", type=int, default=40)
    parser.add_argument("--write", action="store_true", help="act, to be looked at")
    asked = parser.parse_args()
    if asked.write:
        return _act(asked.acts)
    if shutil.which("strace") is None:
        print("strace is not on this machine: left out")
        return 0
    with tempfile.TemporaryDirectory(prefix="luoshi-synced-") as home:
        trace = Path(home, "trace")
        command = [sys.executable, "-m", "bench.soak.ledger_synced", "--write", "--acts", str(asked.acts)]
        env = {**os.environ, "LUOSHI_HOME": home, "LUOSHI_DATABASE": ""}
        strace = ["strace", "-f", "-y", "-e", f"trace={CALLS}", "-o", str(trace)]
        subprocess.run([*strace, *command], env=env, stdout=subprocess.DEVNULL, check=True)
        acknowledged, unsynced = looked_through(trace.read_text("utf-8", "replace").splitlines())
    print(f"sqlite: {acknowledged} acts acknowledged, {unsynced} of them before they were synced")
    return 1 if unsynced or acknowledged != asked.acts else 0


def looked_through(trace: Iterable[str]) -> tuple[int, int]:
    """How many were acknowledged, and of how many the log was written and not synced, or not written at all."""
    acknowledged = unsynced = 0
    written = synced = False
    for line in trace:
        found = CALL.match(line)
        if found is None:
            continue
        call, path, rest = found.groups()
        if path.endswith("-wal"):
            written, synced = (True, False) if "write" in call else (written, True)
        elif call == "write" and ACK in rest:
            acknowledged += 1
            unsynced += not (written and synced)
            written = synced = False
    return acknowledged, unsynced


def _act(count: int) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from tests.ledger.office import office, open_task

    from luoshi.ledger.actions import act

    from .ledger_writers import BEGAN

    call_command("migrate", verbosity=0)
    there = office()
    item = open_task(there["city"], now=BEGAN).item
    for number in range(count):
        fields = {"instruction": f"第{number}次批示"}
        act(there["city"], item, "instruct", fields=fields, expected=number + 1, now=BEGAN)
        os.write(1, b"acknowledged\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
