"""Corrections: which field, what was read, what stands there now, by whom and when; and what cannot stand there."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from luoshi.documents.actions import correct, take_back
from luoshi.documents.actions.correcting import Gone
from luoshi.documents.checking import CHECKS
from luoshi.documents.models import Action, Correction, Directive, Meeting, Report
from luoshi.people.models import Role
from tests.people.made import DAY, post, user, world

from .made import LATER, NOW, action, counts, directive, taken

pytestmark = pytest.mark.django_db


def test_it_works() -> None:
    made = world()
    clerk = post(user("zhou"), Role.CLERK, made.units["A1a:gov"])
    report = taken(post=clerk, place=made.places["A1a"]).report
    deed = action(report, "应急预案")
    assert correct(deed, "words", "修订县防汛应急预案", post=clerk, now=LATER)
    kept = Correction.seen.by(clerk.user, DAY).get()
    assert (kept.what, kept.row, kept.field, kept.post, kept.at) == ("action", deed.pk, "words", clerk, LATER)
    assert (kept.before, kept.after) == ("抓紧修订应急预案", "修订县防汛应急预案")
    assert action(report, "县防汛").corrected == {"words": "抓紧修订应急预案"}
    # Where it stands in the report is as it was.
    assert deed.quotation["exact"] == "抓紧修订应急预案"


def test_twice_is_once_and_the_first_reading_is_kept() -> None:
    told = directive(taken().report, "水库")
    assert correct(told, "strength", "must", post=None, now=NOW)
    assert not correct(told, "strength", "must", post=None, now=NOW)
    assert correct(told, "strength", "push", post=None, now=LATER)
    assert Correction.unguarded.count() == 2
    assert told.as_read("strength") == "ensure"
    assert take_back(told, "strength", post=None, now=LATER) and not take_back(told, "strength", post=None, now=LATER)
    assert Directive.unguarded.get(pk=told.pk).strength == "ensure"


def test_what_is_said_again_as_it_is_read_is_no_correction() -> None:
    told = directive(taken().report, "应急预案")
    assert told.units
    assert not correct(told, "units", [owner["text"] for owner in told.units], post=None, now=NOW)
    assert correct(told, "units", ["县水利局", "县应急管理局"], post=None, now=NOW)
    assert told.corrected["units"][0]["start"] and told.units == [{"text": "县水利局"}, {"text": "县应急管理局"}]
    assert Correction.unguarded.count() == 1


def test_somebody_with_an_old_page_corrects_what_is_there_now() -> None:
    report = taken().report
    mine, theirs = directive(report, "水库"), directive(report, "水库")
    assert correct(theirs, "strength", "must", post=None, now=NOW)
    assert correct(mine, "problem", "病险水库多", post=None, now=NOW)
    stands = directive(report, "水库")
    assert (stands.strength, stands.problem, set(stands.corrected)) == ("must", "病险水库多", {"strength", "problem"})


def test_what_no_reading_has_any_more_cannot_be_corrected() -> None:
    told = directive(taken().report, "水库")
    Directive.unguarded.filter(pk=told.pk).update(gone_at=NOW)
    with pytest.raises(Gone):
        correct(told, "strength", "must", post=None, now=LATER)
    assert not Correction.unguarded.exists()


RIGHT: dict[str, tuple[type[Any], str, Any, Any]] = {
    "a title": (Report, "title", " 防汛  会议 ", "防汛 会议"),
    "a day": (Report, "published", "2026-05-13", "2026-05-13"),
    "a time": (Report, "published", "2026-05-13T08:00+08:00", "2026-05-13T08:00+08:00"),
    "no publisher": (Report, "publisher", "", ""),
    "owners": (Directive, "lead", ["县水利局", "县水利局"], [{"text": "县水利局"}]),
    "a deadline": (
        Directive,
        "deadline",
        {"by": "2026-06-30"},
        {"text": "2026-06-30", "from": None, "by": "2026-06-30"},
    ),
    "a deadline without a day": (
        Directive,
        "deadline",
        {"text": "汛期前"},
        {"text": "汛期前", "from": None, "by": None},
    ),
    "urgent": (Directive, "priority", "urgent", "urgent"),
    "stance": (Action, "kind", "stance", "stance"),
    "gaps": (Action, "gaps", ["measure", "owner"], ["owner", "measure"]),
    "a day without a year": (Meeting, "date", "--02-29", "--02-29"),
    "venues": (
        Meeting,
        "branch_venues",
        [{"name": "石桥镇", "attendance": 12}, {"name": "各村"}],
        [{"name": "石桥镇", "attendance": 12}, {"name": "各村", "attendance": None}],
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_can_stand_there(name: str) -> None:
    model, field, value, stands = RIGHT[name]
    taken()
    row = model.unguarded.first()
    assert correct(row, field, value, post=None, now=NOW)
    assert getattr(model.unguarded.get(pk=row.pk), field) == stands
    # What was put right can be said again as it stands.
    again = [owner["text"] for owner in stands] if field == "lead" else stands
    assert not correct(row, field, again, post=None, now=NOW)


WRONG: dict[str, tuple[type[Any], str, Any]] = {
    "its place in the report": (Directive, "quotation", {}),
    "its key": (Action, "key", "a-1"),
    "its report": (Action, "report", 1),
    "no such field": (Meeting, "colour", "red"),
    "no such strength": (Directive, "strength", "very"),
    "a strength that is a list": (Directive, "strength", ["must"]),
    "no words": (Action, "words", "   "),
    "words that are a number": (Action, "words", 7),
    "too many words": (Report, "title", "长" * 2001),
    "no day of the calendar": (Report, "published", "2026-02-30"),
    "a day in words": (Meeting, "date", "上周五"),
    "a day without a year that is none": (Meeting, "date", "--02-30"),
    "owners in one word": (Directive, "lead", "县水利局"),
    "an owner without a name": (Directive, "lead", ["县水利局", ""]),
    "a deadline of other parts": (Directive, "deadline", {"until": "2026-06-30"}),
    "a deadline without words": (Directive, "deadline", {"text": " "}),
    "no such gap": (Action, "gaps", ["money"]),
    "people less than none": (Meeting, "attendance", -1),
    "people in words": (Meeting, "attendance", "很多"),
    "true people": (Meeting, "attendance", True),
    "venues that are names": (Meeting, "branch_venues", ["石桥镇"]),
    "one venue twice": (Meeting, "branch_venues", [{"name": "石桥镇"}, {"name": "石桥镇"}]),
    "no such level": (Meeting, "level", "planet"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_stand_there(name: str) -> None:
    model, field, value = WRONG[name]
    taken()
    row, before = model.unguarded.first(), counts()
    with pytest.raises(ValidationError) as told:
        correct(row, field, value, post=None, now=NOW)
    assert list(told.value.message_dict) == [field]
    assert counts() == before and model.unguarded.get(pk=row.pk).corrected == {}


def test_every_field_that_can_be_corrected_is_a_column() -> None:
    for model, fields in CHECKS.items():
        assert set(fields) <= {field.name for field in model._meta.get_fields()}
