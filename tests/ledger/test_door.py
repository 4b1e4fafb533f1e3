"""The door: what is opened and moved is written whole, by whom it may, once, on the version that was seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from luoshi.ledger.models import Event
from tests.people.made import DAY

from .office import Desk, Office, office, opened, proof

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(settings: Any, tmp_path: Path) -> Office:
    settings.MEDIA_ROOT = tmp_path
    return office()


def in_hand(there: Office) -> Desk:
    desk = opened(there)
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    desk.act("water", "sign")
    return desk


def test_it_works(there: Office) -> None:
    desk = in_hand(there)
    desk.act("water", "report", progress="已开工")
    desk.act("water", "ask_closure", proof(), result="三座水库均已修好")
    desk.act("checker", "verify", method="on_site", finding="现场查看属实")
    desk.act("city", "close")
    assert (desk.row.state, desk.row.kind, desk.row.ended_on) == ("closed", "done", DAY)
    assert desk.row.number == "临川市任务清单〔2026〕1号"
    verbs = Event.unguarded.filter(item=desk.item).order_by("sequence").values_list("verb", flat=True)
    assert list(verbs) == ["open", "dispatch", "sign", "report", "ask_closure", "verify", "close"]
