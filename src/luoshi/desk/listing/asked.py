"""The address of a list in; what it asks of the ledger, the faults of what was typed, and addresses beside it out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from luoshi.ledger.browsing import At, Wanted
from luoshi.ledger.clocks.days import end_of, shifted
from luoshi.measuring.lights.limits import Limits, Timeless
from luoshi.places.models import Line, PlaceState, Unit

from .. import bookmarks
from ..lights import limits, timeless

# What an address may say, but where a page begins; all else in it is passed over.
FILTERS = ("q", "show", "state", "light", "place", "line", "lead", "from", "to", "mine", "sort", "by")
SHOWN: Mapping[str, bool | None] = {"open": False, "ended": True, "all": None}
# More letters than anybody looks for.
LONGEST = 200


class Asked(NamedTuple):
    """What an address asks for: its values as typed, what the ledger is asked, None where `faults` say why not."""

    list: str
    values: Mapping[str, str]
    wanted: Wanted | None
    faults: tuple[tuple[str, str], ...]
    at: At | None
    back: bool

    def address(self, **changes: str) -> str:
        """The end of an address that asks the same but for the changes ("": not asked), from the first page on."""
        values = {**self.values, **changes}
        kept = {name: value for name, value in values.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"


def read(list_: str, given: Mapping[str, str], now: datetime.datetime) -> Asked:
    """What an address asks for."""
    values = {name: given.get(name, "").strip()[:LONGEST].replace("\0", "") for name in FILTERS}
    values = {name: value for name, value in values.items() if value}
    faults: dict[str, str] = {}
    lit = limits(now) if "light" in values else {}
    none = timeless(now)
    said = {
        **_kind(values, {*lit, *none}),
        **_due(values, lit, none, faults),
        **_places(values, faults),
        **_line(values, faults),
        **_leads(values, faults),
    }
    said |= {"state": values.get("state", ""), "mine": "mine" in values, "words": values.get("q", "")}
    wanted = None if faults else Wanted(list="" if list_ == "all" else list_, **said)
    before = given.get("before", "")
    begins = bookmarks.read(before or given.get("after", ""))
    return Asked(list_, values, wanted, tuple(faults.items()), At(*begins) if begins else None, bool(before))


def _kind(values: Mapping[str, str], lit: set[str]) -> dict[str, Any]:
    """In hand or ended, and the order: a light is of what is in hand, which alone is in the order of what is due."""
    ended = False if values.get("light") in lit else SHOWN.get(values.get("show", ""), False)
    return {"ended": ended, "order": "new" if ended is not False or values.get("sort") == "new" else "due"}


def _due(
    values: Mapping[str, str], lit: Limits, none: Mapping[str, Timeless], faults: dict[str, str]
) -> dict[str, Any]:
    first, last = (_day(values, name, faults) for name in ("from", "to"))
    after, to = lit.get(values.get("light", ""), (None, None))
    begins, ends = end_of(shifted(first, -1)) if first else None, end_of(last) if last else None
    found = {
        "due_after": max((each for each in (begins, after) if each), default=None),
        "due_to": min((each for each in (ends, to) if each), default=None),
        "timeless": none.get(values.get("light", ""), ""),
    }
    if first and last and first > last:
        faults["to"] = _("截止日期早于起始日期：请对调。")
    return found


def _day(values: Mapping[str, str], name: str, faults: dict[str, str]) -> datetime.date | None:
    if not (said := values.get(name)):
        return None
    try:
        return datetime.date.fromisoformat(said)
    except ValueError:
        faults[name] = _("“%(said)s”不是日期：请写成 2026-12-31。") % {"said": said}
        return None


def _places(values: Mapping[str, str], faults: dict[str, str]) -> dict[str, Any]:
    if not (key := values.get("place")):
        return {}
    paths = tuple(PlaceState.objects.filter(place__key=key).order_by("-since").values_list("path", flat=True))
    if not paths:
        faults["place"] = _("没有地区“%(said)s”：请从列表中选。") % {"said": key}
    return {"paths": paths}


def _line(values: Mapping[str, str], faults: dict[str, str]) -> dict[str, Any]:
    if not (key := values.get("line")):
        return {}
    found = Line.objects.filter(key=key).values_list("pk", flat=True).first()
    if found is None:
        faults["line"] = _("没有条线“%(said)s”：请从列表中选。") % {"said": key}
    return {"line": found}


def _leads(values: Mapping[str, str], faults: dict[str, str]) -> dict[str, Any]:
    if not (said := values.get("lead")):
        return {}
    units = Unit.objects.order_by()
    found = tuple(units.filter(key=said).values_list("pk", flat=True)) or tuple(
        units.filter(name=said).values_list("pk", flat=True)
    )
    if not found:
        faults["lead"] = _("没有单位“%(said)s”：请写全称。") % {"said": said}
    return {"leads": found}
