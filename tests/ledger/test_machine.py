"""The machine: a task on its way from opening to closure, and the moves that are refused."""

from __future__ import annotations

from datetime import date

from luoshi.ledger.machine import replay

from .made import LEAD, PAPER, PLAYBOOKS, SUPERVISOR, SUPPORT, VERIFIER, WATER, task


def test_it_works() -> None:
    item = task()
    item.act(SUPERVISOR, "dispatch", lead=WATER, supports=["finance"], due="2026-06-30")
    item.act(LEAD, "sign")
    item.act(SUPPORT, "report", progress="资金已到位")
    item.act(LEAD, "ask_closure", [("table", PAPER)], result="46公里全部完工")
    item.act(VERIFIER, "verify", method="on_site", finding="逐段查看，属实")
    closed = item.act(SUPERVISOR, "close")
    assert (closed.state, closed.kind, closed.ended_on) == ("closed", "done", date(2026, 3, 8))
    assert (closed.lead, closed.supports, closed.due) == (WATER, ("finance",), date(2026, 6, 30))
    assert (closed.asked_by, closed.asked_unit, closed.verified_by) == ("post:2", WATER, "post:4")
    assert replay(item.entries, PLAYBOOKS) == closed
