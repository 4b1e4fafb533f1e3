"""A form that was sent in, whether it was sent before and what came of it out: sent twice, it is done once."""

from __future__ import annotations

import uuid

from django.contrib.sessions.backends.base import SessionBase

SESSION = "sent"
# Forms of one session that are remembered: more than anybody has open at a time.
KEPT = 20


def new() -> str:
    """An id for a form that is about to be shown."""
    return uuid.uuid4().hex


def before(session: SessionBase, form: str) -> str | None:
    """Where the form led when it was sent before."""
    address: str | None = session.get(SESSION, {}).get(form)
    return address


def done(session: SessionBase, form: str, address: str) -> None:
    """Remember where a form led."""
    if form:
        newest = list(session.get(SESSION, {}).items())[-(KEPT - 1) :]
        session[SESSION] = dict([*newest, (form[:40], address)])
