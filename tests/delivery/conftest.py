"""What the tests of delivery begin with: an office whose gateways are on this machine, and an item being worked on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from luoshi.delivery import transport
from luoshi.delivery.actions import Choice, choose
from luoshi.delivery.models import Channel, Kind
from luoshi.delivery.sending import mail
from luoshi.delivery.timing import Wishes
from tests.ledger.office import NOW, Desk, Office, office, opened

from .servers import Gateway, Mailbox

# The item of the tests is worked on at ten in the morning, so that no hour is quiet.
AT_ONCE = Wishes(False, NOW.time().replace(hour=8), None, None)
Wants = Callable[..., Channel]
# A server that hangs is left sooner than in an office, and later than a busy machine needs for one that answers.
SHORT = 2.0


@pytest.fixture
def there(settings: Any, tmp_path: Path, db: None) -> Office:
    """An office that offers every way."""
    settings.MEDIA_ROOT = tmp_path
    settings.LUOSHI_CHANNELS = tuple(Kind.values)
    settings.LUOSHI_ADDRESS = "https://luoshi.example"
    settings.DEFAULT_FROM_EMAIL = "luoshi@example.gov.cn"
    settings.LUOSHI_WEBHOOK_SCHEMES = ("http",)
    return office()


@pytest.fixture
def desk(there: Office) -> Desk:
    """An item that a supervisor has opened."""
    return opened(there)


@pytest.fixture
def reach(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Point the settings at servers of the test."""

    def point(*gateways: Gateway, mail: Mailbox | int | None = None) -> None:
        settings.LUOSHI_WEBHOOK_HOSTS = tuple(each.host for each in gateways)
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = mail.port if isinstance(mail, Mailbox) else mail or 1

    return point


@pytest.fixture
def wants(there: Office) -> Wants:
    """Somebody chooses a way to be told."""

    def chosen(
        name: str, kind: str, target: str, wishes: Wishes = AT_ONCE, secret: str = "", renew: bool = False
    ) -> Channel:
        choose(there[name], kind, Choice(True, target, secret, wishes, renew), NOW)
        return Channel.unguarded.get(user=there[name], kind=kind)

    return chosen


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests with servers that hang."""
    monkeypatch.setattr(transport.post, "__defaults__", (SHORT,))
    monkeypatch.setattr(mail, "SECONDS", SHORT)
