"""Addresses and secrets of a channel in, sealed for the database out, and back: Fernet under the secret key.

The key is derived from Django's SECRET_KEY, which is kept apart from the database and from backups; where that is
changed, what was sealed is lost, and its owner is told to enter it again.
"""

from __future__ import annotations

import base64
import json
from typing import NamedTuple

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from .faults import Failed

# What the key is for, so that no other use of the secret key ever has the same one (RFC 5869, 3.2).
PURPOSE = b"luoshi delivery channels 1"


class Secrets(NamedTuple):
    """Where a channel leads: an address or token, and what its letters are signed with."""

    target: str
    secret: str = ""


def seal(secrets: Secrets) -> str:
    """Sealed: unreadable and unchangeable without the key."""
    return _key().encrypt(json.dumps(secrets).encode()).decode("ascii")


def unseal(sealed: str) -> Secrets:
    """What was sealed.

    Raises:
        Failed: it was sealed under another key, or changed.
    """
    try:
        return Secrets(*json.loads(_key().decrypt(sealed.encode("ascii"))))
    except InvalidToken:
        raise Failed("sealed", lasting=True) from None


def _key() -> Fernet:
    derived = HKDF(hashes.SHA256(), 32, None, PURPOSE).derive(str(settings.SECRET_KEY).encode())
    return Fernet(base64.urlsafe_b64encode(derived))
