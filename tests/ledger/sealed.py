"""A small ledger in, of which the first day is sealed and exported; what verify says of it out."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from luoshi.ledger.models import Root
from luoshi.ledger.proving.nouns import Report
from luoshi.ledger.proving.roots import Exported
from luoshi.ledger.proving.sealing import line_of, seal
from luoshi.ledger.proving.verify import verify

from .attacks import day_after
from .office import NOW, Desk, Office, office, opened, proof

DAY = NOW.date()
LATER = NOW + datetime.timedelta(days=30)
SQLITE = connection.vendor == "sqlite"


@dataclass
class Ledger:
    """Three items of one series and one of another; all but the last event of the third lie in the root of DAY."""

    office: Office
    desks: list[Desk]
    exported: list[str]

    def item(self, number: int) -> UUID:
        return self.desks[number].item

    def seal(self, days: int = 1) -> Root:
        """Seal a later day."""
        day = DAY + datetime.timedelta(days)
        made = seal(day, day_after(day))
        assert made
        return made


def sealed() -> Ledger:
    """Evidence is kept in MEDIA_ROOT."""
    there = office()
    desks = [opened(there) for _ in range(3)] + [opened(there, place="A1a", words="修复石桥镇灌渠")]
    for desk in desks[:2]:
        desk.act("city", "dispatch", lead="A1:water", due="2026-12-31", note="请抓紧办理")
        desk.act("water", "sign")
        desk.act("water", "report", progress="已完成三成")
    desks[0].act("water", "ask_closure", proof(), result="三座水库均已修好")
    root = seal(DAY, day_after(DAY))
    assert root
    desks[2].hours = 40
    desks[2].act("city", "dispatch", lead="A1:civil", supports=["A1:water", "A1:gov"], due="2026-12-31")
    return Ledger(there, desks, [line_of(root).spelled()])


def looked(exported: Sequence[str] | None = None, **more: Any) -> Report:
    """What verify says, a month later; with lines of roots that somebody kept, or without."""
    return verify(LATER, [Exported("roots.jsonl", exported)] if exported is not None else [], **more)


def codes(report: Report) -> set[str]:
    return {fault.code for fault in report.faults}
