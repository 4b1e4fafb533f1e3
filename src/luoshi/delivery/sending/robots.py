"""A letter in, a message of a robot of DingTalk, WeCom or Feishu out: apprise makes it, our transport carries it.

apprise 2.2.0 takes any answer of 200 for a yes, looks names up by itself and writes tokens into its log. So its plugins
are given our transport where they expect `requests`: the host is checked, the answer is read.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from types import ModuleType
from typing import Any, NoReturn
from urllib.parse import urlencode

import requests
from apprise.plugins import dingtalk as dingtalk_plugin
from apprise.plugins import feishu as feishu_plugin
from apprise.plugins import wecombot as wecom_plugin

from ..models import Kind
from ..offering import allowed
from ..sealing import Secrets
from ..targets import target, token
from ..transport import post
from .judging import expect_robot_taken
from .post import Post

# Of it, tokens would be written into the log.
logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)


# As much of a letter's key as its words end with: these services know no key, and who reads two messages with the same
# mark sees that they are one. Eight digits are short, and never meet in one group.
MARK = 8


class Carrier:
    """What a plugin calls `requests`: as much of it as the plugins use."""

    codes = requests.codes
    RequestException = requests.RequestException

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def post(
        self, url: str, data: str | bytes, headers: Mapping[str, str], params: Mapping[str, str] | None = None, **_: Any
    ) -> requests.Response:
        """Carry it. Raises Refused, Failed, past the plugin, which knows neither."""
        full = f"{url}&{urlencode(params, safe='%')}" if params else url
        body = data.encode() if isinstance(data, str) else data
        expect_robot_taken(post(target(full, allowed(self.kind)), body, headers))
        answer = requests.Response()
        answer.status_code = 200
        return answer


def _carried(module: ModuleType, kind: Kind) -> None:
    module.requests = Carrier(kind)  # type: ignore[attr-defined]


_carried(dingtalk_plugin, Kind.DINGTALK)
_carried(wecom_plugin, Kind.WECOM)
_carried(feishu_plugin, Kind.FEISHU)


def dingtalk(secrets: Secrets, letter: Post) -> None:
    """Send by a robot of DingTalk, signed where it has a secret. Raises Refused, Failed."""
    _say(dingtalk_plugin.NotifyDingTalk, letter, token=token(secrets.target), secret=secrets.secret or None)


def wecom(secrets: Secrets, letter: Post) -> None:
    """Send by a robot of WeCom. Raises Refused, Failed."""
    _say(wecom_plugin.NotifyWeComBot, letter, key=token(secrets.target))


def feishu(secrets: Secrets, letter: Post) -> None:
    """Send by a robot of Feishu. Raises Refused, Failed."""
    _say(feishu_plugin.NotifyFeishu, letter, token=token(secrets.target))


def _say(plugin: Any, letter: Post, **known_by: str | None) -> None:
    robot = plugin(**known_by)
    # Our lanes say how fast; what is too fast for a robot, it says itself.
    robot.request_rate_per_sec = 0
    mark = f"\n\n〔{letter.key[:MARK]}〕"
    if not robot.send(_fit(f"{letter.subject}\n\n{letter.text}", robot.body_maxlen - len(mark.encode())) + mark):
        _never()


def _fit(words: str, most: int) -> str:
    """As much as the service takes, in bytes of UTF-8, cut between characters."""
    return words.encode()[:most].decode("utf-8", "ignore")


def _never() -> NoReturn:
    raise RuntimeError("a plugin gave up by itself")
