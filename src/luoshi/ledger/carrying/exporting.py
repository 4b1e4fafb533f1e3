"""The ledger in, its lines out: all that cannot be made from something else, so neither rows of items nor numbers."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from uuid import UUID

from django.db import connection
from django.db.models import Q

from luoshi.people.models import Post

from ..chain import instant
from ..chain.sealing import RootLine
from ..models import Event, Evidence, Item, Leaf, Root, Text
from ..proving.events import header_of
from ..proving.sealing import line_of
from ..proving.snapshot import snapshot
from ..proving.streams import CHUNK, Beside
from .lines import FORMAT, sealed, written


def export() -> Generator[str, None, None]:
    """The lines of the whole ledger, as it is at one moment: posts that are named, then each item's events, words and
    files, then roots and their leaves. The bytes of files are not in it (`luoshi backup`); words of people are."""
    with snapshot(connection):
        yield from sealed(_lines())


def _lines() -> Iterator[str]:
    yield written("ledger", format=FORMAT)
    yield from _posts()
    texts: Beside[UUID] = Beside(_texts())
    files: Beside[UUID] = Beside(_files())
    item = None
    for event in Event.unguarded.order_by("item", "sequence").iterator(CHUNK):
        if item is not None and event.item_id != item:
            yield from _beside(item, texts, files)
        item = event.item_id
        yield written("event", event=header_of(event).plain(), hash=event.hash, request=event.request)
    if item is not None:
        yield from _beside(item, texts, files)
    yield from _roots()


def _beside(item: UUID, texts: Beside[UUID], files: Beside[UUID]) -> Iterator[str]:
    for each in (texts, files):
        yield from (line for _, line in each.of(item))


def _posts() -> Iterator[str]:
    """Posts that are named, as what they must be where the ledger is brought to: events hold their ids."""
    acted = Event.unguarded.filter(actor_kind="post").values_list("actor", flat=True).distinct()
    ids = {int(actor) for actor in acted if actor.isdecimal()}
    rows = Item.unguarded.filter(Q(verifier__isnull=False) | Q(opened_by__isnull=False))
    ids |= {pk for pair in rows.values_list("verifier", "opened_by").distinct() for pk in pair if pk}
    for post in Post.unguarded.filter(pk__in=ids).select_related("unit").order_by("pk"):
        yield written("post", id=post.pk, unit=post.unit.key, role=post.role)


def _texts() -> Iterator[tuple[UUID, str]]:
    found = Text.unguarded.select_related("event").order_by("event__item", "event__sequence", "field")
    for text in found.iterator(CHUNK):
        salt = bytes(text.salt).hex() if text.salt is not None else None
        erased_by = str(text.erased_by_id) if text.erased_by_id else None
        said = {"field": text.field, "subject": text.subject, "words": text.words}
        yield text.event.item_id, written("text", event=str(text.event_id), salt=salt, erased_by=erased_by, **said)


def _files() -> Iterator[tuple[UUID, str]]:
    for file in Evidence.unguarded.order_by("item", "sha256").iterator(CHUNK):
        plain = {name: getattr(file, name) for name in ("sha256", "media_type", "size", "name", "subject")}
        erased_at = instant(file.erased_at) if file.erased_at else None
        moments = {"brought_at": instant(file.brought_at), "erased_at": erased_at}
        yield file.item_id, written("file", item=str(file.item_id), **plain, **moments)


def _roots() -> Iterator[str]:
    for root in Root.objects.order_by("number"):
        line: RootLine = line_of(root)
        yield written("root", root={**line._asdict(), "seal": root.seal})
        for index, event in Leaf.objects.filter(root=root).order_by("index").values_list("index", "event").iterator():
            yield written("leaf", root=root.number, index=index, event=str(event))
