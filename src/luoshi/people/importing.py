"""A table of posts (CSV) in, users and posts in the database out, all of them or none; and the same table back.

For whoever runs luoshi on its machine: nobody's rights are asked. Columns: see `COLUMNS`.
"""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.places.models import Line, Unit
from luoshi.places.tables import BadTable, Column, Fault, chinese, day, one_of, read_rows, write_table

from .models import Post, Role, User

# `unit`: its key, or its full name with the place's key or name in `place`.
COLUMNS = {
    "user": Column("用户", required=True),
    "name": Column("姓名"),
    "role": Column("角色", required=True, parse=one_of(Role)),
    "unit": Column("单位", required=True),
    "place": Column("地区"),
    "lines": Column("条线"),
    "since": Column("自", required=True, parse=day),
    "until": Column("至", parse=day),
    "stands_in_for": Column("代班"),
}
ALL_LINES = "*"
BETWEEN = "、"

Values = dict[str, Any]


class Counts(NamedTuple):
    """What an import did to posts: new, with another end or other lines than before, as they were; and new users."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    users: int = 0


class Wrong(Exception):
    """A cell that cannot be taken."""

    def __init__(self, column: str, reason: str) -> None:
        self.column, self.reason = column, reason
        super().__init__(reason)


def import_posts(table: bytes, today: datetime.date) -> Counts:
    """Take the posts of a table; a post is the same by user, role, unit, first day and whom it stands in for.

    New users get no password: an administrator gives a one-time one. Units are looked up as they are `today`. The
    posts stood in for come first in the file, or are there already.

    Raises:
        BadTable: with every fault; then nothing is changed.
    """
    rows, faults = read_rows(table, COLUMNS)
    done = []
    with transaction.atomic():
        for line, values in rows:
            try:
                done.append(_take(values, today))
            except Wrong as wrong:
                faults.append(Fault(line, COLUMNS[wrong.column].heading, wrong.reason))
            except ValidationError as error:
                faults += [Fault(line, _heading(name), "；".join(said)) for name, said in error.message_dict.items()]
        if faults:
            raise BadTable(faults)
    made = [what for what, _new in done]
    return Counts(
        made.count("inserted"), made.count("updated"), made.count("unchanged"), sum(new for _what, new in done)
    )


def _heading(field: str) -> str:
    """The heading of a field of posts; none for what is wrong with the row as a whole."""
    return COLUMNS[field].heading if field in COLUMNS else ""


def export_posts() -> bytes:
    """Every post as a table that `import_posts` takes."""
    posts = Post.unguarded.select_related("user", "unit__place", "stands_in_for__user").prefetch_related("lines")
    # Those who stand in come after the posts they stand in for.
    ordered = sorted(posts, key=lambda post: (post.stands_in_for_id is not None, post.pk))
    return write_table(COLUMNS, [_exported(post) for post in ordered])


def _exported(post: Post) -> Values:
    lines = ALL_LINES if post.all_lines else BETWEEN.join(line.key for line in post.lines.all())
    return {
        "user": post.user.username,
        "name": post.user.name,
        "role": chinese(Role)[post.role],
        "unit": post.unit.key,
        "place": post.unit.place.name,
        "lines": lines,
        "since": post.since,
        "until": post.until,
        "stands_in_for": post.stands_in_for.user.username if post.stands_in_for else None,
    }


def _take(values: Values, today: datetime.date) -> tuple[str, bool]:
    """One post; what became of it, and whether its user is new."""
    user, new = _user(values)
    unit, role, since, until = _unit(values, today), Role(values["role"]), values["since"], values["until"]
    stood = _stood(values, role, unit, since)
    same = Post.unguarded.filter(user=user, role=role, unit=unit, since=since, stands_in_for=stood).first()
    post = same or Post(user=user, role=role, unit=unit, since=since, stands_in_for=stood)
    lines, all_lines = _lines(values), values["lines"] == ALL_LINES
    before = (post.until, post.all_lines, set(post.lines.all()) if same else set())
    if same and before == (until, all_lines, lines):
        return "unchanged", new
    post.until, post.all_lines = until, all_lines
    post.save()
    post.lines.set(lines)
    return ("updated" if same else "inserted"), new


def _user(values: Values) -> tuple[User, bool]:
    user = User.unguarded.filter(username=values["user"]).first()
    if user is not None:
        if values["name"] and values["name"] != user.name:
            said = {"user": values["user"], "name": user.name}
            raise Wrong("name", _("用户 %(user)s 已登记为“%(name)s”，与本行不符") % said)
        return user, False
    if not values["name"]:
        raise Wrong("name", _("用户 %(user)s 是新的，须写姓名") % values)
    user = User(username=values["user"], name=values["name"], must_change_password=True)
    user.set_unusable_password()
    try:
        user.full_clean()
    except ValidationError as error:
        raise Wrong("user", "；".join(error.messages)) from None
    user.save()
    return user, True


def _unit(values: Values, day: datetime.date) -> Unit:
    by_key: Unit | None = Unit.objects.filter(key=values["unit"]).first()
    if by_key is not None:
        return by_key
    found = Unit.objects.on(day).filter(name=values["unit"])
    if values["place"]:
        found = found.filter(place__key=values["place"]) or found.filter(place__name=values["place"])
    # Of many of one name a few are shown.
    units: list[Unit] = list(found[:4])
    if len(units) != 1:
        said = {"unit": values["unit"], "keys": "、".join(unit.key for unit in units)}
        several = _("“%(unit)s”不止一个：%(keys)s；请写标识")
        none = _("“%(unit)s”：没有这个单位")
        raise Wrong("unit", (several if units else none) % said)
    return units[0]


def _lines(values: Values) -> set[Line]:
    named = [
        name for name in (values["lines"] or "").replace(",", BETWEEN).split(BETWEEN) if name and name != ALL_LINES
    ]
    found = {name: Line.objects.filter(key=name).first() or Line.objects.filter(name=name).first() for name in named}
    unknown = [name for name, line in found.items() if line is None]
    if unknown:
        raise Wrong("lines", _("没有条线“%(names)s”") % {"names": "、".join(unknown)})
    return {line for line in found.values() if line is not None}


def _stood(values: Values, role: Role, unit: Unit, since: datetime.date) -> Post | None:
    if not values["stands_in_for"]:
        return None
    own: Any = Post.unguarded.filter(
        stands_in_for__isnull=True, user__username=values["stands_in_for"], role=role, unit=unit
    )
    post: Post | None = own.on(since).first()
    if post is None:
        raise Wrong("stands_in_for", _("用户 %(stands_in_for)s 在 %(since)s 没有同一单位、同一角色的职务") % values)
    return post
