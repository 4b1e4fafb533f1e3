"""Addresses and secrets of a channel in, sealed for the database out, and back: Fernet under the secret key.

The key is derived from Django's SECRET_KEY, which is kept apart from the database and from backups; where that key
is changed with the old one among SECRET_KEY_FALLBACKS, what was sealed under the old one is still read.
"""

from __future__ import annotations

import base64
import json
from typing import NamedTuple

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
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
    return _keys().encrypt(json.dumps(secrets).encode()).decode("ascii")


def unseal(sealed: str) -> Secrets:
    """What was sealed.

    Raises:
        Failed: it was sealed under another key, or changed.
    """
    try:
        return Secrets(*json.loads(_keys().decrypt(sealed.encode("ascii"))))
    except InvalidToken:
        raise Failed("sealed", lasting=True) from None


def _keys() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    derived = (HKDF(hashes.SHA256(), 32, None, PURPOSE).derive(str(key).encode()) for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])
