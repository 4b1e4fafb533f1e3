"""A checked target in, the addresses that its name stands for now out, none of them inside; to these one connects."""

from __future__ import annotations

import ipaddress
import socket
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, NamedTuple

from .faults import Failed, Refused
from .targets import Target

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
# Where nothing is ever sent, whatever a list says: links (169.254.169.254 and its like hand out the keys of cloud
# machines), metadata of other clouds (Alibaba 100.100.100.200, Oracle 192.0.0.192, Amazon fd00:ec2::254), multicast and
# what is no address of anybody.
NEVER = tuple(
    map(
        ipaddress.ip_network,
        (
            *("169.254.0.0/16", "fe80::/10", "100.100.100.200/32", "192.0.0.0/24", "fd00:ec2::/32"),
            *("224.0.0.0/4", "ff00::/8", "0.0.0.0/8", "::/128", "255.255.255.255/32", "240.0.0.0/4"),
        ),
    )
)
# Inside, though Python calls them global.
INSIDE = tuple(map(ipaddress.ip_network, ("fec0::/10", "192.88.99.0/24", "64:ff9b:1::/48", "2001::/32")))
# IPv6 that carries an IPv4 address, and the bit it begins at: mapped, compatible, NAT64 (RFC 6052), 6to4 (RFC 3056).
CARRYING = tuple(
    (ipaddress.IPv6Network(network), begins)
    for network, begins in (("::ffff:0:0/96", 96), ("::/96", 96), ("64:ff9b::/96", 96), ("2002::/16", 16))
)


class Endpoint(NamedTuple):
    """An address to connect to, as a socket takes it."""

    family: socket.AddressFamily
    at: tuple[Any, ...]


def endpoints(target: Target, seconds: float) -> list[Endpoint]:
    """What the host of a target stands for, looked up once; one address inside is enough to refuse them all.

    Raises:
        Refused: it leads inside.
        Failed: there is no such host, or none was found in time.
    """
    found = looked_up(target.host, target.port, seconds)
    for _, at in found:
        expect_outside(str(at[0]), target)
    return found


def looked_up(host: str, port: int, seconds: float) -> list[Endpoint]:
    """What a name stands for, each address once. Raises Failed.

    A resolver cannot be told how long to take (glibc's takes half a minute where none of three servers answers), so
    that it is asked beside; one that is not waited for any more ends by itself.
    """
    found: SimpleQueue[list[Endpoint] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.put([Endpoint(family, at) for family, _, _, _, at in dict.fromkeys(rows)])
        except Exception as wrong:
            found.put(wrong)

    Thread(target=ask, name="luoshi-looking-up", daemon=True).start()
    try:
        there = found.get(timeout=seconds)
    except Empty:
        raise Failed("timeout") from None
    if isinstance(there, OSError | UnicodeError):
        raise Failed("no_dns")
    if isinstance(there, Exception):
        raise there
    return there


def expect_outside(said: str, target: Target) -> None:
    """Raises Refused of an address inside, unless the list names that very address, or this machine as `localhost`."""
    ip = plain(ipaddress.ip_address(said.split("%")[0]))
    if any(ip in network for network in NEVER):
        raise Refused("never", host=target.host)
    inside = not ip.is_global or any(ip in network for network in INSIDE)
    named = target.literal or (target.host == "localhost" and ip.is_loopback)
    if inside and not named:
        raise Refused("inside", host=target.host)


def plain(ip: IP) -> IP:
    """The IPv4 address that an IPv6 address carries; itself where it carries none."""
    if isinstance(ip, ipaddress.IPv4Address) or ip in (ipaddress.IPv6Address("::"), ipaddress.IPv6Address("::1")):
        return ip
    for network, begins in CARRYING:
        if ip in network:
            return ipaddress.IPv4Address((int(ip) >> (128 - begins - 32)) & 0xFFFFFFFF)
    return ip
