"""Tables of places and units: brought in whole, or refused whole with every fault."""

from __future__ import annotations

import pytest

from luoshi.places import tree
from luoshi.places.importing import export_places, import_places
from luoshi.places.lines import load_lines
from luoshi.places.loading import load_line_rows, load_units
from luoshi.places.models import Place, PlaceState, Unit
from luoshi.places.tables import BadTable, read_table
from luoshi.places.units import COLUMNS, Imported, export_units, import_units

from .made import DAY, TODAY, plant

pytestmark = pytest.mark.django_db
HEAD = "标识,名称,层级,代码,上级地区,自,至,依据\n"
VILLAGE = ",高沙社区,村级,330114001001,330114001,2021-04-09,,\n"


@pytest.fixture(autouse=True)
def _tree() -> None:
    plant()


def test_it_works() -> None:
    assert import_places((HEAD + VILLAGE).encode()).added == 1
    village = Place.objects.get(key="330114001001")
    assert [s.name for s in tree.ancestors(village, TODAY)] == ["中国", "浙江省", "杭州市", "钱塘区", "白杨街道"]
    assert plant().written == 0 and Place.objects.filter(pk=village.pk).exists()


def test_villages_hang_under_zones_of_the_same_table() -> None:
    zone = "zone:下沙,下沙开发区,功能区,,330114,2021-04-09,,\n"
    import_places((HEAD + "v1,甲村,村级,,zone:下沙,2021-04-09,,\n" + zone).encode())
    assert tree.ancestors(Place.objects.get(key="v1"), TODAY)[-1].name == "下沙开发区"


# A row; the column and a word of the reason.
BAD = {
    "code there already": (",乙区,县级,330102,330100,2020-01-01,,\n", "代码", "上城区"),
    "code of the wrong width": (",乙社区,村级,330114001,330114001,2021-04-09,,\n", "代码", "12"),
    "code not cut by its level": (",乙市,地级,330114,330000,2021-04-09,,\n", "代码", "零"),
    "orphan": (",乙社区,村级,339999001001,339999001,2021-04-09,,\n", "上级地区", "没有"),
    "parent not there yet": (",乙社区,村级,330114001002,330114001,2019-01-01,,\n", "上级地区", "没有"),
    "ends before it begins": (",乙社区,村级,330114001002,330114001,2021-04-09,2020-01-01,\n", "至", "不晚于"),
    "neither code nor key": (",乙社区,村级,,330114001,2021-04-09,,\n", "标识", "标识"),
    "twice in the table": (VILLAGE, "代码", "第2行"),
    "parent ends before it": (",江干老村,村级,330104001001,330104,2015-01-01,,\n", "上级地区", "2021-04-09"),
    "parent of no higher level": ("z1,乙村,村级,,330114001001,2021-04-09,,\n", "上级地区", "层级"),
    "a second country": ("z2,乙国,国家,,330114,2021-04-09,,\n", "上级地区", "层级"),
    "overlaps its own state": ("330102,上城区,县级,330102,330100,2022-01-01,,\n", "代码", "重叠"),
}


@pytest.mark.parametrize(("row", "column", "word"), BAD.values(), ids=BAD)
def test_a_bad_row_loads_nothing_and_is_told_with_its_line(row: str, column: str, word: str) -> None:
    before = PlaceState.objects.count()
    with pytest.raises(BadTable) as told:
        import_places((HEAD + VILLAGE + row).encode())
    (fault,) = told.value.faults
    assert (fault.line, fault.column) == (3, column) and word in fault.reason
    assert PlaceState.objects.count() == before


def test_places_go_out_as_they_come_in() -> None:
    import_places((HEAD + VILLAGE).encode())
    out = export_places(PlaceState.objects.filter(place__key="330114001001"))
    Place.objects.get(key="330114001001").delete()
    assert import_places(out).added == 1


def test_a_table_that_was_taken_out_changes_nothing() -> None:
    out = export_places(PlaceState.objects.exclude(parent=None))
    assert import_places(out) == (0, PlaceState.objects.exclude(parent=None).count())


def units() -> None:
    lines = load_lines()
    load_line_rows(lines), load_units(lines, TODAY)


UNITS = "地区,全称,简称,别称,条线,类型,自\n"


def test_a_table_confirms_adds_and_says_what_it_did() -> None:
    units()
    rows = "330114,钱塘区发展改革局,区发改局,发改局,发展改革,,\n330114,钱塘区数据资源中心,,,,其他,2022-01-01\n"
    assert import_units((UNITS + rows).encode(), TODAY) == Imported(confirmed=1, added=1)
    known = Unit.objects.get(key="330114/development_reform")
    assert (known.name, known.status, known.confirmed_on) == ("钱塘区发展改革局", "confirmed", TODAY)
    assert import_units((UNITS + rows).encode(), TODAY) == Imported(unchanged=2)
    load_units(load_lines(), TODAY)
    known.refresh_from_db()
    assert known.name == "钱塘区发展改革局"


BAD_UNITS = {
    "no such place": ("339999,甲局,,,,,\n", "地区", "339999"),
    "ended place": ("330104,甲局,,,,,\n", "地区", "330104"),
    "no such line": ("330114,甲局,,,占卜,,\n", "条线", "占卜"),
    "no such kind": ("330114,甲局,,,,神庙,\n", "类型", "神庙"),
    "twice": ("330114,乙局,,,,,\n", "全称", "第2行"),
}


@pytest.mark.parametrize(("row", "column", "word"), BAD_UNITS.values(), ids=BAD_UNITS)
def test_a_bad_table_of_units_changes_nothing(row: str, column: str, word: str) -> None:
    with pytest.raises(BadTable) as told:
        import_units((UNITS + "330114,乙局,,,,,\n" + row).encode(), TODAY)
    (fault,) = told.value.faults
    assert (fault.line, fault.column) == (3, column) and word in fault.reason
    assert not Unit.objects.exists()


def test_units_go_out_as_they_come_in() -> None:
    units()
    out = export_units(Unit.objects.filter(place__key="330114").select_related("place", "line"))
    assert len(read_table(out, COLUMNS)) > 40
    done = import_units(out, DAY(2026, 1, 1))
    assert (done.added, done.unchanged) == (0, 0) and done.confirmed > 40
