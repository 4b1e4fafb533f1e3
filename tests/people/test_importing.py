"""Tables of posts in and out: all or nothing, every fault with its line, column and reason."""

from __future__ import annotations

import pytest

from luoshi.people.importing import Counts, export_posts, import_posts
from luoshi.people.models import Post, Role, User
from luoshi.places.tables import BadTable

from .made import DAY, World, post, user, world

pytestmark = pytest.mark.django_db

TABLE = """user,name,role,unit,place,lines,since,until,stands_in_for
zhou,周雨,督查员,临川市人民政府,,民政、water,2024-01-01,,
qian,钱山,supervisor,A1:gov,,,2025-01-01,2026-06-01,zhou
wu,吴江,承办人,青溪县水利局,青溪县,,2024/01/01,,
wu,,领导,A1a:gov,,*,2024-01-01,,
"""


@pytest.fixture(autouse=True)
def made() -> World:
    return world()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_it_works(encoding: str) -> None:
    assert import_posts(TABLE.encode(encoding), DAY) == Counts(inserted=4, users=3)
    zhou = Post.unguarded.get(user__username="zhou")
    assert {line.key for line in zhou.lines.all()} == {"civil", "water"}
    assert Post.unguarded.get(user__username="qian").stands_in_for == zhou
    assert Post.unguarded.get(role=Role.LEADER).all_lines
    assert not User.unguarded.get(username="zhou").has_usable_password()


def test_a_second_time_changes_nothing_but_what_differs() -> None:
    import_posts(TABLE.encode(), DAY)
    assert import_posts(TABLE.encode(), DAY) == Counts(unchanged=4)
    ended = TABLE.replace("2024/01/01,,", "2024/01/01,2026-01-01,")
    assert import_posts(ended.encode(), DAY) == Counts(updated=1, unchanged=3)


def test_what_goes_out_comes_in_again(made: World) -> None:
    import_posts(TABLE.encode(), DAY)
    table = export_posts()
    assert import_posts(table, DAY) == Counts(unchanged=4)
    assert table.decode("utf-8-sig").splitlines()[1] == "zhou,周雨,督查员,A1:gov,临川市,civil、water,2024-01-01,,"


# A line of the table that is wrong; its column and words of the reason.
WRONG = [
    (",周雨,领导,A:gov,,,2024-01-01,,", "用户", "不能为空"),
    ("new,,领导,A:gov,,,2024-01-01,,", "姓名", "须写姓名"),
    ("known,别名,领导,A:gov,,,2024-01-01,,", "姓名", "已登记为“known”"),
    ("坏 名,张,领导,A:gov,,,2024-01-01,,", "用户", "用户名"),
    ("known,,皇帝,A:gov,,,2024-01-01,,", "角色", "皇帝"),
    ("known,,领导,没有的局,,,2024-01-01,,", "单位", "没有这个单位"),
    ("known,,领导,江东省民政局,云口市,,2024-01-01,,", "单位", "没有这个单位"),
    ("known,,领导,同名局,,,2024-01-01,,", "单位", "A1:twin"),
    ("known,,领导,A:gov,,民政、天文,2024-01-01,,", "条线", "没有条线“天文”"),
    ("known,,领导,A:gov,,,元旦,,", "自", "不是日期"),
    ("known,,领导,A:gov,,,2024-01-01,2023-01-01,", "", "终止日须晚于起始日"),
    ("known,,领导,A:gov,,,2024-01-01,,nobody", "代班", "没有同一单位"),
    ("known,,领导,B:gov,,,2021-01-01,,", "自", "已有同一职务"),
    ("known,,领导,B:gov,,,2024-01-01,,,多,多", "", "11格"),
]


@pytest.mark.parametrize(("line", "column", "words"), WRONG)
def test_one_fault_and_nothing_is_taken(made: World, line: str, column: str, words: str) -> None:
    post(user("known"), Role.LEADER, made.units["B:gov"])
    for place in ("A1", "A2"):
        twin = made.units[f"{place}:civil"]
        twin.pk, twin.key, twin.name = None, f"{place}:twin", "同名局"
        twin._state.adding = True
        twin.save()
    with pytest.raises(BadTable, match=words) as told:
        import_posts((TABLE + line + "\n").encode(), DAY)
    assert [(fault.line, fault.column) for fault in told.value.faults] == [(6, column)]
    assert Post.unguarded.count() == 1 and User.unguarded.count() == 1


def test_every_fault_is_told_at_once() -> None:
    table = TABLE + "a,甲,皇帝,A:gov,,,2024-01-01,,\n\nb,乙,领导,无,,,2024-01-01,,\n"
    with pytest.raises(BadTable) as told:
        import_posts(table.encode(), DAY)
    assert [fault.line for fault in told.value.faults] == [6, 8]


def test_columns_are_checked_first() -> None:
    with pytest.raises(BadTable) as told:
        import_posts("user,rôle,unit\n".encode(), DAY)
    assert {(fault.line, fault.column) for fault in told.value.faults} == {(1, "角色"), (1, "自"), (1, "rôle")}


def test_bytes_that_are_no_text_are_told() -> None:
    with pytest.raises(BadTable, match="编码"):
        import_posts(b"user,\xff\xff\xff", DAY)
