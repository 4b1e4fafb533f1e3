"""Playbooks in, released.yaml out: `python -m luoshi.ledger.playbook.releasing` pins the files that are not yet pinned.

What is pinned stays as it is: a line is taken out by hand, and only before anything was opened under that version.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from .loading import HERE, RELEASED, digest

HEAD = (
    "# Released files, each with the digest of what it says: they are never changed. `playbook.releasing` adds lines.\n"
)


def release(folder: Path = HERE) -> list[str]:
    """Pin what is new; the names of these files. Raises OSError, yaml.YAMLError."""
    path = folder / RELEASED
    pinned: dict[str, str] = (yaml.safe_load(path.read_text("utf-8")) if path.exists() else None) or {}
    files = [each for each in sorted(folder.glob("*.yaml")) if each.name != RELEASED]
    new = {each.name: digest(yaml.safe_load(each.read_text("utf-8"))) for each in files if each.name not in pinned}
    rows = (f"{name}: {pin}\n" for name, pin in sorted({**pinned, **new}.items()))
    path.write_text(HEAD + "".join(rows), "utf-8")
    return list(new)


if __name__ == "__main__":
    print("\n".join(release()))
