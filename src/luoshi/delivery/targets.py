"""An address that somebody typed and what an office allows in; where to send, checked, out. Looks nothing up."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from .faults import Refused

PORTS = {"https": 443, "http": 80}
# Longer than any address of a gateway, shorter than what servers refuse (RFC 9110 asks for 8000 of them).
LONGEST = 1000
# Letters, digits and hyphens between dots; the last label is never a number, or it is one of the odd ways to write an
# IPv4 address that resolvers take (0x7f.1, 2130706433, 0177.0.0.1).
NAME = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\Z")
NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)\Z")


class Allowed(NamedTuple):
    """What an office allows: schemes, and hosts as `host` (the scheme's own port) or `host:port`."""

    schemes: tuple[str, ...]
    hosts: tuple[str, ...]

    def names(self, host: str, port: int, scheme: str) -> bool:
        """Whether this very host and port are on the list."""
        return any(
            _split(each) in ((host, port), (host, None if port == PORTS[scheme] else port)) for each in self.hosts
        )

    def knows(self, host: str) -> bool:
        """Whether the host is on the list with any port."""
        return any(_split(each)[0] == host for each in self.hosts)


class Target(NamedTuple):
    """Where something may be sent: `path` begins with / and holds the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def literal(self) -> bool:
        """Whether the host is an address and no name: then the list named that very address."""
        return address(self.host) is not None

    @property
    def place(self) -> str:
        """The server, without what may be secret in the path."""
        return f"{self.scheme}://{_bracketed(self.host)}:{self.port}"


def target(said: str, allowed: Allowed) -> Target:
    """Where an address leads.

    Raises:
        Refused: it is none, or not one that the office allows.
    """
    if len(said) > LONGEST or not said.isascii() or re.search(r"[\s\\\x00-\x20\x7f#]", said):
        raise Refused("odd_host" if not said.isascii() else "no_address")
    try:
        parts = urlsplit(said)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise Refused("no_address") from None
    if parts.scheme and (parts.scheme not in PORTS or parts.scheme not in allowed.schemes):
        raise Refused("scheme", schemes="、".join(f"{each}://" for each in allowed.schemes))
    if not parts.scheme or not host:
        raise Refused("no_address")
    if "@" in parts.netloc:
        raise Refused("user_info")
    _expect_plain(host, parts.netloc)
    number = PORTS[parts.scheme] if port is None else port
    if not allowed.knows(host):
        raise Refused("host", host=host)
    if not allowed.names(host, number, parts.scheme):
        raise Refused("port", port=str(number))
    return Target(parts.scheme, host, number, f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}")


def address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that a host is, written as addresses are; None of a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def mail_address(said: str, domains: Iterable[str]) -> str:
    """An address of a mailbox in one of the domains (none: any). Raises Refused."""
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(said)
    except ValidationError:
        raise Refused("mail") from None
    domain, wanted = said.rsplit("@", 1)[1].lower(), tuple(domains)
    if not said.isascii() or (wanted and domain not in wanted):
        raise Refused("mail_domain", host=domain) if said.isascii() else Refused("mail")
    return said


def token(said: str) -> str:
    """What a robot is known by. Raises Refused."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{8,200}", said):
        raise Refused("token")
    return said


def _expect_plain(host: str, netloc: str) -> None:
    """A name, or an address written the one way; `fe80::1%eth0`, `127.1` and the like are neither."""
    if netloc.startswith("["):
        if "%" in host or address(host) is None:
            raise Refused("odd_host")
        return
    if address(host) is None and (not NAME.match(host) or NUMBER.match(host.rsplit(".", 1)[-1])):
        raise Refused("odd_host")


def _split(entry: str) -> tuple[str, int | None]:
    """An entry of the list as host and port."""
    if entry.startswith("["):
        host, _, rest = entry[1:].partition("]")
        return host.lower(), int(rest[1:]) if rest[1:].isdigit() else None
    host, colon, port = entry.rpartition(":")
    if colon and port.isdigit() and ":" not in host:
        return host.lower(), int(port)
    return entry.lower(), None


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
