"""The answer of a server in; nothing, or why the letter is not there, out. Pure."""

from __future__ import annotations

import json

from ..faults import Failed
from ..transport import Answer

# Asked to come again later (RFC 9110, RFC 6585); every other 4xx is about what was sent, and would be said again.
LATER = frozenset({408, 425, 429})
# What robots say when too much was sent in a minute, or when they are busy: DingTalk 130101 and 410100 (too fast) and
# -1 (busy), WeCom 45009 (too often) and -1, Feishu 11232 (too often).
ROBOT_LATER = frozenset({-1, 130101, 410100, 45009, 11232})
# Where they say it: the first of these that is there; 0 is well.
ROBOT_CODES = ("errcode", "code", "StatusCode")


def expect_taken(answer: Answer) -> None:
    """A status of 2xx. Raises Failed."""
    status = answer.status
    if 200 <= status < 300:
        return
    if 300 <= status < 400:
        raise Failed("redirect", lasting=True)
    if status in LATER:
        raise Failed("busy")
    if 400 <= status < 500:
        raise Failed("said_no", lasting=True)
    raise Failed("server")


def expect_robot_taken(answer: Answer) -> None:
    """2xx, and in its body that all is well: these services answer 200 to what they did not take. Raises Failed."""
    expect_taken(answer)
    try:
        said = json.loads(answer.body)
        code = next(said[name] for name in ROBOT_CODES if name in said)
    except (ValueError, TypeError, StopIteration, RecursionError):
        raise Failed("answer") from None
    if code in ROBOT_LATER:
        raise Failed("busy")
    if code != 0:
        raise Failed("said_no", lasting=True)
