"""Units whose line ended in, their end and who took their work over written out (机构改革)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction

from ..lines import Handover as Planned
from ..lines import Lines, handover
from ..models import Handover, Line, Origin, Unit
from ..models.history import renew
from .record import record
from .sync import BATCH, Counts
from .units import places_now


def load_handovers(lines: Lines, day: datetime.date) -> Counts:
    """End the units of lines that have ended by `day` and note who took their work over; a second load writes nothing.

    Units a person made or imported are left alone: `hand_over` is for those.
    """
    with transaction.atomic():
        planned = _planned(lines, day)
        units = dict(Unit.objects.filter(key__in=_keys(planned)).values_list("key", "pk"))
        both = [each for each in planned if each.old in units and each.new in units]
        done = _end(both, lines.version) + _note(both, units)
        record("handovers", lines.version, done)
    return done


def hand_over(unit: Unit, successor: Unit, day: datetime.date, source: str) -> Handover:
    """One unit's work goes to another on `day` by somebody's decision, with its document as `source`.

    Raises:
        ValueError: the successor is not there on that day, or is the unit itself.
    """
    if successor == unit or not successor.holds(day):
        raise ValueError(f"{successor}: cannot take over on {day}")
    with transaction.atomic():
        unit.until, unit.until_known = day, "day"
        unit.corrected = sorted({*unit.corrected, "until", "until_known"})
        unit.save()
        named = {"day": day, "source": source, "origin": Origin.HAND}
        return Handover.objects.update_or_create(unit=unit, successor=successor, defaults=named)[0]


def _planned(lines: Lines, day: datetime.date) -> list[Planned]:
    ended = Line.objects.filter(until__lte=day)
    old = Unit.objects.filter(line__in=ended, origin=Origin.LOADED).order_by("key").values_list("key", flat=True)
    if not old:
        return []
    places = {place.key: place for place in places_now(day)}
    return handover([key for key in old if key.rpartition("/")[0] in places], places, lines, day)


def _keys(planned: Iterable[Planned]) -> set[str]:
    return {key for each in planned for key in (each.old, each.new)}


def _end(planned: list[Planned], version: str) -> Counts:
    """Units end on the day their work went over, unless a person set another day."""
    days = {each.old: each for each in planned}
    rows = Unit.objects.filter(key__in=days, until__isnull=True)
    changed = [unit for unit in rows if "until" not in unit.corrected]
    for unit in changed:
        unit.until, unit.until_known = days[unit.key].day, days[unit.key].day_known
    renew(Unit, changed, ("until", "until_known"), version, BATCH)
    return Counts(updated=len(changed), unchanged=len(days) - len(changed))


def _note(planned: list[Planned], units: dict[str, int]) -> Counts:
    there = set(Handover.objects.values_list("unit_id", "successor_id"))
    new = [each for each in planned if (units[each.old], units[each.new]) not in there]
    Handover.objects.bulk_create(
        Handover(
            unit_id=units[each.old],
            successor_id=units[each.new],
            day=each.day,
            day_known=each.day_known,
            origin=Origin.LOADED,
            source=each.source,
        )
        for each in new
    )
    return Counts(inserted=len(new), unchanged=len(planned) - len(new))
