"""Log records in, JSON lines without personal data out."""

from __future__ import annotations

import json
import logging
import time
import traceback
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

OURS = "luoshi"
access = logging.getLogger("luoshi.access")


class PlainFacts(logging.Formatter):
    """A line of JSON a record.

    Only our own loggers fill in their words; of others' records the template alone is kept, and of an exception its
    type and the places it came through: their texts may hold what somebody typed, a name or an address.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line: time (UTC), level, logger, message, our own fields, and what was raised where."""
        ours = record.name == OURS or record.name.startswith(f"{OURS}.")
        line: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{record.msecs:03.0f}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if ours else str(record.msg),
        }
        if ours:
            line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[0]:
            line["raised"] = record.exc_info[0].__name__
            line["through"] = [f"{f.filename}:{f.lineno}" for f in traceback.extract_tb(record.exc_info[2])]
        return json.dumps(line, ensure_ascii=False)


def logging_settings(level: str) -> dict[str, Any]:
    """Django's `LOGGING`: everything to standard error, one JSON line a record."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"facts": {"()": PlainFacts}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "facts"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django sends its own to a handler of its own; the root's is enough, and its lines hold addresses.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        },
    }


class AccessLog:
    """Middleware: every answer logged with its route (never the address, which may name somebody), status and time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began, number = time.perf_counter(), uuid.uuid4().hex
        response = self.get_response(request)
        route = request.resolver_match.route if request.resolver_match else None
        took = round((time.perf_counter() - began) * 1000)
        facts = {
            "request": number,
            "method": request.method,
            "route": route,
            "status": response.status_code,
            "ms": took,
        }
        access.info("answered", extra={"facts": facts})
        response["X-Request-ID"] = number
        return response
