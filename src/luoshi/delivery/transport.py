"""A checked target, headers and a body in, what the server answered out: one POST, no redirects, a limit of time."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import NamedTuple

from .addresses import Endpoint, endpoints
from .faults import Failed
from .targets import Target

# Seconds for a whole send, looking up, connecting and answer included: services in reach answer in one or two, and a
# gateway that takes longer than ten is as good as down.
SECONDS = 10.0
# Of an answer, as much is read: what services say of an error is below a thousand bytes.
READ = 65_536


class Answer(NamedTuple):
    """What a server said."""

    status: int
    body: bytes


def post(target: Target, body: bytes, headers: Mapping[str, str], seconds: float = SECONDS) -> Answer:
    """Send, to the very addresses that were checked.

    Raises:
        Refused: the host leads inside.
        Failed: it could not be sent, or took too long.
    """
    until = time.monotonic() + seconds
    try:
        with _connected(target, endpoints(target, seconds), until) as sock, cut_off(sock, until):
            answer = _exchange(target, sock, body, headers)
        # What was cut off may look like the end of a short answer.
        if time.monotonic() >= until:
            raise TimeoutError
        return answer
    except ssl.SSLError as wrong:
        raise Failed("timeout" if time.monotonic() >= until else "tls") from wrong
    except TimeoutError as wrong:
        raise Failed("timeout") from wrong
    except (OSError, http.client.HTTPException, ValueError) as wrong:
        raise Failed("timeout" if time.monotonic() >= until else "unreachable") from wrong


@contextmanager
def cut_off(sock: socket.socket, until: float) -> Iterator[None]:
    """End a connection at a moment of the monotonic clock, whatever is being read: a server that sends a byte from time
    to time never lets a time limit of the socket pass."""
    timer = threading.Timer(max(until - time.monotonic(), 0), end, (sock,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def end(sock: socket.socket) -> None:
    """End a connection from another thread; of a TLS socket the one below, so that its reader sees the end."""
    with suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


@contextmanager
def _connected(target: Target, found: list[Endpoint], until: float) -> Iterator[socket.socket]:
    sock = _first(found, until)
    try:
        if target.scheme == "https":
            # The handshake is made later, when the connection is already cut off in time.
            context = ssl.create_default_context()
            sock = context.wrap_socket(sock, server_hostname=target.host, do_handshake_on_connect=False)
        yield sock
    finally:
        sock.close()


def _first(found: list[Endpoint], until: float) -> socket.socket:
    """The first address that answers; each gets an equal part of the time that is left."""
    wrong: OSError = OSError("no address")
    for number, (family, at) in enumerate(found):
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.settimeout(max((until - time.monotonic()) / (len(found) - number), 0.1))
        try:
            sock.connect(at)
            sock.settimeout(max(until - time.monotonic(), 0.1))
            return sock
        except OSError as error:
            wrong = error
            sock.close()
    raise wrong


def _exchange(target: Target, sock: socket.socket, body: bytes, headers: Mapping[str, str]) -> Answer:
    if isinstance(sock, ssl.SSLSocket):
        sock.do_handshake()
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = sock
    connection.request("POST", target.path, body, {"Connection": "close", **headers})
    answer = connection.getresponse()
    return Answer(answer.status, answer.read(READ))
