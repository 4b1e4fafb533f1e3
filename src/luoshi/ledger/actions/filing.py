"""A stream of bytes and a name in, a file kept under the hash of its content out, or one line on why it is not taken.

Files lie beside the database in MEDIA_ROOT/evidence; a page gives one out only as an attachment.
"""

from __future__ import annotations

import hashlib
import os
import time
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, NamedTuple

from django.conf import settings
from django.http import FileResponse

from luoshi.documents.synced import synced

from ..machine import Fault
from ..machine.filling import SHA256
from ..models import Evidence
from .refused import LedgerUnavailable, Refused
from .sniffing import EXTENSIONS, kind_of

# A file begun and never finished is of a process that ended; no upload takes a day.
FORGOTTEN = 24 * 3600
# As long as file systems and Windows take with room for what a browser adds; in characters.
LONGEST_NAME = 120


class File(NamedTuple):
    """A file that is kept: made by `keep` alone, never from what a form says, or one could claim another's by hash."""

    sha256: str
    media_type: str
    size: int
    name: str


def keep(stream: Iterable[bytes], name: str) -> File:
    """Keep a file under the hash of its content, on the disk when this returns; the same content lies there once.

    What is over the limit (LUOSHI_EVIDENCE_MB) ends while it comes in, so that neither memory nor disk hold it.

    Raises:
        Refused: too large, empty, of a kind that is not taken, or not what its name says.
        LedgerUnavailable: the disk is full or cannot be written.
    """
    try:
        folder = _folder()
        _forget(folder)
        with NamedTemporaryFile(dir=folder / "incoming", delete=False) as file:
            try:
                return _kept(file, stream, name, folder)
            finally:
                Path(file.name).unlink(missing_ok=True)
    except OSError as error:
        raise LedgerUnavailable("evidence", error) from error


def path_of(sha256: str) -> Path:
    """Where the bytes of a hash lie.

    Raises:
        ValueError: it is none; a row that somebody else wrote does not lead out of the folder.
    """
    if not SHA256.fullmatch(sha256):
        raise ValueError(f"{sha256[:80]!r} is no SHA-256")
    return Path(settings.MEDIA_ROOT) / "evidence" / sha256[:2] / sha256


def drop(sha256: str) -> None:
    """Take the bytes of a hash away; nothing where they are gone."""
    path_of(sha256).unlink(missing_ok=True)
    with suppress(FileNotFoundError):
        synced(path_of(sha256).parent)


def attachment(evidence: Evidence) -> FileResponse:
    """The file to be saved, never shown: no kind of file can act as a page of ours.

    Raises:
        Refused: it was erased, or its bytes are gone.
    """
    path = path_of(evidence.sha256)
    if evidence.erased_at or not path.exists():
        raise Refused((Fault("no_file", "evidence"),))
    extension = EXTENSIONS[evidence.media_type][0]
    stem = evidence.name or evidence.sha256[:12]
    name = stem if stem.lower().endswith(EXTENSIONS[evidence.media_type]) else f"{stem}{extension}"
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=evidence.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def safe_name(name: str) -> str:
    """The last part of a name without what acts on whoever reads it: paths, controls, signs that turn text round."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    stem, dot, extension = shown.strip(". ").rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{extension[:10]}" if dot else extension[:LONGEST_NAME]


def _kept(file: IO[bytes], stream: Iterable[bytes], name: str, folder: Path) -> File:
    digest, size = _write(file, stream)
    media_type = kind_of(file, name)
    file.flush()
    os.fsync(file.fileno())
    place = folder / digest[:2] / digest
    if not place.exists():
        place.parent.mkdir(mode=0o700, exist_ok=True)
        os.replace(file.name, place)  # noqa: PTH105 (the file is open under its old name)
        synced(place.parent)
        synced(folder)
    return File(digest, media_type, size, safe_name(name))


def _write(file: IO[bytes], stream: Iterable[bytes]) -> tuple[str, int]:
    limit = settings.LUOSHI_EVIDENCE_MB * 1024 * 1024
    digest, size = hashlib.sha256(), 0
    for chunk in stream:
        size += len(chunk)
        if size > limit:
            raise Refused((Fault("too_large", "evidence", {"limit": str(settings.LUOSHI_EVIDENCE_MB)}),))
        digest.update(chunk)
        file.write(chunk)
    if not size:
        raise Refused((Fault("empty_file", "evidence"),))
    return digest.hexdigest(), size


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "evidence"
    (folder / "incoming").mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _forget(folder: Path) -> None:
    """Take away what a process left behind that ended while a file came in."""
    for path in (folder / "incoming").iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - FORGOTTEN:
                path.unlink()
