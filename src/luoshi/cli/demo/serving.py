"""A port in, luoshi's pages served to this machine alone out, until Ctrl-C."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from typing import Any

from django.core.servers.basehttp import get_internal_wsgi_application
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

LOOPBACK = "127.0.0.1"
# One process starts soonest and is enough for somebody trying; several windows ask for their parts at once.
THREADS = 4


class _Pages(BaseApplication):  # type: ignore[misc]
    """gunicorn with the settings given here alone: no file, no variable of its own."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return get_internal_wsgi_application()


def serve(port: int, told: Callable[[], None]) -> None:
    """Serve on loopback, on a free port where `port` is taken; the address is printed when pages can be asked for."""
    from django.db import connections

    free = free_port(port)
    connections.close_all()

    def ready(_: Any) -> None:
        told()
        print(f"\n    http://{LOOPBACK}:{free}/    (Ctrl-C ends it)", flush=True)

    settings = {
        "bind": f"{LOOPBACK}:{free}",
        "workers": 1,
        "threads": THREADS,
        "loglevel": "warning",
        "preload_app": True,
        "when_ready": ready,
        "control_socket_disable": True,
        "post_worker_init": _begin,
    }
    _Pages(settings).run()


def _begin(_: Any) -> None:
    """What goes on beside the pages."""
    for work in (_warm, _tell):
        threading.Thread(target=work, daemon=True).start()


def _tell() -> None:
    """Tell people what happens, as `luoshi deliver --loop` does beside a server."""
    from django.utils import timezone

    from luoshi.delivery.running import deliver

    from ..deliver import steadily

    steadily(lambda: deliver(timezone.now))


def _warm() -> None:
    """Make beforehand what the first report would wait for: the reader's patterns, the directory of units."""
    from django.db import connection

    from luoshi.intake.listing import current_directory
    from luoshi.reading import read

    read("会议要求，市水利局要修好水库。")
    current_directory()
    connection.close()


def free_port(wanted: int) -> int:
    """`wanted`, or where somebody listens there already, one that the system gives."""
    for port in (wanted, 0):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((LOOPBACK, port))
            except OSError:
                continue
            return int(tried.getsockname()[1])
    raise OSError("no free port on this machine")
