"""`luoshi places`: a name and a day in, the places meant with their chain, codes and history out."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import typer

from .office import FAILED, office, stop
from .printing import tell

if TYPE_CHECKING:
    from luoshi.places.models import Place, PlaceState


class Format(StrEnum):
    """How places are printed."""

    text = "text"
    csv = "csv"
    json = "json"


class Level(StrEnum):
    """Levels of places."""

    country = "country"
    province = "province"
    prefecture = "prefecture"
    county = "county"
    township = "township"
    village = "village"
    zone = "zone"


NAMES = typer.Argument(
    None, metavar="[NAME]...", help="A name, code or key, with names above it before it; `faults`: what is wrong."
)
ON = typer.Option(None, "--on", formats=["%Y-%m-%d"], help="The day asked about. [default: today]")
WITHIN = typer.Option("", "--within", metavar="NAME", help="All places within this one.")
LEVEL = typer.Option(None, "--level", help="Of this level only.")
FORMAT = typer.Option(Format.text, "--format", help="text, csv or json.")


def command(
    names: list[str] | None = NAMES,
    on: datetime.datetime | None = ON,
    within: str = WITHIN,
    level: Level | None = LEVEL,
    format: Format = FORMAT,
) -> None:
    """Who is there: places by name, code or chain on a day, with where they came from and where they went."""
    day = on.date() if on else datetime.date.today()
    name = " ".join(names or []).strip(" /")
    with office():
        if name == "faults":
            _faults()
            return
        if not name and not within:
            stop("name a place, or --within one; for example: luoshi places 钱塘 --on 2020-01-01")
        found = _found(name, within, day)
        found = [state for state in found if level in (None, state.level)]
        _print(found, format, day)
        if name and format is Format.text:
            _elsewhen(name, day, {state.place_id for state in found})
    if not found:
        raise typer.Exit(FAILED)


def _found(name: str, within: str, day: datetime.date) -> list[PlaceState]:
    from luoshi.places import tree
    from luoshi.places.finding import find

    if not within:
        return find(name, day)
    states = tree.within(the_place(within, day), day).select_related("place", "parent").order_by("code", "since")
    inside = {state.place_id for state in find(name, day)} if name else None
    return [state for state in states if inside is None or state.place_id in inside]


def the_place(named: str, day: datetime.date, option: str = "--within") -> Place:
    """The one place that an option names; none or several end the command."""
    from luoshi.places.finding import find

    above = find(named, day)
    if len(above) != 1:
        several = "; ".join(_line(state, day) for state in above)
        stop(f"{option} {named}: " + (f"more than one: {several}" if above else f"no such place on {day}"))
    return above[0].place


def _print(found: list[PlaceState], format: Format, day: datetime.date) -> None:
    from luoshi.places.importing import export_places

    if format is Format.csv:
        sys.stdout.buffer.write(export_places(found))
    elif format is Format.json:
        for state in found:
            print(json.dumps(_facts(state, day), ensure_ascii=False))
    else:
        for state in found:
            print(_line(state, day))
            if len(found) <= SHOWN_WHOLE:
                _print_life(state)


# More places than this are listed a line each.
SHOWN_WHOLE = 12


def _line(state: PlaceState, day: datetime.date) -> str:
    from luoshi.places import tree

    chain = [above.name for above in tree.ancestors(state.place, day)][1:]
    return "  ".join(part for part in ("".join([*chain, state.name]), state.code, _period(state)) if part)


def _period(state: Any) -> str:
    since = _day(state.since, state.since_known)
    return f"{since}起" if state.until is None else f"{since}至{_day(state.until, state.until_known)}"


def _day(day: datetime.date, known: str) -> str:
    """A day as well as it is known: no more of it than the source says."""
    forms = {
        "day": day.isoformat(),
        "year": f"{day.year}年",
        "record": f"{day.year}年以前",
        "assumed": f"{day.year}年（推定）",
    }
    return forms[known]


def _print_life(state: PlaceState) -> None:
    """What the place was before and after, where it came from and went."""
    from luoshi.places import tree

    for each in state.place.states.order_by("since"):
        if each.pk != state.pk:
            above = tree.ancestors(each.place, each.since)
            parent = f"，属{above[-1].name}" if above else ""
            print(f"    {_period(each)}：{each.name} {each.code}{parent}")
    for passed in _passings(state):
        print(f"    {passed}")


EXTENT = {"whole": "全部", "part": "部分", "unknown": "去向不详，地在"}


def _passings(state: PlaceState) -> Iterable[str]:
    for came in state.place.origins.select_related("place").order_by("day"):
        yield f"{_day(came.day, came.day_known)}：来自{came.place.name}（{EXTENT[came.extent]}）"
    for went in state.place.successions.select_related("successor").order_by("day"):
        yield f"{_day(went.day, went.day_known)}：划入{went.successor.name}（{EXTENT[went.extent]}）"


def _facts(state: PlaceState, day: datetime.date) -> dict[str, Any]:
    from luoshi.places import tree

    return {
        "key": state.place.key,
        "name": state.name,
        "level": state.level,
        "code": state.code,
        "chain": [above.name for above in tree.ancestors(state.place, day)],
        "since": state.since.isoformat(),
        "since_known": state.since_known,
        "until": state.until.isoformat() if state.until else None,
        "until_known": state.until_known or None,
        "source": state.source,
    }


def _elsewhen(name: str, day: datetime.date, found: set[int]) -> None:
    """Places of that name that were not there on that day: when they were."""
    from luoshi.places.finding import find_ever

    others = {state.place_id: state for state in find_ever(name) if state.place_id not in found}
    if others:
        print(f"{day} 没有、别的时候有：")
    for state in list(others.values())[:SHOWN_WHOLE]:
        print(_line(state, state.since))
        _print_life(state)
    if not found and not others:
        tell(f"no place is called {name} on any day")


def _faults() -> None:
    from luoshi.places.faults import faults

    found = list(faults(datetime.date.today()))
    for fault in found:
        print(fault)
    tell(f"{len(found):,} faults")
    if found:
        raise typer.Exit(FAILED)
