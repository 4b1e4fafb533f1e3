"""A tar archive (also .gz, .bz2, .xz) in, its members out one by one, read forward in constant memory."""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterator
from typing import IO

from .bounds import Metered, unpacked
from .given import Member, too_large


def members(file: IO[bytes], size: int, most: Callable[[str], int]) -> Iterator[Member]:
    """Members in the order of the archive; links and devices are passed over (arguments as of `zips.members`)."""
    with unpacked(file, size) as stream, tarfile.open(fileobj=stream, mode="r:") as archive:
        while (info := archive.next()) is not None:
            # The archive would remember every member it gave.
            archive.members.clear()  # type: ignore[attr-defined]
            if info.isreg() and most(info.name):
                yield _member(archive, info, most(info.name))
        _whole(stream)


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo, most: int) -> Member:
    if info.size > most:
        return Member(info.name, problem=too_large(most))
    file = archive.extractfile(info)
    data = file.read() if file else b""
    if len(data) < info.size:
        raise EOFError(f"{info.name} breaks off")
    return Member(info.name, data)


def _whole(stream: Metered) -> None:
    """An archive ends with a block of zeros or with its file; the library takes any other block for the end."""
    if stream.last.strip(b"\0") or len(stream.last) % tarfile.BLOCKSIZE:
        raise tarfile.ReadError(f"no member begins at byte {stream.tell() - len(stream.last)}")
