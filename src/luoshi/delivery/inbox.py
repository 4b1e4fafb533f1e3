"""A reader in; their messages, newest first, and how many are unread, out."""

from __future__ import annotations

from typing import NamedTuple

from luoshi.ledger.models import Item
from luoshi.people.models import User
from luoshi.people.scope import Scope

from .models import Message

# Messages of a page: as many as one looks through.
PAGE = 50
# Counted up to here: beyond it one knows that there are many.
SAID = 99


class Page(NamedTuple):
    """Messages, the items among them that their reader still sees, and where the next page begins (0: nowhere)."""

    messages: list[Message]
    in_sight: frozenset[object]
    next: int


def messages(user: User, scope: Scope, *, before: int | None = None, unread: bool = False) -> Page:
    """A page of somebody's messages; two queries. What a message is about may have gone out of sight since."""
    rows = Message.unguarded.filter(user=user).select_related("event", "item")
    rows = rows.filter(pk__lt=before) if before else rows
    rows = rows.filter(read_at__isnull=True) if unread else rows
    found = list(rows.order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    items = {message.item_id for message in shown}
    seen = Item.seen.among(scope, items).values_list("pk", flat=True) if items else ()
    return Page(shown, frozenset(seen), shown[-1].pk if len(found) > PAGE else 0)


def unread(user: User) -> int:
    """How many messages somebody has not read, up to SAID and one; one query of an index."""
    rows = Message.unguarded.filter(user=user.pk, read_at__isnull=True).order_by()
    return rows.values("pk")[: SAID + 1].count()
