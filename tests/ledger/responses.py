"""An office in, a response to a flood with a part of it out, as the city's supervisor activated it."""

from __future__ import annotations

from .office import Desk, Office, open_task

PART = {"words": "转移低洼地带群众", "lead": "A1:water", "place": "A1", "line": "water", "due": "2026-12-31"}


def response(office: Office) -> Desk:
    """The response."""
    facts = {"prepared": "flood", "prepared_version": 1, "level": "iii", "basis": "防汛防台应急预案"}
    about = {"list": "responses", "words": "临川市防汛防台", "fields": facts}
    return Desk(office, open_task(office["city"], "response", **about).item)


def responding(office: Office) -> tuple[Desk, Desk]:
    """The response and a part of it, sent to the city's water bureau."""
    desk = response(office)
    done = desk.act("city", "send", parts=[PART])
    return desk, desk.of(done.children[0])
