"""A letter made ready in, what became of it out: checked once more, sent, and every fault told as an outcome."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..claiming import Outcome
from ..faults import Failed, Refused
from ..models import Kind
from ..sealing import Secrets
from . import mail, robots, webhook
from .post import Post

log = logging.getLogger("luoshi.delivery")


class Ready(NamedTuple):
    """A letter with all that a thread needs to send it."""

    kind: str
    secrets: Secrets
    post: Post


SENDERS: Mapping[str, Callable[[Secrets, Post], None]] = {
    Kind.MAIL: mail.send,
    Kind.WEBHOOK: webhook.send,
    Kind.DINGTALK: robots.dingtalk,
    Kind.WECOM: robots.wecom,
    Kind.FEISHU: robots.feishu,
}


def send(ready: Ready) -> Outcome:
    """Send a letter; never raises, for a fault of one letter is none of the others."""
    try:
        SENDERS[ready.kind](ready.secrets, ready.post)
    except Refused as refused:
        return Outcome(refused.code, lasting=True)
    except Failed as failed:
        return Outcome(failed.code, failed.lasting)
    except Exception:
        # Where it broke is logged, without the words of the fault: they may hold an address.
        log.exception("a letter could not be sent", extra={"facts": {"key": ready.post.key, "kind": ready.kind}})
        return Outcome("fault")
    return Outcome()
