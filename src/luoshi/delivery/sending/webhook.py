"""A letter in, a signed POST of JSON without personal data out, its key beside it so that it counts once.

The receiver computes HMAC-SHA256 of `<timestamp>.<body>` under the secret it was given, and refuses what is old.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time

from ..offering import webhook
from ..sealing import Secrets
from ..transport import post
from .judging import expect_taken
from .post import Post


def send(secrets: Secrets, letter: Post) -> None:
    """POST it. Raises Refused, Failed."""
    moment, body = str(int(time.time())), payload(letter)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "luoshi",
        "Idempotency-Key": letter.key,
        "X-Luoshi-Timestamp": moment,
        "X-Luoshi-Signature": f"sha256={signature(secrets.secret, moment, body)}",
    }
    expect_taken(post(webhook(secrets.target), body, headers))


def payload(letter: Post) -> bytes:
    """The body: the same bytes at each try."""
    said = {"id": letter.key, "messages": [line.plain for line in letter.lines]}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def signature(secret: str, moment: str, body: bytes) -> str:
    """What the receiver compares, as hexadecimal digits."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
