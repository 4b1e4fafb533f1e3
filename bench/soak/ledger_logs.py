"""A database in, how far its log was synced when it acknowledged, and where in which file that is, out."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

# The header of SQLite's write-ahead log and of each frame in it (sqlite.org/fileformat2.html, 4.1 and 4.2).
HEADER, FRAME = 32, 24
# The header of its index in shared memory (sqlite.org/walformat.html, 2.1): frames that are valid, and the salts.
FRAMES, SALTS = slice(16, 20), slice(32, 40)
# A segment of PostgreSQL's log.
SEGMENT = 16 * 1024 * 1024


def synced() -> tuple[str, int]:
    """SQLite: the salts of the log and the frames in it that are valid, which are those synced before they became so
    (with synchronous=FULL); read from shared memory, as every reader of the database does."""
    index = Path(f"{settings.DATABASES['default']['NAME']}-shm").read_bytes()[:48]
    return index[SALTS].hex(), struct.unpack("=I", index[FRAMES])[0]


def end(mark: Any, header: bytes) -> int:
    """The byte behind those frames; 0 where the log was begun anew since, which is done when the file has it all."""
    salts, frames = mark
    size = struct.unpack(">I", header[8:12])[0]
    return HEADER + frames * (FRAME + size) if header[16:24].hex() == salts else 0


def flushed() -> str:
    """PostgreSQL: how far its log was synced, after the commit was acknowledged."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_flush_lsn()")
        return str(cursor.fetchone()[0])


def position(mark: str) -> int:
    """The byte of the log that `0/15D68C8` stands for."""
    high, _, low = mark.partition("/")
    return (int(high, 16) << 32) + int(low, 16)


def segment(data: Path, mark: str) -> tuple[Path, int]:
    """The file and the byte in it of a position of the log."""
    at = position(mark)
    number = at // SEGMENT
    per_high = 0x1_0000_0000 // SEGMENT
    return data / "pg_wal" / f"00000001{number // per_high:08X}{number % per_high:08X}", at % SEGMENT
