"""The environment in, the key that signs sessions out: given, or made once and kept on a laptop."""

from __future__ import annotations

import os
import secrets

from .environment import Environment

# 64 bytes of randomness print as 86 characters, above the fifty that Django's check asks for.
RANDOM_BYTES = 64


def secret_key(environment: Environment) -> str:
    """The key given; on a laptop without one, the key in `home/secret.key`, made when it is not there.

    Raises:
        OSError: `home` cannot be written.
    """
    if environment.secret_key:
        return environment.secret_key.get_secret_value()
    path = environment.home / "secret.key"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text("ascii")
    key = secrets.token_urlsafe(RANDOM_BYTES)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)
    return key
