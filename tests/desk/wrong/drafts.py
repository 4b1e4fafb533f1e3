"""Drafts that wait in, forms about them that are wrong out; and wrong forms of tasks, instructions and meetings by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.intake.models import Draft
from tests.desk.reports_made import brought, drafts
from tests.ledger.office import Office, open_task

from .moves import DAYS, LATER, LONG
from .noun import Case
from .uploads import SPOILED

UNITS = ("没有这个局", "'; DROP TABLE intake_draft; --", "局" * 5000, "%", "水利\0局")
# Fields of a draft with what is wrong in each.
EDITS: Mapping[str, tuple[str, ...]] = {
    "words": ("", " 　", "\u200b", LONG, "修好\0水库"),
    "lead": UNITS,
    "supports": (*UNITS, "临川市水利局、没有这个局", "、".join(["临川市水利局"] * 3 + ["甲局"])),
    "due": tuple(value for _name, value in DAYS),
    "measure": (LONG, "三座\0水库"),
    "basis": (LONG, "纪要\0"),
}
STALE = ("0", "999", "", "x", "9" * 40, "-1")


def about_drafts(office: Office) -> Iterator[Case]:
    """Edit, merge, split, refuse, link and confirm, each wrong in the ways it can be."""
    rows = drafts(brought(office))
    foreign = drafts(
        brought(office, by="elsewhere", place="A2", text="望海市召开会议\n\n会议强调，要修好海堤，备足物资。\n")
    )
    row, other = rows[0], rows[1]
    yield from _edits(row)
    yield from _merges(row, other, foreign[0])
    yield from _splits(row)
    yield from _others(office, row)


def _sent(name: str, row: Draft, form: str, typed: tuple[str, ...] = (), who: str = "city", **data: object) -> Case:
    about = {"expected": str(row.version), **data}
    return Case(f"draft {form} {name}", who, f"/drafts/{row.pk}/{form}", about, typed)


def _edits(row: Draft) -> Iterator[Case]:
    good = {"words": "修好三座水库", "lead": "", "supports": "", "due": LATER, "measure": "", "basis": "会议纪要"}
    for field, ways in EDITS.items():
        for way in ways:
            yield _sent(f"{field} {way[:12]!r}", row, "", tuple(good), **{**good, field: way})
    for version in STALE:
        yield _sent(f"expected {version[:9]}", row, "", tuple(good), **{**good, "expected": version})
    for who in ("observer", "mayor"):
        yield _sent(f"by {who}", row, "", (), who, **good)
    for take in ("", "x", "1:lead:no-such-unit", "1:due:2026-02-30", "0:lead:A1:water", "1:support:\0"):
        yield _sent(f"take {take!r}", row, "", take=take)


def _merges(row: Draft, other: Draft, foreign: Draft) -> Iterator[Case]:
    ways = {
        "nothing": [],
        "itself": [f"{row.pk}:{row.version}"],
        "another report out of sight": [f"{foreign.pk}:{foreign.version}"],
        "unknown": ["999999999:1"],
        "no number": ["x:y"],
        "huge": [f"{'9' * 40}:1"],
        "late": [f"{other.pk}:77"],
    }
    for name, chosen in ways.items():
        yield _sent(name, row, "merge/", drafts=chosen)
    for version in STALE:
        yield _sent(f"expected {version[:9]}", row, "merge/", drafts=[f"{other.pk}:{other.version}"], expected=version)


def _splits(row: Draft) -> Iterator[Case]:
    ways = {
        "none": "",
        "one": "修好水库",
        "blank": "\n 　\n\n",
        "the same": "修好水库\n修好水库",
        "nul": "修\0好\n备足物资",
    }
    more = {"300": "\n".join(f"修好第{n}座水库" for n in range(300)), "long": f"{LONG}\n备足物资"}
    for name, words in {**ways, **more}.items():
        yield _sent(name, row, "split/", ("words",), words=words)
    for version in STALE:
        yield _sent(f"expected {version[:9]}", row, "split/", ("words",), words="修好水库\n备足物资", expected=version)


def _others(office: Office, row: Draft) -> Iterator[Case]:
    for reason in ("", "no_such_reason", "\0", "x" * 999):
        yield _sent(f"reason {reason[:9]!r}", row, "refuse/", ("note",), reason=reason, note="重复了")
    for note in ("", " 　", LONG, "重\0复"):
        yield _sent(f"note {note[:9]!r}", row, "refuse/", ("note",), reason="other", note=note)
    abroad = open_task(office["elsewhere"], place="A2", words="修好望海市海堤")
    for item in ("", "x", "临川市〔2026〕99号", str(abroad.item), abroad.number, LONG, "\0", "%", "' OR 1=1"):
        yield _sent(f"item {item[:20]!r}", row, "link/", ("item",), item=item)
    for version in STALE:
        yield _sent(f"expected {version[:9]}", row, "confirm/", expected=version)
        yield _sent(f"expected {version[:9]}", row, "take-back/", expected=version)
    for who in ("observer", "mayor"):
        yield _sent(f"by {who}", row, "confirm/", (), who)
    for chosen in ([], ["x"], ["999999999:1"], [f"{row.pk}:77"], ["\0:1"], [f"{'9' * 40}:1"]):
        data = {"drafts": chosen, "report": ""}
        yield Case(f"drafts confirm {chosen}", "city", "/drafts/confirm/", data, follow=True)


TASK = {"words": "修好三座水库", "basis": "专题会议纪要", "place": "临川市", "line": "", "lead": "", "due": LATER}
TASKS: Mapping[str, tuple[str, ...]] = {
    "words": ("", " 　", "\u200b", LONG, "修好\0水库"),
    "basis": ("", " 　", LONG, "纪要\0"),
    "place": ("", "云口市", "没有这个市", "\0", LONG, "%"),
    "lead": UNITS,
    "due": tuple(value for _name, value in DAYS),
}
TOLD = {"words": "抓紧修好水库", "by": "市长", "on": "2026-11-20", "about": "", "place": "临川市"}
INSTRUCTIONS: Mapping[str, tuple[str, ...]] = {
    "words": ("", " 　", LONG, "修好\0水库"),
    "by": ("", " 　", "市" * 99, "市\0长"),
    "on": ("", "2099-01-01", *(value for _name, value in DAYS)),
    "about": ("x", "没有这个编号", "\0", "9" * 400, "%"),
    "place": ("", "云口市", "没有这个市", "\0"),
}
HELD = {
    "name": "水利专题会",
    "date": "2026-11-20",
    "place": "临川市",
    "line": "",
    "attendance": "",
    "branch_venues": "石桥镇 18",
}
MEETINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("", " 　", LONG, "会\0议"),
    "date": ("", "2026-02-30", "明年", "0000-01-01", "\0", "x" * 99),
    "place": ("", "云口市", "没有这个市", "\0"),
    "attendance": ("-1", "很多", "1e9", "9" * 40, "\0", "1.5"),
    "branch_venues": (LONG, "石\0桥"),
    "main_venue": (LONG, "会\0场"),
    "chairs": (LONG, "甲\0"),
    "convener": (LONG,),
    "where_held": (LONG,),
    "level": ("no_such_level",),
    "form": ("no_such_form",),
}
BY_HAND = (
    ("/drafts/new/", TASK, TASKS),
    ("/instructions/new/", TOLD, INSTRUCTIONS),
    ("/meetings/new/", HELD, MEETINGS),
)
CHOSEN = ("line", "level", "form")


def by_hand(office: Office) -> Iterator[Case]:
    """Tasks, instructions and meetings with one field wrong; instructions with a file that cannot be read."""
    for url, good, wrong in BY_HAND:
        for field, ways in wrong.items():
            for way in ways:
                data = {**good, field: way}
                yield Case(f"{url} {field} {way[:12]!r}", "city", url, data, tuple(n for n in data if n not in CHOSEN))
    # They are read as reports are; some of each kind are enough.
    for name in list(SPOILED)[::3]:
        sent: dict[str, object] = {**TOLD, "words": "", "file": SimpleUploadedFile(name, SPOILED[name]())}
        yield Case(f"instruction {name}", "city", "/instructions/new/", sent, ("by", "on", "place"))
