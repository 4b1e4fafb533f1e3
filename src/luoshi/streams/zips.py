"""A ZIP archive in, its members out one by one; nothing is unpacked to disk, a name is only a name."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from .bounds import DAMAGED, RATIO, Allowance, Bomb, damage
from .given import Member, too_large

ENCRYPTED = 0x1
UTF8_NAME = 0x800
# Members below this size are harmless whatever their ratio: a page of blanks is no bomb.
SMALL = 1024 * 1024


def members(file: IO[bytes], size: int, most: Callable[[str], int]) -> Iterator[Member]:
    """Members in the order of the archive's own list, which alone is held in memory.

    Args:
        file: the archive.
        size: its bytes.
        most: how many bytes of a member of this name are read; none for what is passed over.
    """
    allowance = Allowance(size)
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            name = _name(info)
            if not info.filename or info.is_dir() or not most(name):
                continue
            yield _member(archive, info, name, most(name), allowance)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, most: int, allowance: Allowance) -> Member:
    if info.flag_bits & ENCRYPTED:
        return Member(name, problem="it is encrypted; unpack it with its password first")
    if info.file_size > most:
        return Member(name, problem=too_large(most))
    if info.file_size > SMALL and info.file_size > RATIO * info.compress_size:
        return Member(name, problem=f"it unpacks to more than {RATIO} times its size, like a bomb; it was not read")
    try:
        with archive.open(info) as member:
            data = member.read(most + 1)
        allowance.spend(len(data))
    except Bomb:
        raise
    except (*DAMAGED, RuntimeError) as wrong:
        return Member(name, problem=damage(wrong))
    return Member(name, data)


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member; Chinese Windows writes names in gb18030 without saying so."""
    if info.flag_bits & UTF8_NAME:
        return info.filename
    try:
        written = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
