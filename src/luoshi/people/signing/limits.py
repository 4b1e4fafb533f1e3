"""A request and what it is about in, whether there were too many of the kind out: counted as tries to sign in are.

allauth counts, in the cache that all processes of a machine share; what it offers to others counts no GET.
"""

from __future__ import annotations

from typing import NamedTuple

from allauth.core.internal.ratelimit import consume
from django.http import HttpRequest


class Limit(NamedTuple):
    """So many in so many seconds: of an address of the network, or (`of_key`) of what a key says."""

    action: str
    most: int
    seconds: int
    of_key: bool = False

    @property
    def rate(self) -> str:
        """As allauth writes it."""
        return f"{self.most}/{self.seconds}s/{'key' if self.of_key else 'ip'}"


def within(request: HttpRequest, limit: Limit, key: str = "", *, counted: bool = True) -> bool:
    """Whether there is room for one more; it is counted, unless it is only asked about."""
    taken = consume(
        request,
        app="luoshi",
        action=limit.action,
        config={limit.action: limit.rate},
        key=key,
        dry_run=not counted,
        limit_get=True,
    )
    return taken is not None
