"""Files of a form in, the files kept out, with tokens by which they survive a form that was refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.core import signing
from django.http import HttpRequest

from luoshi.ledger.actions import File, Refused, keep
from luoshi.ledger.playbook import Move

from .nouns import Wrong

SALT = "luoshi.desk.files"
# A form that was refused is sent again the same week, or begun anew.
LASTING = 7 * 24 * 3600
# As many as a form takes at once (machine.filling.MOST_FILES), and some, so that the door says what is too many.
MOST = 60


class Kept(NamedTuple):
    """A file that is kept, of a kind, with the token that says so in a form: nobody claims a file by its hash."""

    kind: str
    file: File
    token: str


def files_of(request: HttpRequest, move: Move, user: int, wrong: Wrong) -> tuple[Kept, ...]:
    """The files of a form: those kept before, but those that were taken off, and new ones, which are kept now.

    What a file is refused for is noted under its kind; the others are kept.

    Raises:
        LedgerUnavailable: the disk does not take them.
    """
    dropped = set(request.POST.getlist("dropped"))
    found = {kept.token: kept for kept in _before(request, user) if kept.token not in dropped}
    for kind in move.evidence.kinds:
        for upload in request.FILES.getlist(f"evidence-{kind}")[:MOST]:
            try:
                kept = _kept(kind, keep(upload.chunks(), upload.name or ""), user)
                found.setdefault(kept.token, kept)
            except Refused as refused:
                said = f"{(upload.name or '')[:60]}：{refused}" if upload.name else str(refused)
                wrong.setdefault(f"evidence-{kind}", []).append(said)
    return tuple(found.values())


def _before(request: HttpRequest, user: int) -> Iterator[Kept]:
    for token in request.POST.getlist("kept")[:MOST]:
        try:
            owner, kind, *file = signing.loads(token, salt=SALT, max_age=LASTING)
            if owner == user:
                yield Kept(kind, File(*file), token)
        except (signing.BadSignature, ValueError, TypeError):
            continue


def _kept(kind: str, file: File, user: int) -> Kept:
    return Kept(kind, file, signing.dumps([user, kind, *file], salt=SALT, compress=True))
