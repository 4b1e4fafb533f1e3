"""An item and hours in; rounds of `luoshi deliver` at those hours, and the states they leave, out."""

from __future__ import annotations

from luoshi.delivery.lanes import Circuits
from luoshi.delivery.models import Delivery
from luoshi.delivery.running import Counts, deliver
from luoshi.delivery.timing import AGAIN
from tests.ledger.office import Desk, at

State = Delivery.State


def dispatched(desk: Desk) -> Desk:
    desk.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    return desk


def round_at(hours: float, circuits: Circuits | None = None) -> Counts:
    return deliver(lambda: at(hours), circuits)


def rounds(hours: float, most: int = len(AGAIN) + 2) -> None:
    """Rounds at the time of each next try, until nothing waits."""
    moment = at(hours)
    for _ in range(most):
        deliver(lambda moment=moment: moment)  # type: ignore[misc]
        waiting = Delivery.unguarded.filter(state=State.WAITING).order_by("due_at").first()
        if waiting is None:
            return
        moment = max(waiting.due_at, moment)


def states() -> list[str]:
    return list(Delivery.unguarded.order_by("pk").values_list("state", flat=True))
