"""Cards in, the same with what was said before out: items to link to, and earlier reports, within sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from luoshi.documents.models import Action
from luoshi.intake.said_before import Earlier, Said, said_before
from luoshi.people.scope import Scope

from .cards import Card

# Shown of what was said before: the likeliest; a second one only helps where the first is an earlier report.
SHOWN = 2


class Before(NamedTuple):
    """Something said before, and the report that said it where it is no item."""

    said: Earlier
    report: int | None


def with_earlier(scope: Scope, cards: Sequence[Card]) -> tuple[Card, ...]:
    """Cards that wait, with what was said before; two queries and one more for reports, none where no card waits.

    It takes some 30 ms a card, nearly all of it making the query: a desk asks for the card that somebody looks at.
    """
    asked = [card for card in cards if card.waiting]
    if not asked:
        return tuple(cards)
    place = asked[0].draft.place
    said = [Said(card.draft.words, place.key if place else None, card.draft.due) for card in asked]
    found = said_before(said, scope, report=asked[0].draft.report_id)
    reports = _reports(scope, [each for answers in found for each in answers])
    told = {card.number: _told(answers, reports) for card, answers in zip(asked, found, strict=True)}
    return tuple(replace(card, earlier=told.get(card.number, ())) for card in cards)


def _reports(scope: Scope, answers: Sequence[Earlier]) -> dict[int, int]:
    wanted = {each.action for each in answers if each.action}
    rows = Action.seen.within(scope).filter(pk__in=wanted).values_list("pk", "report") if wanted else []
    return dict(rows)


def _told(answers: Sequence[Earlier], reports: dict[int, int]) -> tuple[Before, ...]:
    return tuple(Before(each, reports.get(each.action or 0)) for each in answers[:SHOWN])
