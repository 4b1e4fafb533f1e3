"""The fields of a line in, the row it was written from out."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any
from uuid import UUID

from ..actions.sniffing import EXTENSIONS
from ..chain.sealing import RootLine, of_object
from ..machine.filling import SHA256
from ..models import Event, Evidence, Root, Text

Fields = dict[str, Any]
# As large as numbers of both databases.
LARGEST = 2**63
MOMENTS = ("occurred_at", "recorded_at")


def event_of(fields: Fields) -> Event:
    """Raises ValueError, KeyError or TypeError where it is no event."""
    said = dict(fields["event"])
    ids = {"id": UUID(said.pop("id")), "item_id": UUID(said.pop("item"))}
    moments = {name: moment(said.pop(name)) for name in MOMENTS}
    return Event(**said, **ids, **moments, hash=fields["hash"], request=fields["request"])


def text_of(fields: Fields) -> Text:
    """Raises ValueError where it is no text."""
    return Text(
        event_id=UUID(fields["event"]),
        field=fields["field"],
        subject=fields["subject"],
        words=fields["words"],
        salt=bytes.fromhex(fields["salt"]) if fields["salt"] is not None else None,
        erased_by_id=UUID(fields["erased_by"]) if fields["erased_by"] else None,
    )


def file_of(fields: Fields) -> Evidence:
    """Raises ValueError where it is no file that `keep` could have made: what it says becomes a path and a header."""
    if not SHA256.fullmatch(fields["sha256"]):
        raise ValueError("sha256 should be 64 hexadecimal characters")
    if fields["media_type"] not in EXTENSIONS:
        raise ValueError(f"{fields['media_type'][:40]} is no kind of file that is taken")
    if any(unicodedata.category(c)[0] == "C" for c in fields["name"]):
        raise ValueError("no file has this name")
    if not 0 <= fields["size"] < LARGEST:
        raise ValueError("no file is of this size")
    return Evidence(
        item_id=UUID(fields["item"]),
        **{name: fields[name] for name in ("sha256", "media_type", "size", "name", "subject")},
        brought_at=moment(fields["brought_at"]),
        erased_at=moment(fields["erased_at"]) if fields["erased_at"] else None,
    )


def root_of(fields: Fields) -> Root:
    """Raises ValueError where it is no root, or was changed."""
    line: RootLine = of_object(fields["root"])
    said = {**line._asdict(), "day": datetime.fromisoformat(line.day).date(), "sealed_at": moment(line.sealed_at)}
    return Root(**said, seal=line.seal)


def moment(said: str) -> datetime:
    """Raises ValueError where it is none, or names no time zone."""
    found = datetime.fromisoformat(said)
    if found.tzinfo is None:
        raise ValueError(f"{said} names no time zone")
    return found
