"""Answers in, real servers on loopback out that give them: HTTP in threads, SMTP by aiosmtpd; what they were sent, kept."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from aiosmtpd.controller import Controller

# What stands in an answer's place: nothing is said until the other side goes away.
HANG = -1
# A byte of the answer from time to time, and never the end of it.
DRIP = -2


class Got(NamedTuple):
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Gateway:
    """An HTTP server that answers as told, in turn; the last answer is given again and again."""

    answers: list[tuple[int, bytes]] = field(default_factory=lambda: [(200, b"{}")])
    got: list[Got] = field(default_factory=list)
    port: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def next(self, got: Got) -> tuple[int, bytes]:
        self.got.append(got)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def gateway(*answers: int | tuple[int, bytes]) -> Iterator[Gateway]:
    """A gateway that gives these answers; a status alone has a body that says nothing."""
    made = Gateway()
    if answers:
        made.answers = [(each, b"{}") if isinstance(each, int) else each for each in answers]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, said = made.next(Got(self.path, dict(self.headers.items()), body))
            if status == HANG:
                made.over.wait()
            elif status == DRIP:
                _drip(self.wfile, made.over)
            else:
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", said.decode())
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

        do_GET = do_POST

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _drip(out: Any, over: threading.Event) -> None:
    try:
        out.write(b"HTTP/1.1 200 OK\r\n")
        while not over.wait(0.05):
            out.write(b"X")
            out.flush()
    except OSError:
        return


@dataclass
class Mailbox:
    """What an SMTP server was sent, and what it says to each in turn: a line of SMTP, HANG, or None to take it."""

    says: list[str | int | None] = field(default_factory=list)
    got: list[Message] = field(default_factory=list)
    port: int = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.got.append(message_from_bytes(envelope.content))
        said = self.says.pop(0) if self.says else None
        if said == HANG:
            await asyncio.sleep(60)
        return said if isinstance(said, str) else "250 OK"


@contextmanager
def mailbox(*says: str | int | None) -> Iterator[Mailbox]:
    """An SMTP server."""
    made = Mailbox(list(says))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        made.port = free.getsockname()[1]
    controller = Controller(made, hostname="127.0.0.1", port=made.port)
    controller.start()
    try:
        yield made
    finally:
        controller.stop()


@contextmanager
def silent() -> Iterator[int]:
    """The port of a server that takes a connection and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(5)
        yield listening.getsockname()[1]


def wait_for(done: Callable[[], bool], seconds: float = 10) -> None:
    """Until something is so."""
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until
        time.sleep(0.01)


def keys(got: Sequence[Got]) -> list[str]:
    """What receivers count by."""
    return [each.headers["Idempotency-Key"] for each in got]
