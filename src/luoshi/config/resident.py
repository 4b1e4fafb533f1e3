"""Django's application in; out with all that it is made of loaded, and passed over by the garbage collector."""

from __future__ import annotations

import gc

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver


def resident() -> WSGIHandler:
    """What a server serves; its pages are loaded before the first of them is asked for."""
    application = get_wsgi_application()
    _ = get_resolver().url_patterns
    settle()
    return application


def settle() -> None:
    """What is loaded now stays until the end: the garbage collector looks through what comes after alone. Looking
    through all of it, more than a hundred thousand things, takes some fifty milliseconds, and falls into somebody's
    act (bench/ledger.py)."""
    gc.collect()
    gc.freeze()
