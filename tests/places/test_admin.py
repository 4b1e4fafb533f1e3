"""The administration pages of places and units: what is put right stays so, what would break the tree is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from luoshi.people.models import User
from luoshi.places import tree
from luoshi.places.lines import load_lines
from luoshi.places.loading import load_line_rows, load_units
from luoshi.places.models import Place, PlaceState, Unit
from luoshi.places.tables import read_table
from luoshi.places.units import COLUMNS

from .made import TODAY, plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client) -> Client:
    """The owner of the installation, signed in; the tree of tests is planted."""
    plant()
    client.force_login(User.unguarded.create_superuser("owner", password="a long one for tests"))
    return client


def form(client: Client, address: str) -> dict[str, Any]:
    """What the page's forms would send if nothing were changed."""
    context = client.get(address).context
    forms = [context["adminform"].form, *(f for s in context["inline_admin_formsets"] for f in s.formset.forms)]
    managing = [s.formset.management_form for s in context["inline_admin_formsets"]]
    return {
        bound.html_name: "" if bound.value() is None else bound.value()
        for each in (*forms, *managing)
        for bound in each
        if bound.value() is not False
    }


def address(row: Any) -> str:
    return f"/admin/places/{row._meta.model_name}/{row.pk}/change/"


def state_field(sent: dict[str, Any], state: PlaceState, name: str) -> str:
    row = next(key for key, value in sent.items() if key.endswith("-id") and str(value) == str(state.pk))
    return row.removesuffix("id") + name


def test_it_works(owner: Client) -> None:
    page = owner.get(address(Place.objects.get(key="330114"))).content.decode()
    assert "钱塘区" in page and "<svg" in page and "审图号" in page


@pytest.mark.parametrize("model", ["place", "line", "unit", "loading"])
def test_every_list_opens_and_is_searched(owner: Client, model: str) -> None:
    load_line_rows(load_lines()), load_units(load_lines(), TODAY)
    answer = owner.get(f"/admin/places/{model}/", {} if model == "loading" else {"q": "发"})
    assert answer.status_code == 200


def test_a_name_that_was_put_right_stays_and_its_history_is_kept(owner: Client) -> None:
    town = Place.objects.get(key="330114001")
    state = town.states.get()
    sent = form(owner, address(town))
    sent[state_field(sent, state, "name")] = "白杨镇"
    assert owner.post(address(town), sent).status_code == 302
    state.refresh_from_db()
    town.refresh_from_db()
    assert (state.name, town.name, state.corrected) == ("白杨镇", "白杨镇", ["name"])
    assert [h.name for h in state.history.order_by("history_id")] == ["白杨街道", "白杨镇"]
    assert plant().written == 0
    state.refresh_from_db()
    assert state.name == "白杨镇"


def test_a_county_that_moves_takes_its_towns_along(owner: Client) -> None:
    county, ningbo = Place.objects.get(key="330114"), Place.objects.get(key="330200")
    sent = form(owner, address(county))
    sent[state_field(sent, county.states.get(), "parent")] = ningbo.pk
    assert owner.post(address(county), sent).status_code == 302
    town = Place.objects.get(key="330114001")
    assert [s.name for s in tree.ancestors(town, TODAY)] == ["中国", "浙江省", "宁波市", "钱塘区"]
    assert "330114001" in {s.place.key for s in tree.within(ningbo, TODAY)}
    assert plant().written == 0
    assert "330114001" in {s.place.key for s in tree.within(ningbo, TODAY)}


def test_a_place_is_renamed_from_a_day_on(owner: Client) -> None:
    """One page: the state that was ends, another begins; the town below stays where it is."""
    county = Place.objects.get(key="330114")
    sent = form(owner, address(county))
    sent[state_field(sent, county.states.get(), "until")] = "2025-01-01"
    prefix = state_field(sent, county.states.get(), "").replace("-0-", "-1-")
    sent[prefix.removesuffix("1-") + "TOTAL_FORMS"] = 2
    new = {"name": "钱塘新城区", "level": "county", "code": "330114", "since": "2025-01-01", "since_known": "day"}
    parent = Place.objects.get(key="330100").pk
    sent |= {f"{prefix}{name}": value for name, value in {**new, "parent": parent, "place": county.pk}.items()}
    answer = owner.post(address(county), sent)
    assert answer.status_code == 302, answer.context["errors"]
    assert [(s.name, s.until_known) for s in county.states.order_by("since")] == [("钱塘区", "day"), ("钱塘新城区", "")]
    assert tree.ancestors(Place.objects.get(key="330114001"), TODAY)[-1].name == "钱塘新城区"


def test_a_unit_s_key_is_its_places(owner: Client) -> None:
    county = Place.objects.get(key="330114")
    sent = {"key": "330200/fagai", "name": "某局", "place": county.pk, "kind": "other", "status": "assumed"}
    page = owner.post("/admin/places/unit/add/", sent | {"since": "2025-01-01", "since_known": "day"})
    assert page.status_code == 200 and "330114/" in page.content.decode() and not Unit.objects.exists()


def test_a_change_that_would_leave_a_town_without_a_parent_is_refused(owner: Client) -> None:
    county = Place.objects.get(key="330114")
    sent = form(owner, address(county))
    sent[state_field(sent, county.states.get(), "until")] = "2023-01-01"
    answer = owner.post(address(county), sent)
    assert answer.status_code == 200 and "失去上级" in answer.content.decode()
    assert county.states.get().until is None


# A field of a state, what is typed, a word of what is said.
WRONG = [
    ("code", "33011", "6位"),
    ("code", "330114001", "6位"),
    ("until", "2020-01-01", "晚于"),
    ("since", "不是日期", "日期"),
    ("name", "", "必填"),
]


@pytest.mark.parametrize(("name", "typed", "word"), WRONG, ids=[f"{w[0]}-{w[1]}" for w in WRONG])
def test_a_wrong_state_is_said_at_its_field_and_what_was_typed_is_kept(
    owner: Client, name: str, typed: str, word: str
) -> None:
    county = Place.objects.get(key="330114")
    sent = form(owner, address(county))
    sent[state_field(sent, county.states.get(), name)] = typed
    page = owner.post(address(county), sent).content.decode()
    assert (word in page and f'value="{typed}"' in page) or not typed


def test_units_are_confirmed_together_and_handed_out_as_a_table(owner: Client) -> None:
    load_line_rows(load_lines()), load_units(load_lines(), TODAY)
    chosen = list(Unit.objects.filter(place__key="330114").values_list("pk", flat=True)[:20])
    owner.post("/admin/places/unit/", {"action": "confirm", "_selected_action": chosen})
    assert set(Unit.objects.filter(status="confirmed").values_list("pk", flat=True)) == set(chosen)
    table = owner.post("/admin/places/unit/", {"action": "export", "_selected_action": chosen})
    assert len(read_table(table.content, COLUMNS)) == 20


def test_a_corrected_unit_is_not_loaded_over(owner: Client) -> None:
    load_line_rows(load_lines()), load_units(load_lines(), TODAY)
    unit = Unit.objects.get(key="330114/development_reform")
    sent = form(owner, address(unit)) | {"name": "钱塘区发展改革和统计局", "aliases": "区发改局；发改局"}
    answer = owner.post(address(unit), sent)
    assert answer.status_code == 302, answer.context["errors"]
    load_units(load_lines(), TODAY)
    unit.refresh_from_db()
    assert (unit.name, unit.aliases) == ("钱塘区发展改革和统计局", ["区发改局", "发改局"])


def test_places_and_units_are_never_deleted_here(owner: Client) -> None:
    load_line_rows(load_lines()), load_units(load_lines(), TODAY)
    for row in (Place.objects.get(key="330114"), Unit.objects.first()):
        assert row is not None
        assert owner.post(f"/admin/places/{row._meta.model_name}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
