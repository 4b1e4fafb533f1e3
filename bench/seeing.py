"""A country of places and units made up in, how much slower a guarded page is than an unguarded one out.

`python -m bench.seeing` on SQLite, `python -m tests.postgres -- python -m bench.seeing` on PostgreSQL.
"""

from __future__ import annotations

import datetime
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

os.environ["LUOSHI_HOME"] = tempfile.mkdtemp(prefix="luoshi-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.config.settings"
import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from luoshi.people.models import Post, Role, User  # noqa: E402
from luoshi.people.visible import units  # noqa: E402
from luoshi.places.models import Level, Line, Place, PlaceState, Unit  # noqa: E402

DAY, SINCE = datetime.date(2026, 11, 22), datetime.date(2000, 1, 1)
# As many as there are: provinces, cities in each, counties in each, towns in each; units of a county and of a town.
TREE = ((Level.PROVINCE, 33), (Level.PREFECTURE, 10), (Level.COUNTY, 9), (Level.TOWNSHIP, 13))
LINES = 40
OFFICES = {Level.PROVINCE: 40, Level.PREFECTURE: 40, Level.COUNTY: 40, Level.TOWNSHIP: 2}
# A page of fifty rows, as a list shows it; each is asked for this many times, the least time counts.
PAGE, TIMES = 50, 7


def tree() -> Iterator[tuple[Place, str]]:
    """Places level by level, each with the path of its parent."""
    above = [("/", Place.objects.create(key="CN", name="中国", level=Level.COUNTRY))]
    yield above[0][1], "/"
    for level, count in TREE:
        wanted = [(f"{path}{p.pk}/", f"{p.key}.{i}") for path, p in above for i in range(count)]
        rows = [Place(key=key, name=f"地{key}", level=level) for _, key in wanted]
        Place.objects.bulk_create(rows, batch_size=5000)
        by_key = {place.key: place for place in Place.objects.filter(level=level)}
        above = [(path, by_key[key]) for path, key in wanted]
        yield from ((place, path) for path, place in above)


def make() -> None:
    """The country, its lines and its units, and a leader at each level."""
    call_command("migrate", verbosity=0)
    Line.objects.bulk_create(Line(key=f"L{i}", name=f"线{i}", branch="政府", since=SINCE) for i in range(LINES))
    lines, states, offices = list(Line.objects.all()), [], []
    for place, path in tree():
        known = {"place": place, "name": place.name, "level": place.level, "since": SINCE}
        states.append(PlaceState(**known, path=f"{path}{place.pk}/"))
        for line in [None, *lines[: OFFICES.get(Level(place.level), 0)]]:
            key = f"{place.key}:{line.key if line else 'gov'}"
            offices.append(Unit(key=key, name=f"局{key}", place=place, line=line, since=SINCE))
    PlaceState.objects.bulk_create(states, batch_size=2000)
    Unit.objects.bulk_create(offices, batch_size=2000)
    for key in WHERE.values():
        user = User.unguarded.create_user(key)
        Post.unguarded.create(user=user, role=Role.LEADER, unit=Unit.objects.get(key=key), since=SINCE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


WHERE = {
    "country": "CN:gov",
    "province": "CN.7:gov",
    "city": "CN.7.3:gov",
    "county": "CN.7.3.5:gov",
    "town": "CN.7.3.5.2:gov",
    "a line of a province": "CN.7:L3",
}


def least(work: Callable[[], object]) -> float:
    """Milliseconds of the fastest of a few runs."""
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken) * 1000


def main() -> int:
    """Print the table."""
    make()
    plain = least(lambda: list(Unit.objects.order_by("key")[:PAGE]))
    print(f"{connection.vendor}: {Unit.objects.count()} units, {PlaceState.objects.count()} places")
    print(f"milliseconds of a page of {PAGE}, beside the unguarded one; of its count; rows")
    print(f"{'':22}{'page':>8}{'ratio':>8}{'count':>8}{'rows':>9}")
    print(f"{'unguarded':22}{plain:8.1f}{1:8.1f}{least(lambda: Unit.objects.count()):8.1f}{Unit.objects.count():9}")
    for name, key in WHERE.items():
        viewer = User.unguarded.get(username=key)
        seen = units(viewer, DAY)
        page = least(lambda viewer=viewer: list(units(viewer, DAY).order_by("key")[:PAGE]))  # type: ignore[misc]
        count = least(seen.count)
        print(f"{name:22}{page:8.1f}{page / plain:8.1f}{count:8.1f}{seen.count():9}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
