"""`luoshi demo`: a fresh database in; places, people and work under way in it out, and its pages on this machine."""

from __future__ import annotations

import datetime
import os
import sys

import typer
from rich.cells import cell_len, set_cell_size

from ..office import migrate, office, stop
from ..printing import tell
from .seats import Seat

INTERRUPTED = 130
# Never the home of a database of one's own: events cannot be taken out of that again.
HOME = "demo-home"
# Items between lines that tell how far it is, where nobody sits before it.
TOLD = 10_000

PLACE = typer.Option("浙江省", "--place", metavar="PROVINCE", help="The province it plays in.")
SCALE = typer.Option(0, "--scale", metavar="N", min=0, help="Fill the province with so many items besides.")
ADD = typer.Option(False, "--add", help="Even where there are people already: they stay, the demo's come to them.")
PASSWORDS = typer.Option(False, "--passwords", help="Give the demo's people new passwords, and print them.")
SERVE = typer.Option(False, "--serve", help="Serve the pages to this machine, until Ctrl-C.")
PORT = typer.Option(8000, "--port", min=0, max=65535, help="Where to serve; a free port where it is taken, or 0.")


def command(
    place: str = PLACE,
    scale: int = SCALE,
    add: bool = ADD,
    passwords: bool = PASSWORDS,
    serve: bool = SERVE,
    port: int = PORT,
) -> None:
    """Make a province to try luoshi in: places, units, people of each role, reports, and work under way.

    All of it lies in LUOSHI_HOME, or else in demo-home where it is started: take that folder away, and the demo is
    gone. Its passwords are random and printed once. Refused in production, and where there are people already.
    """
    os.environ.setdefault("LUOSHI_HOME", HOME)
    with office(ready=False):
        _expect_laptop()
        migrate()
        seats = _seats(place, add, passwords)
        if scale:
            _fill(scale)
        if serve:
            from .serving import serve as serve_pages

            serve_pages(port, lambda: _print(seats))
        else:
            _print(seats)


def _expect_laptop() -> None:
    from django.conf import settings

    # Set in production alone (config.settings).
    if settings.SECURE_SSL_REDIRECT:
        stop("the demo is for a laptop, and LUOSHI_MODE is production: nothing was made")


def _seats(place: str, add: bool, passwords: bool) -> tuple[Seat, ...]:
    """The people of the demonstration, which is made where it is not there yet."""
    from django.db import transaction
    from django.utils import timezone

    from luoshi.delivery.fanning import fan_out
    from luoshi.people.models import User

    from . import cast
    from .ground import NoSuchProvince, prepare
    from .story import Story

    if cast.there():
        return cast.renew_passwords() if passwords else cast.seats_there()
    others = User.unguarded.count()
    if others and not add:
        stop(
            f"there are {others} people in this database already: give the demo a LUOSHI_HOME of its own, or say --add"
        )
    today = datetime.date.today()
    try:
        stage = prepare(place, today, _told)
    except NoSuchProvince as wrong:
        stop(str(wrong))
    with transaction.atomic():
        _told("people")
        seats = cast.make(stage.places, datetime.date(today.year - 1, 1, 1))
        _told("reports and work under way")
        Story(stage.places, today, _told).tell()
        fan_out(timezone.now())
    return seats


def _fill(many: int) -> None:
    """Fill the demonstration's province; stopped, what is written stays."""
    from . import cast
    from .scale import fill, filled

    before = filled()
    if before > many:
        tell(f"the province is filled with {before:,} items already")
    try:
        fill(cast.province(), many, _filled)
    except KeyboardInterrupt:
        tell(f"stopped at {filled():,} items, all of them whole; the same command goes on from there")
        raise typer.Exit(INTERRUPTED) from None


def _filled(done: int, many: int) -> None:
    if sys.stderr.isatty():
        print(f"\rfilling the province: {done:,} of {many:,} items", end="\n" if done == many else "", file=sys.stderr)
    elif done == many or done // TOLD != (done - 1) // TOLD:
        tell(f"filling the province: {done:,} of {many:,} items")


def _told(what: str) -> None:
    tell(f"making the demo: {what}")


def _print(seats: tuple[Seat, ...]) -> None:
    """The table of people; where the passwords were told before, how to get new ones."""
    named = Seat("用户名", "姓名", "单位", "角色", "来做什么", "密码" if seats[0].password else "")
    rows = [
        [s.user, *([s.password] if seats[0].password else []), s.name, s.role, s.unit, s.purpose]
        for s in (named, *seats)
    ]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(set_cell_size(*pair) for pair in zip(row, widths, strict=True)).rstrip())
    if not seats[0].password:
        print("\nTheir passwords were printed when they were made; `luoshi demo --passwords` makes new ones.")
