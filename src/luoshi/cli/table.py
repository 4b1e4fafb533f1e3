"""`luoshi table`: places, units or posts out as a CSV table, to be checked, corrected and loaded again."""

from __future__ import annotations

import datetime
import sys
from enum import StrEnum

import typer

from .office import office, stop


class Table(StrEnum):
    """What the rows of a table are."""

    places = "places"
    units = "units"
    posts = "posts"


KIND = typer.Argument(..., help="What the rows are.")
WITHIN = typer.Option("", "--within", metavar="NAME", help="Of this place and all within it; not for posts.")
ON = typer.Option(None, "--on", formats=["%Y-%m-%d"], help="The day asked about. [default: today]")


def command(kind: Table = KIND, within: str = WITHIN, on: datetime.datetime | None = ON) -> None:
    """Print a table that `load --as` takes: UTF-8 with the mark that Excel looks for."""
    day = on.date() if on else datetime.date.today()
    with office():
        if within and kind is Table.posts:
            stop("--within: posts come all or not at all")
        sys.stdout.buffer.write(_table(kind, within, day))


def _table(kind: Table, within: str, day: datetime.date) -> bytes:
    from luoshi.people.importing import export_posts
    from luoshi.places import tree
    from luoshi.places.importing import export_places
    from luoshi.places.models import Unit
    from luoshi.places.units import export_units

    from .places import the_place

    if kind is Table.posts:
        return export_posts()
    states = tree.within(the_place(within, day), day) if within else tree.on(day)
    if kind is Table.places:
        # The country hangs under nothing, so no table can bring it in.
        hanging = states.exclude(parent=None).select_related("place", "parent")
        return export_places(hanging.order_by("code", "since"))
    units = Unit.objects.on(day).filter(place__in=states.values("place_id")).select_related("place", "line")
    return export_units(units.order_by("key"))
