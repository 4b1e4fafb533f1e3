"""A newer reader: what it reads otherwise is told and stored, what people corrected stays, ids stay."""

from __future__ import annotations

import pytest

from luoshi.documents.actions import correct, correct_meeting, outdated, reread, take_back
from luoshi.documents.changes import Changes, from_dict
from luoshi.documents.filing import Lost, path_of
from luoshi.documents.models import Action, Correction, Directive, Meeting, Reading, Report

from .made import (
    FLOOD,
    LATER,
    NOW,
    action,
    counts,
    directive,
    missing,
    narrow_names,
    taken,
    version,
    weak_lexicon,
)

pytestmark = pytest.mark.django_db
DRILL = "开展转移演练"


def told(changes: Changes) -> dict[str, list[tuple[str, ...]]]:
    """Changes in short."""
    return {
        "added": [(row.what, row.words) for row in changes.added],
        "gone": [(row.what, row.words) for row in changes.gone],
        "changed": [(each.row.what, each.field, each.before, each.now) for each in changes.changed],
        "kept": [(kept.row.what, kept.field) for kept in changes.kept],
    }


NOTHING: dict[str, list[tuple[str, ...]]] = {"added": [], "gone": [], "changed": [], "kept": []}


def test_it_works() -> None:
    """A reader without words for strength took it in; the one with them reads it again."""
    with weak_lexicon(), version("0.0.1"):
        report = taken().report
    keys = list(Directive.unguarded.values_list("key", "pk"))
    assert directive(report, "水库").strength == "push"
    changes = reread(report, LATER)
    assert told(changes) == {
        **NOTHING,
        "changed": [("directive", "strength", "push", "ensure"), ("directive", "strength", "push", "strive")],
    }
    assert directive(report, "水库").strength == "ensure"
    assert list(Directive.unguarded.values_list("key", "pk")) == keys
    assert (changes.before, changes.now) == ("0.0.1", report.reading and report.reading.reader)
    assert report.reading and from_dict(report.reading.changes) == changes
    assert [reading.reader for reading in Reading.unguarded.order_by("pk")] == ["0.0.1", changes.now]


def test_twice_is_once() -> None:
    report = taken().report
    before = counts()
    for _ in range(2):
        assert not reread(report, LATER)
        assert counts() == before
    assert report.reading and (report.reading.read_at, report.reading.upheld_at) == (NOW, LATER)


def test_a_newer_version_that_reads_the_same_upholds_the_reading() -> None:
    report = taken().report
    assert not outdated().exists()
    with version("99.0"):
        assert list(outdated()) == [report]
        assert not reread(report, LATER)
        assert not outdated().exists()
    assert report.reading and report.reading.upheld_by == "99.0" != report.reading.reader
    assert Reading.unguarded.count() == 1


def test_what_is_found_now_and_what_is_not_any_more() -> None:
    with missing(DRILL):
        report = taken().report
    assert not Directive.unguarded.filter(words__contains=DRILL).exists()
    changes = told(reread(report, LATER))
    assert [what for what, _ in changes["added"]] == ["directive", "action", "action"]
    assert changes["gone"] == changes["changed"] == changes["kept"] == []
    came = directive(report, DRILL)
    with missing(DRILL):
        changes = told(reread(report, LATER))
    assert [what for what, _ in changes["gone"]] == ["directive", "action", "action"] and not changes["added"]
    came.refresh_from_db()
    assert came.gone_at == LATER
    # Found again, it is the same row.
    assert len(reread(report, LATER).added) == 3
    assert directive(report, DRILL).pk == came.pk and directive(report, DRILL).gone_at is None


# --- what people corrected ---


def test_a_correction_stays_and_what_is_read_is_kept_beside_it() -> None:
    with weak_lexicon():
        report = taken().report
    told_to = directive(report, "水库")
    assert correct(told_to, "strength", "must", post=None, now=NOW)
    kept = reread(report, LATER).kept
    assert [(k.field, k.before, k.now, k.kept) for k in kept] == [("strength", "push", "ensure", "must")]
    told_to.refresh_from_db()
    assert (told_to.strength, told_to.as_read("strength")) == ("must", "ensure")
    assert not reread(report, LATER)
    assert take_back(told_to, "strength", post=None, now=LATER)
    told_to.refresh_from_db()
    assert (told_to.strength, told_to.corrected) == ("ensure", {})
    assert [(c.before, c.after, c.back) for c in Correction.unguarded.all()] == [
        ("push", "must", False),
        ("must", "ensure", True),
    ]


def test_a_corrected_row_stays_though_it_is_not_read_any_more() -> None:
    report = taken().report
    deed = action(report, DRILL)
    assert correct(deed, "object", "群众转移演练", post=None, now=NOW)
    with missing(DRILL):
        changes = told(reread(report, LATER))
        # The directive stays with it; the other action, which nobody corrected, goes.
        assert sorted(changes["kept"]) == [("action", ""), ("directive", "")]
        assert [what for what, _ in changes["gone"]] == ["action"]
        assert not reread(report, LATER)
        deed.refresh_from_db()
        assert (deed.object, deed.found, deed.gone_at) == ("群众转移演练", False, None)
        assert take_back(deed, "object", post=None, now=LATER)
        deed.refresh_from_db()
        assert deed.gone_at == LATER
        # Nothing holds the directive any more.
        assert told(reread(report, LATER))["gone"] == [("directive", directive(report, DRILL).words)]


def test_a_kept_row_names_what_is_read_at_its_place_now() -> None:
    report = taken().report
    told_to = directive(report, DRILL)
    assert correct(told_to, "words", "开展山洪避险转移演练", post=None, now=NOW)
    Directive.unguarded.filter(pk=told_to.pk).update(key="d-of-other-words")
    (kept,) = reread(report, LATER).kept
    fresh = Directive.unguarded.get(report=report, key=kept.beside[0])
    assert kept.row.key == "d-of-other-words" and fresh.quotation == told_to.quotation


def test_a_corrected_title_and_day_stay_and_the_day_is_read_with() -> None:
    words = "会议强调，要在今年年底前建成3座水厂，压实各方责任。会议要求，各乡镇要完善供水台账。"
    report = taken(words).report
    assert correct(report, "title", "供水会议", post=None, now=NOW)
    assert correct(report, "published", "2026-03-01", post=None, now=NOW)
    changes = reread(report, LATER)
    assert [(c.row.what, c.field, c.before["by"], c.now["by"]) for c in changes.changed] == [
        ("directive", "deadline", "--12-31", "2026-12-31")
    ]
    assert not changes.kept
    report = Report.unguarded.get()
    assert (report.title, str(report.published_on), report.as_read("published")) == ("供水会议", "2026-03-01", "")


def test_a_meeting_keeps_what_was_entered_though_its_name_is_read_otherwise() -> None:
    with narrow_names():
        report = taken().report
    held = Meeting.unguarded.get()
    assert held.name == "防汛备汛工作"
    fields = {"main_venue": "县行政中心", "attendance": 210, "chairs": ["鲍闻舟", "穆清扬"]}
    assert correct_meeting(held, fields, post=None, now=NOW) == ("main_venue", "attendance", "chairs")
    assert told(reread(report, LATER)) == {
        **NOTHING,
        "changed": [("meeting", "name", "防汛备汛工作", "防汛备汛工作会议")],
    }
    again = Meeting.unguarded.get()
    assert again.pk == held.pk and again.quotation and again.quotation["exact"] == "防汛备汛工作会议"
    assert (again.main_venue, again.attendance, again.chairs) == ("县行政中心", 210, ["鲍闻舟", "穆清扬"])


# --- what goes wrong ---


def test_without_its_original_nothing_changes() -> None:
    report = taken().report
    before = counts()
    path_of(report.original.sha256).unlink()
    with pytest.raises(Lost):
        reread(report, LATER)
    assert counts() == before


def test_a_rereading_is_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    with weak_lexicon(), missing(DRILL):
        report = taken().report
    before = counts(), directive(report, "水库").strength

    def fails(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("luoshi.documents.settling.Settling._meetings", fails)
    with pytest.raises(RuntimeError):
        reread(report, LATER)
    assert (counts(), directive(report, "水库").strength) == before


def test_rows_as_read_at_once_and_in_two_steps_are_the_same() -> None:
    """Whatever an older reader read: after a rereading the live rows are those of taking it in today."""
    with weak_lexicon(), missing("落实值班"), narrow_names():
        report = taken().report
    with missing(DRILL):
        reread(report, LATER)
    reread(report, LATER)
    in_steps = rows(report)
    other = taken(FLOOD + "\n").report
    assert in_steps == rows(other)


def rows(report: Report) -> list[tuple[object, ...]]:
    live = {"report": report, "gone_at": None, "found": True}
    told_to = Directive.unguarded.filter(**live).values_list("rank", "words", "strength", "deadline", "speaker")
    deeds = Action.unguarded.filter(**live).values_list("rank", "words", "kind", "gaps", "directive__words")
    held = Meeting.unguarded.filter(**live).values_list("name", "date", "chairs")
    return [*told_to.order_by("rank"), *deeds.order_by("rank"), *held]
