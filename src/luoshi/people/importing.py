"""A table of posts (CSV) in, users and posts in the database out, all of them or none; and the same table back.

For whoever runs luoshi on its machine: nobody's rights are asked. Columns: see `COLUMNS`.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation

from luoshi.places.models import Line, Unit

from .models import Post, Role, User

# Name in the file: what stands there. `unit`: its key, or its full name with the place's key or name in `place`.
COLUMNS = ("user", "name", "role", "unit", "place", "lines", "since", "until", "stands_in_for")
DEMANDED = ("user", "role", "unit", "since")
ALL_LINES = "*"
BETWEEN = "、"
ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True)
class Fault:
    """What is wrong in a table: the line of the file (from 1), the column, the reason in words."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"第 {self.line} 行，{self.column}：{self.reason}"


class BadTable(Exception):
    """Everything that is wrong with a table; nothing of it was taken."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


@dataclass(frozen=True)
class Counts:
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


def import_posts(table: bytes, day: datetime.date) -> Counts:
    """Take the posts of a table; a post is the same by user, role, unit, first day and whom it stands in for.

    New users get no password: an administrator gives a one-time one. Units are looked up as they are on `day`. The
    posts stood in for come first in the file, or are there already.

    Raises:
        BadTable: with every fault; then nothing is changed.
    """
    rows, faults, done = list(_rows(table)), [], []
    with transaction.atomic():
        for line, row in rows:
            try:
                done.append(_take(row, day))
            except Wrong as wrong:
                faults.append(Fault(line, wrong.column, wrong.reason))
            except ValidationError as error:
                faults += [Fault(line, column, "；".join(words)) for column, words in error.message_dict.items()]
        if faults:
            raise BadTable(faults)
    made = [what for what, _ in done]
    users = sum(new for _, new in done)
    return Counts(made.count("inserted"), made.count("updated"), made.count("unchanged"), users)


def export_posts() -> bytes:
    """Every post as a table that `import_posts` takes, with a mark that tells spreadsheets it is UTF-8."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    posts = Post.unguarded.select_related("user", "unit__place", "stands_in_for__user").prefetch_related("lines")
    # Those who stand in come after the posts they stand in for.
    for post in sorted(posts, key=lambda post: (post.stands_in_for_id is not None, post.pk)):
        writer.writerow(_row(post))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _row(post: Post) -> dict[str, object]:
    lines = ALL_LINES if post.all_lines else BETWEEN.join(line.key for line in post.lines.all())
    return {
        "user": post.user.username,
        "name": post.user.name,
        "role": post.role,
        "unit": post.unit.key,
        "place": post.unit.place.name,
        "lines": lines,
        "since": post.since,
        "until": post.until or "",
        "stands_in_for": post.stands_in_for.user.username if post.stands_in_for else "",
    }


def _rows(table: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Lines of the file with their cells.

    Raises:
        BadTable: no known encoding, or columns that are missing or unknown.
    """
    reader = csv.DictReader(io.StringIO(_text(table)))
    names = [name.strip() for name in reader.fieldnames or ()]
    faults = [Fault(1, name, "缺这一列") for name in DEMANDED if name not in names]
    faults += [Fault(1, name, f"没有这一列；可用的列：{'、'.join(COLUMNS)}") for name in names if name not in COLUMNS]
    if faults:
        raise BadTable(faults)
    reader.fieldnames = names
    for row in reader:
        cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
        if None in row or any(cells.values()):
            yield reader.line_num, cells | ({"": "多"} if None in row else {})


def _text(table: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return table.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadTable([Fault(1, "", f"编码不是 {' 或 '.join(ENCODINGS)}；请另存为 UTF-8")])


def _take(row: dict[str, str], day: datetime.date) -> tuple[str, bool]:
    """One post; what became of it, and whether its user is new."""
    if "" in row:
        raise Wrong("", "单元格比列多；含逗号的内容请加引号")
    for column in DEMANDED:
        if not row[column]:
            raise Wrong(column, "不能为空")
    user, new = _user(row)
    unit, role = _unit(row, day), _role(row)
    since, until = _date(row, "since"), _date(row, "until") if row["until"] else None
    stood = _stood(row, role, unit, since)
    same = Post.unguarded.filter(user=user, role=role, unit=unit, since=since, stands_in_for=stood).first()
    post = same or Post(user=user, role=role, unit=unit, since=since, stands_in_for=stood)
    lines, all_lines = _lines(row), row["lines"] == ALL_LINES
    before = (post.until, post.all_lines, set(post.lines.all()) if same else set())
    if same and before == (until, all_lines, lines):
        return "unchanged", new
    post.until, post.all_lines = until, all_lines
    post.save()
    post.lines.set(lines)
    return ("updated" if same else "inserted"), new


def _user(row: dict[str, str]) -> tuple[User, bool]:
    user = User.unguarded.filter(username=row["user"]).first()
    if user is not None:
        if row["name"] and row["name"] != user.name:
            raise Wrong("name", f"用户 {row['user']} 已登记为“{user.name}”，与本行不符")
        return user, False
    if not row["name"]:
        raise Wrong("name", f"用户 {row['user']} 是新的，须写姓名")
    user = User(username=row["user"], name=row["name"], must_change_password=True)
    user.set_unusable_password()
    try:
        user.full_clean()
    except ValidationError as error:
        raise Wrong("user", "；".join(error.messages)) from None
    user.save()
    return user, True


def _role(row: dict[str, str]) -> Role:
    """The role, by its value or its Chinese name, whatever language is spoken."""
    with translation.override("zh-hans"):
        named = {str(role.label): role for role in Role}
    role = named.get(row["role"]) or next((role for role in Role if role.value == row["role"]), None)
    if role is None:
        raise Wrong("role", f"“{row['role']}”不是角色；可用：{'、'.join(named)}")
    return role


def _unit(row: dict[str, str], day: datetime.date) -> Unit:
    by_key: Unit | None = Unit.objects.filter(key=row["unit"]).first()
    if by_key is not None:
        return by_key
    found = Unit.objects.on(day).filter(name=row["unit"])
    if row["place"]:
        found = found.filter(place__key=row["place"]) or found.filter(place__name=row["place"])
    # Of many of one name a few are shown.
    units: list[Unit] = list(found[:4])
    if len(units) != 1:
        reason = f"不止一个：{'、'.join(unit.key for unit in units)}；请写标识" if units else "没有这个单位"
        raise Wrong("unit", f"“{row['unit']}”{reason}")
    return units[0]


def _lines(row: dict[str, str]) -> set[Line]:
    named = [name for name in row["lines"].replace(",", BETWEEN).split(BETWEEN) if name and name != ALL_LINES]
    found = {name: Line.objects.filter(key=name).first() or Line.objects.filter(name=name).first() for name in named}
    unknown = [name for name, line in found.items() if line is None]
    if unknown:
        raise Wrong("lines", f"没有条线“{'、'.join(unknown)}”")
    return {line for line in found.values() if line is not None}


def _date(row: dict[str, str], column: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(row[column].replace("/", "-"))
    except ValueError:
        raise Wrong(column, f"“{row[column]}”不是日期；写法如 2026-11-22") from None


def _stood(row: dict[str, str], role: Role, unit: Unit, since: datetime.date) -> Post | None:
    if not row["stands_in_for"]:
        return None
    own: Any = Post.unguarded.filter(
        stands_in_for__isnull=True, user__username=row["stands_in_for"], role=role, unit=unit
    )
    post: Post | None = own.on(since).first()
    if post is None:
        raise Wrong("stands_in_for", f"用户 {row['stands_in_for']} 在 {since} 没有同一单位、同一角色的职务")
    return post
