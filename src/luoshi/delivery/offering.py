"""The settings of an office in, the ways to be told that it offers, and what each takes, out."""

from __future__ import annotations

from django.conf import settings

from .addresses import expect_outside
from .models import Kind
from .targets import Allowed, Target, mail_address, target, token

# Where robots listen; who chooses one gives a token alone, so that nothing else can be reached through it.
ROBOTS = {Kind.DINGTALK: "oapi.dingtalk.com", Kind.WECOM: "qyapi.weixin.qq.com", Kind.FEISHU: "open.feishu.cn"}


def offered() -> tuple[str, ...]:
    """The kinds of channels that this office has switched on, in the order of pages."""
    return tuple(kind for kind in Kind.values if kind in settings.LUOSHI_CHANNELS)


def allowed(kind: str) -> Allowed:
    """Where letters of a kind may go: as the settings say, and for a robot the host of its service by https."""
    robots = (ROBOTS[Kind(kind)],) if kind in ROBOTS else ()
    schemes = tuple(dict.fromkeys((*settings.LUOSHI_WEBHOOK_SCHEMES, *(("https",) if robots else ()))))
    return Allowed(schemes, (*settings.LUOSHI_WEBHOOK_HOSTS, *robots))


def checked(kind: str, said: str) -> str:
    """What somebody typed as the address of a channel, as it is kept.

    Raises:
        Refused: it is none, or not one that this office allows.
    """
    if kind == Kind.MAIL:
        return mail_address(said, settings.LUOSHI_MAIL_DOMAINS)
    if kind == Kind.WEBHOOK:
        webhook(said)
        return said
    return token(said)


def webhook(said: str) -> Target:
    """Where a webhook leads; a name is looked up when it is sent to, for looking up takes time. Raises Refused."""
    found = target(said, allowed(Kind.WEBHOOK))
    if found.literal:
        expect_outside(found.host, found)
    return found
