"""Build hook: the wheels named in requirements-data.lock come in (checked by hash), the data of the gazetteer goes out.

The wheels are kept in build/wheels, so that a second build asks no network; a stamp of the lock and of what compiles
lets an unchanged build do nothing. Translations are compiled each time.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCK = "requirements-data.lock"
DATA = "src/luoshi/places/data"
COMPILER = "src/luoshi/places/gazetteer"


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Called by hatchling before a wheel, an editable wheel or an sdist is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the data folder unless its stamp says it is that of this lock and this compiler."""
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from luoshi.config.catalogs import compile_catalogs

        compile_catalogs()
        stamp, data = _stamp(root), root / DATA
        if (data / "STAMP").exists() and (data / "STAMP").read_text("utf-8") == stamp:
            return
        wheels = root / "build" / "wheels"
        _fetch(root / LOCK, wheels)
        from luoshi.places.gazetteer.building import build

        build(wheels, data)
        (data / "STAMP").write_text(stamp, "utf-8")


def _stamp(root: Path) -> str:
    folder = root / COMPILER
    sources = sorted(p for p in folder.rglob("*") if p.suffix in (".py", ".yaml"))
    digest = hashlib.sha256((root / LOCK).read_bytes())
    for path in sources:
        digest.update(f"{path.relative_to(folder).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest() + "\n"


def _fetch(lock: Path, wheels: Path, options: Sequence[str] = ()) -> None:
    """Every wheel of the lock in the folder, and no other; pip checks the hashes of what it downloads."""
    wanted = set(re.findall(r"--hash=sha256:([0-9a-f]{64})", lock.read_text("utf-8")))
    wheels.mkdir(parents=True, exist_ok=True)
    for path in sorted(wheels.iterdir()):
        if hashlib.sha256(path.read_bytes()).hexdigest() not in wanted:
            path.unlink()
    if len(list(wheels.iterdir())) == len(wanted):
        return
    command = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--only-binary=:all:", "-r", str(lock), "-d", str(wheels), *options]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        reason = (done.stderr.strip() or done.stdout.strip()).splitlines()[-12:]
        raise SystemExit(
            f"{LOCK}: 地名数据包没有取到，请检查网络或软件源后重试；已有的包可放进 {wheels}"
            f" (the packages with the data of places could not be fetched; see the network or the index)\n"
            + "\n".join(reason)
        )
