"""Bytes in, kept on the disk under the hash of their content, once; a hash in, the same bytes out.

They lie in MEDIA_ROOT/originals/ab/…; nothing there is ever changed.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from .synced import synced


class Lost(Exception):
    """The bytes of a report are not there any more, or not those that were kept."""


def keep(data: bytes) -> str:
    """Keep bytes; their sha256. They are on the disk when this returns; a second time nothing is written.

    Raises:
        OSError: the disk is full or cannot be written.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256)
    if _is_whole(path, len(data)):
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    finally:
        Path(beside).unlink(missing_ok=True)
    for folder in (path.parent, path.parent.parent):
        synced(folder)
    return sha256


def fetch(sha256: str) -> bytes:
    """The bytes that were kept under a hash.

    Raises:
        Lost: they are gone, or others stand in their place.
    """
    try:
        data = path_of(sha256).read_bytes()
    except OSError as wrong:
        raise Lost(_("原件 %(hash)s 读不到（%(why)s）。") % {"hash": sha256[:12], "why": wrong.strerror}) from wrong
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Lost(_("原件 %(hash)s 已损坏，请从备份恢复。") % {"hash": sha256[:12]})
    return data


def path_of(sha256: str) -> Path:
    """Where the bytes of a hash lie."""
    return Path(settings.MEDIA_ROOT) / "originals" / sha256[:2] / sha256


def _is_whole(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size
