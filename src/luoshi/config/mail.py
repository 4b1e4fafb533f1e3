"""The address of a mail server in, Django's settings for it out."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

# Port, whether TLS is there from the beginning, whether it is begun by STARTTLS (RFC 8314 prefers the first).
SCHEMES = {"smtps": (465, True, False), "smtp+tls": (587, False, True), "smtp": (25, False, False)}


def mail_server(said: str) -> dict[str, Any]:
    """Settings for `smtps://USER:PASSWORD@HOST:PORT`, `smtp+tls://…` or `smtp://…`.

    Raises:
        ValueError: it is none, told without repeating it: it may hold a password.
    """
    try:
        parts = urlsplit(said)
        port = parts.port
    except ValueError:
        raise ValueError("is no address of a mail server; special characters in it must be %-encoded") from None
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ValueError(f"is not {', '.join(f'{scheme}://HOST' for scheme in SCHEMES)}")
    usual, secure, begun = SCHEMES[parts.scheme]
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or usual,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": begun,
    }
