"""A file in, the same file out that refuses to unpack without end; and the errors that damaged containers raise."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from typing import IO

from luoshi.reading.sources import LARGEST
from luoshi.reading.sources.extract import Unreadable

# A container may unpack to this many times its size, and one report more. Single pages pack to 1/3 to 1/12, pages
# of one site packed together to 1/60; a gigabyte of zeros to 1/1000 and less. Chosen between.
RATIO = 200
# A nested archive is held in memory, not on disk: this many bytes at most.
NESTED = 64 * 1024 * 1024

# Of the reason that a library gives, so many characters are shown: its own words and a glimpse of what it quotes.
LONGEST_REASON = 100

# What the standard library raises for containers that are cut off, damaged or not of their kind.
DAMAGED = (
    *(EOFError, zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile, gzip.BadGzipFile),
    *(NotImplementedError, ValueError, OSError),
)


class Bomb(Unreadable):
    """A container that unpacks to far more than it is."""


class Allowance:
    """How many bytes a container of `size` bytes may still unpack to."""

    def __init__(self, size: int) -> None:
        self.left = RATIO * size + LARGEST

    def spend(self, count: int) -> None:
        """Count unpacked bytes. Raises Bomb."""
        self.left -= count
        if self.left < 0:
            raise Bomb(f"it unpacks to more than {RATIO} times its size; the rest of it was not read")


class Metered(io.RawIOBase):
    """An unpacked file, read forward only, that counts what it gives; `last` is what it gave last."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self.file, self.allowance, self.place = file, Allowance(size), 0
        self.last = b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, count: int = -1) -> bytes:
        """As of a file, of at most NESTED bytes at once. Raises Bomb."""
        if not 0 <= count <= NESTED:
            raise Bomb("a part of it claims to be larger than anything that is read; the rest of it was not read")
        self.last = self.file.read(count)
        return self._spent(self.last)

    def readline(self, most: int | None = -1, /) -> bytes:
        """As of a file. Raises Bomb."""
        return self._spent(self.file.readline(-1 if most is None else most))

    def _spent(self, data: bytes) -> bytes:
        self.place += len(data)
        self.allowance.spend(len(data))
        return data

    def tell(self) -> int:
        return self.place

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        """Forward, by reading; what was passed cannot be had again."""
        if whence != io.SEEK_SET or place < self.place:
            raise OSError("it can only be read forward")
        while self.place < place and self.read(min(place - self.place, 1 << 20)):
            pass
        return self.place

    def close(self) -> None:
        """Close the file below too."""
        self.file.close()
        super().close()


def unpacked(file: IO[bytes], size: int) -> Metered:
    """A file that is packed or not, told by its first bytes, as its unpacked bytes."""
    magic = file.read(6)
    file.seek(0)
    if magic.startswith(b"\x1f\x8b"):
        return Metered(gzip.GzipFile(fileobj=file), size)  # type: ignore[arg-type]
    if magic.startswith(b"BZh"):
        return Metered(bz2.BZ2File(file), size)
    if magic.startswith(b"\xfd7zXZ\0"):
        return Metered(lzma.LZMAFile(file), size)
    return Metered(file, size)


def damage(wrong: Exception) -> str:
    """One line for what a damaged container raised."""
    if isinstance(wrong, Unreadable):
        return str(wrong)
    reason = wrong.strerror if isinstance(wrong, OSError) and wrong.strerror else str(wrong)
    return (
        f"it is damaged or cut off ({_line(reason) or type(wrong).__name__}); what stood before was read, get it anew"
    )


def _line(reason: str) -> str:
    """A reason fit for one line: libraries quote the damaged bytes themselves, whatever they are."""
    shown = "".join(c if c.isprintable() else "?" for c in reason[:LONGEST_REASON])
    return shown if len(reason) <= LONGEST_REASON else f"{shown}…"
