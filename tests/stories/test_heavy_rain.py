"""A night of heavy rain: Ⅲ at noon, Ⅱ at dusk, stood down in the morning, and one part kept until somebody has looked."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from luoshi.intake.responding.activating import set_level
from luoshi.intake.responding.stopping import stand_down
from luoshi.ledger.actions import Refused
from luoshi.ledger.models import Event, Item
from luoshi.ledger.proving.verify import verify
from tests.intake.responses import flood, gaps, move, parts, ready
from tests.ledger.office import NOW, Office, office

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(settings: Any, tmp_path: Path) -> Office:
    settings.MEDIA_ROOT = tmp_path
    return ready(office())


def after(hours: float) -> datetime.datetime:
    return NOW + datetime.timedelta(hours=hours)


def stands(response: Item) -> Counter[str]:
    return Counter(Item.unguarded.filter(parent=response.pk).values_list("state", flat=True))


def test_a_night_of_heavy_rain(there: Office) -> None:
    # The warning comes: level Ⅲ for both counties. Everybody who can be asked is asked at once; the rest is told.
    made = flood(there, "iii", basis="市气象台暴雨橙色预警")
    response = Item.unguarded.get(pk=made.response)
    assert (made.opened, len(made.gaps)) == (11, 3) and stands(response) == {"dispatched": 11}
    assert set(gaps(response.pk).values()) == {"assumed", "missing", "several"}

    # The county's water bureau goes along its dikes, asks for closure with a photograph; the rescuers sign.
    first = parts(response.pk)
    patrol, supplies = first["A1a:patrol"], first["A1a:supplies"]
    move(there, "county", patrol.pk, "sign", 0.5)
    move(there, "rescue", supplies.pk, "sign", 1)
    move(there, "county", patrol.pk, "ask_closure", 5, prove=True, result="巡查三座水库、十二公里堤防，未见险情")

    # At dusk the river is above its warning stage: Ⅱ. What runs goes on untouched, what is new comes to it.
    response.refresh_from_db()
    raised = set_level(there["city"], response.pk, "ii", (), after(8), expected=response.sequence)
    second = parts(response.pk)
    assert raised.opened == 8 and all(second[key].pk == part.pk for key, part in first.items())
    assert second["A1a:moved"].due == after(8 + 6).date()
    assert stands(response) == {"dispatched": 17, "in_hand": 1, "closure_asked": 1}

    # People are moved to safety in one county; somebody has looked at it by video before midnight.
    moved = second["A1a:moved"].pk
    move(there, "rescue", moved, "sign", 9)
    move(there, "rescue", moved, "ask_closure", 11, prove=True, result="转移三十二户九十六人，全部安置")
    move(there, "checker", moved, "verify", 12, method="call", finding="视频抽查两个安置点，人数相符")

    # In the morning the rain is over. The rescuers report what they still have out, and it is not needed any more; the
    # dikes nobody has verified yet.
    response.refresh_from_db()
    reasons = {supplies.pk: "routine"}
    done = stand_down(
        there["city"], response.pk, reasons, after(20), words="雨停，水位回落", expected=response.sequence
    )
    told = {each.part: (each.what, each.why) for each in done.parts}
    assert told[patrol.pk] == ("kept", "") and told[moved] == ("closed", "")
    assert told[supplies.pk] == ("dropped", "routine")
    assert Counter(what for what, _ in told.values()) == {"dropped": 17, "kept": 1, "closed": 1} and not done.ended
    response.refresh_from_db()
    assert response.state == "winding_up"

    # It does not end before the dikes are verified, and not by who asked; then it does.
    with pytest.raises(Refused):
        move(there, "city", response.pk, "end", 21)
    with pytest.raises(Refused):
        move(there, "county", patrol.pk, "verify", 21, method="papers", finding="属实")
    move(there, "checker", patrol.pk, "verify", 22, method="on_site", finding="抽查两处堤段，属实")
    move(there, "city", patrol.pk, "close", 23)
    move(there, "city", response.pk, "end", 24)
    response.refresh_from_db()
    assert (response.state, response.ended_on) == ("ended", after(24).date())
    assert stands(response) == {"closed": 2, "dropped": 17}

    # All of it is in the record, and the record holds together.
    verbs = list(Event.unguarded.filter(item=response.pk).order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["open", "send", "set_level", "send", "stand_down", "end"]
    assert verify(after(48)).green
