"""A ledger of many items in, what searching them and asking whether forty actions were said before costs, out.

    python -m bench.searching [--items 100000]                          SQLite
    python -m tests.postgres -- python -m bench.searching               PostgreSQL

Beside each search stands the scan for the same words over the same rows, in the same run: the index must win.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable

os.environ.setdefault("LUOSHI_HOME", tempfile.mkdtemp(prefix="luoshi-searching-"))

from bench import ledger_yard as yard  # noqa: I001 - it sets up Django
from django.core.management import call_command
from django.db import connection
from luoshi.intake.said_before import Said, said_before
from luoshi.ledger import searching
from luoshi.ledger.models import Item, SearchText
from luoshi.people.models import User
from luoshi.people.seeing import sees


def listed(words: str) -> tuple[str, ...]:
    """Words parted by spaces."""
    return tuple(words.split())


VERBS = listed("推进 加快 抓好 完成 开展 做好 加强 落实 启动 完善 改造 新建 整治 排查 建立 健全")
WHERE = listed(
    "城东 城西 城南 城北 老城区 开发区 沿江 山区 库区 集镇 沿海 南湖 北岸 东岭 西河 高铁站 码头 大学城 产业园 旧机场"
)
THINGS = listed(
    "病险水库 老旧小区 污水管网 农村公路 社区食堂 停车场 农贸市场 幼儿园 卫生院 充电桩 危化品仓库 烟花零售点 河道 公园 "
    "桥梁 校车 养老院 体育馆 图书馆 冷链物流园 标准厂房 高标准农田 茶园 鱼塘 加油站 燃气管道 消防通道 电梯 井盖 公厕"
)
WHAT = listed(
    "除险加固 提质改造 隐患排查 清淤疏浚 日常管护 专项检查 规划编制 征地拆迁 竣工验收 运营招商 设备更新 数字化监管"
)
AIMS = ("，确保按期完成", "，建立台账", "，逐一明确责任人", "，每季度通报进展", "，消除风险隐患", "", "")
# Found in few rows, in one of thirty, in most.
QUERIES = ("高铁站 井盖 清淤", "水库", "老旧小区 排查", "台账", "督查")
# As many drafts as a long report gives; how many times each thing is done.
DRAFTS, TIMES = 40, 5


def words(chance: random.Random) -> str:
    """Words of an item, as they may be."""
    parts = (VERBS, WHERE, THINGS, WHAT)
    count = f"{chance.randrange(3, 90)}处" if chance.random() < 0.3 else ""
    verb, where, thing, what = (chance.choice(part) for part in parts)
    return f"{verb}{where}{thing}{count}{what}{chance.choice(AIMS)}"


def filled(items: int) -> list[str]:
    """The items with words of their own, in the index."""
    chance = random.Random(5)
    call_command("migrate", verbosity=0)
    yard.country()
    yard.fill(items)
    keys = [yard._id(pk) for pk in Item.unguarded.order_by("pk").values_list("pk", flat=True)]
    said = [words(chance) for _ in keys]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE ledger_item SET words = %s WHERE id = %s", list(zip(said, keys, strict=True)))
    begun = time.perf_counter()
    searching.reindex()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{items:,} items indexed in {time.perf_counter() - begun:.0f} s")
    return said


def median(work: Callable[[], object]) -> float:
    """Milliseconds of one, in the middle."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def scan(query: str) -> object:
    """The same search without the index."""
    rows = SearchText.objects.all()
    for word in query.split():
        rows = rows.filter(words__contains=word)
    return rows.count()


def main() -> None:
    """Fill, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    said = filled(parser.parse_args().items)
    for query in QUERIES:
        rows = searching.search(Item.unguarded.all(), query)
        hits = rows.count()
        found = median(lambda rows=rows: rows.count())  # type: ignore[misc]
        scanned = median(lambda query=query: scan(query))  # type: ignore[misc]
        print(
            f"{query}: {hits:,} hits, counted in {found:.1f} ms, by a scan {scanned:.1f} ms: "
            f"{scanned / found:.1f} times"
        )
    chance = random.Random(9)
    asked = [chance.choice(said) for _ in range(DRAFTS)]
    for name, place in (
        ("a county's supervisor", "CN.0.3.5"),
        ("a city's supervisor", "CN.0.3"),
        ("a province's supervisor", "CN.0"),
    ):
        scope = sees(User.unguarded.get(username=name), yard.DAY)
        drafts = [Said(each, place) for each in asked]
        found = said_before(drafts, scope)
        taken = median(lambda drafts=drafts, scope=scope: said_before(drafts, scope))  # type: ignore[misc]
        some = sum(bool(rows) for rows in found)
        print(f"{DRAFTS} actions said before? {name}: {taken:.0f} ms, {some} of them said")


if __name__ == "__main__":
    main()
