"""A zipped document (DOCX, XLSX, OFD) in, its members out, never more bytes than a report may unfold to."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from .extract import Unreadable

# A member is XML of text: the longest reports measured unfold to 20 MB; three times that is still read.
LARGEST_MEMBER = 64 * 1024 * 1024
# What is read of one document in all. Pictures and fonts are never read, so they do not count.
LARGEST_WHOLE = 128 * 1024 * 1024
_ENCRYPTED = 0x1
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the only two that the standards of these formats allow


class Archive:
    """Members of a zipped document by name; what is said of their size is held to while they unfold."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise Unreadable("the file is cut off or damaged; get it anew") from None
        self._members = {info.filename: info for info in self._zip.infolist()}
        self._read = 0

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def names(self) -> list[str]:
        """Names of the members as they stand in the file."""
        return list(self._members)

    def bound(self, suffixes: tuple[str, ...]) -> None:
        """Hold members with these suffixes to the bounds together, for readers that unfold them on their own."""
        total = 0
        for name, info in self._members.items():
            if name.lower().endswith(suffixes):
                self._admit(info)
                total += info.file_size
        if total > LARGEST_WHOLE:
            raise Unreadable(_too_large("it", total, LARGEST_WHOLE))

    def read(self, name: str) -> bytes:
        """The bytes of one member. Raises Unreadable, also when it is not there."""
        info = self._members.get(name)
        if info is None:
            raise Unreadable(f"the file is damaged: it has no {_shown(name)}; save it anew")
        self._admit(info)
        self._read += info.file_size
        if self._read > LARGEST_WHOLE:
            raise Unreadable(_too_large("it", self._read, LARGEST_WHOLE))
        try:
            with self._zip.open(info) as member:
                return member.read(LARGEST_MEMBER)  # zipfile gives no more than the size that was admitted
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
            raise Unreadable(f"the file is damaged at {_shown(name)}; get it anew") from None

    def _admit(self, info: zipfile.ZipInfo) -> None:
        if info.flag_bits & _ENCRYPTED:
            raise Unreadable("the file is encrypted; open it with its password and save it without")
        if info.compress_type not in _PLAIN:
            raise Unreadable(f"the file is packed in a way its format does not know, at {_shown(info.filename)}")
        if info.file_size > LARGEST_MEMBER:
            raise Unreadable(_too_large(_shown(info.filename), info.file_size, LARGEST_MEMBER))


def beside(member: str, target: str) -> str:
    """The member that a target names, seen from another member: `/x` from the top, `x` from its folder."""
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(member), target)).lstrip("/")


def _too_large(what: str, size: int, most: int) -> str:
    return (
        f"{what} unfolds to {size / 1048576:.0f} MB, more than the {most // 1048576} MB of any report; split it first"
    )


def _shown(name: str) -> str:
    """The name of a member, fit for one line of a message."""
    return "".join(c if c.isprintable() else "?" for c in name[:60])
