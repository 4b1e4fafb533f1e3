"""Items of all playbooks in every state in; forms of every move out, each with a field that is wrong in a way of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luoshi.ledger.actions import moves_for
from luoshi.ledger.actions.books import playbooks
from luoshi.ledger.playbook import Field, Move, Playbook
from luoshi.ledger.playbook.vocabulary import STEP
from tests.ledger.office import Desk, Office, closed, in_hand, open_task, opened, proof
from tests.ledger.projects import building, project
from tests.ledger.responses import responding

from .noun import Case

LONG, LATER = "长" * 21_000, "2099-12-31"
WATER = "临川市水利局"

# What is wrong of a kind: a name, and what stands in the field. Of texts and phrases, what is blank where it is required.
WORDS = (("nul", "修好\0水库"), ("21,000 characters", LONG))
BLANK = (("missing", ""), ("spaces", " 　\n "), ("invisible", "\u200b\u200b"))
DAYS = (
    ("no day", "2026-02-30"),
    ("words", "下个月"),
    ("month 13", "2026-13-45"),
    ("year 0", "0000-01-01"),
    ("nul", "2026-\0"),
)
NUMBERS = (("huge", "1" * 400), ("words", "九百万"), ("infinite", "1e999"), ("none", "NaN"))
CHOICES = (("unknown", "no_such_choice"), ("nul", "\0"))
UNITS = (
    ("unknown", "没有这个局"),
    ("unconfirmed", "石桥镇民政局"),
    ("nul", "水利\0局"),
    ("long", "局" * 5000),
    ("sql", "'; DROP TABLE ledger_item; --"),
    ("like", "%"),
)
POSTS = (
    ("unknown", "post:999999999"),
    ("no number", "post:x"),
    ("elsewhere", "post:{abroad}"),
    ("huge", "post:" + "9" * 40),
)
MILESTONES = (
    ("no words", {"due": LATER}),
    ("no day", {"words": "完成招标", "due": "2026-02-30"}),
    ("words for a day", {"words": "完成招标", "due": "年底"}),
    ("long", {"words": "长" * 5000, "due": LATER}),
)
PARTS = (
    ("no words", {"lead": WATER, "due": LATER}),
    ("no lead", {"words": "修好一座水库", "due": LATER}),
    ("unknown lead", {"words": "修好一座水库", "lead": "没有这个局", "due": LATER}),
    ("no day", {"words": "修好一座水库", "lead": WATER, "due": "2026-02-30"}),
    ("unknown place", {"words": "修好一座水库", "lead": WATER, "due": LATER, "place": "no-such"}),
    ("foreign place", {"words": "修好一座水库", "lead": WATER, "due": LATER, "place": "B1"}),
    ("unknown line", {"words": "修好一座水库", "lead": WATER, "due": LATER, "line": "no-such"}),
    ("unconfirmed lead", {"words": "修好一座水库", "lead": "石桥镇民政局", "due": LATER}),
)
STEPS = (
    ("no words", {"key": "1", "takes": "5"}),
    ("no number", {"words": "完成招标", "takes": "5"}),
    ("a number in two", {"key": "1、2", "words": "完成招标", "takes": "5"}),
    ("no working days", {"key": "1", "words": "完成招标"}),
    ("words for working days", {"key": "1", "words": "完成招标", "takes": "一周"}),
    ("a century", {"key": "1", "words": "完成招标", "takes": "99999"}),
    ("waits for itself", {"key": "1", "words": "完成招标", "takes": "5", "after": "1"}),
    ("waits for nothing there is", {"key": "1", "words": "完成招标", "takes": "5", "after": "3、4"}),
    ("no day", {"key": "1", "words": "完成招标", "takes": "5", "end": "2026-02-30"}),
    ("ends before it begins", {"key": "1", "words": "完成招标", "takes": "5", "start": LATER, "end": "2026-12-01"}),
    ("long", {"key": "1", "words": "长" * 5000, "takes": "5"}),
)
# A unit that nobody confirmed may be named as the one that should have been asked: nothing goes there.
FITTING = {("suggested", "unconfirmed")}
VERSIONS = (("stale", "0"), ("from the future", "999999999"), ("no version", "x"), ("huge", "9" * 400))
# Every file goes through the same door, so not every move is tried with them all.
WITH_FILES = (("task", "report"), ("problem", "plan"))
FILES = (
    ("html", "说明.html", b"<script>alert(1)</script>"),
    ("html called text", "说明.txt", b"<!doctype html><script>alert(1)</script>"),
    ("html called pdf", "说明.pdf", b"<html><script>alert(1)</script>"),
    ("svg called jpg", "照片.jpg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ("program", "程序.exe", b"MZ\x90\0" + b"\0" * 100),
    ("program called pdf", "报告.pdf", b"MZ\x90\0" + b"\0" * 100),
    ("macro", "表.xlsm", b"PK\x03\x04" + b"\0" * 60),
    ("empty", "空.txt", b""),
    ("no ending", "材料", b"text"),
    ("path", "../../etc/passwd", b"root"),
    ("right to left", "\u202etxt.exe", b"text"),
    ("script", "a.js", b"alert(1)"),
    ("two endings", "a.pdf.html", b"%PDF-1.4"),
)


def desks(office: Office) -> Iterator[Desk]:
    """Items of all playbooks, one in every state that a few moves lead to."""
    yield opened(office)
    sent = opened(office)
    sent.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    yield sent
    back = opened(office)
    back.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    back.act("water", "return", return_reason=_first("task", "return", "return_reason"), reason="不是本局职责")
    yield back
    yield in_hand(office)
    longer = in_hand(office)
    longer.act("water", "ask_extension", asked_due="2027-03-31", reason="汛期", progress="过半")
    yield longer
    paused = in_hand(office)
    paused.act("city", "pause", pause_reason=_first("task", "pause", "pause_reason"), reason="等批复")
    yield paused
    yield from _closing(office)
    dropped = opened(office)
    dropped.act("city", "drop", drop_reason=_first("task", "drop", "drop_reason"), reason="重复", instead="另一件")
    yield dropped
    yield from _problems(office)
    yield project(office)
    yield building(office)


def _closing(office: Office) -> Iterator[Desk]:
    asked = in_hand(office)
    asked.act("water", "ask_closure", proof(), result="三座水库均已修好")
    yield asked
    seen = in_hand(office)
    seen.act("water", "ask_closure", proof(), result="三座水库均已修好")
    seen.act("checker", "verify", method="on_site", finding="属实")
    yield seen
    wrong = in_hand(office)
    wrong.act("water", "ask_closure", proof(), result="三座水库均已修好")
    given = {"refusal": _first("task", "refuse", "refusal"), "method": "on_site", "finding": "没有修好"}
    wrong.act("checker", "refuse", **given)
    wrong.act("water", "object", reason="修好了")
    yield wrong
    yield closed(office)


def _problems(office: Office) -> Iterator[Desk]:
    def begun() -> Desk:
        more: dict[str, Any] = {"list": "safety", "fields": {"found_by": "self", "basis": "督查通报"}}
        return Desk(office, open_task(office["city"], "problem", **more).item)

    yield begun()
    sent = begun()
    sent.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    yield sent
    signed = begun()
    signed.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    signed.act("water", "sign")
    yield signed
    planned = begun()
    planned.act("city", "dispatch", lead="A1:water", due="2026-12-31")
    planned.act("water", "sign")
    stones = [{"words": "完成招标", "due": "2026-12-01"}]
    planned.act("water", "plan", plan="分三步整改", cause="年久失修", milestones=stones)
    yield planned
    yield from responding(office)


def _first(playbook: str, verb: str, field: str) -> str:
    move = next(p for p in playbooks() if p.key == playbook).move(verb)
    assert move is not None
    return next(f for f in move.fields if f.key == field).choices[0][0]


def moves(office: Office) -> Iterator[Case]:
    """Every move of every playbook, at an item where somebody may make it, or else at one where nobody may."""
    found, told = _makers(office), set[object]()
    for playbook in playbooks():
        for move in playbook.moves:
            # A move that two playbooks have with the same fields has the same form.
            form = (move.verb, tuple((f.key, f.kind, f.required) for f in move.fields))
            if form in told:
                continue
            told.add(form)
            who, desk = found[playbook.key, move.verb]
            yield from _of(office, playbook, move, who, desk)


def _makers(office: Office) -> dict[tuple[str, str], tuple[str, Desk]]:
    found: dict[tuple[str, str], tuple[str, Desk]] = {}
    spare: dict[str, Desk] = {}
    for desk in desks(office):
        key = desk.row.playbook
        spare.setdefault(key, desk)
        for name in ("city", "water", "water_head", "checker", "mayor"):
            for verb in {move.verb for move in moves_for(office[name], desk.item, timezone.now())}:
                found.setdefault((key, verb), (name, desk))
    for playbook in playbooks():
        for move in playbook.moves:
            found.setdefault((playbook.key, move.verb), ("city", spare[playbook.key]))
    return found


def _of(office: Office, playbook: Playbook, move: Move, who: str, desk: Desk) -> Iterator[Case]:
    url = f"/items/{desk.item}/moves/{move.verb}/"
    good = {"expected": str(desk.row.sequence), "request": "", **_good(office, move)}
    at = f"{playbook.key} {move.verb}"
    # Which step of a clock a reminder is nobody fills in.
    for field in (each for each in move.fields if each.key not in STEP):
        rest = {name: words for name, words in good.items() if name.split("-")[0] != field.key}
        # Every way is tried, each with every second of the fields that can be wrong in it.
        for name, wrong in list(_wrong(office, field))[len(move.verb + field.key) % 2 :: 2]:
            if (field.key, name) in FITTING:
                continue
            yield Case(f"{at} {field.key} {name}", who, url, {**rest, **wrong}, _typed(move, {**rest, **wrong}))
    # Every way of being late is tried, each with some of the moves.
    for name, version in VERSIONS[len(move.verb) % len(VERSIONS) :][:1]:
        yield Case(f"{at} expected {name}", who, url, {**good, "expected": version}, _typed(move, good))
    if (kinds := move.evidence.kinds) and (playbook.key, move.verb) in WITH_FILES:
        for name, called, content in FILES:
            files = {f"evidence-{kinds[0]}": SimpleUploadedFile(called, content)}
            yield Case(f"{at} file {name}", who, url, {**good, **files}, _typed(move, good))


def _good(office: Office, move: Move) -> dict[str, str]:
    """What might be right, but for what is about to be wrong."""
    made: dict[str, str] = {}
    for field in move.fields:
        if field.required:
            made |= _right(office, field)
    return made


def _right(office: Office, field: Field) -> dict[str, str]:
    key = field.key
    rows = {"words": "完成招标", "due": LATER}
    if field.kind == "milestones":
        return _row(key, rows)
    if field.kind == "plan":
        return _row(key, {"key": "1", "words": "完成招标", "takes": "5"})
    if field.kind == "parts":
        return _row(key, {**rows, "lead": WATER})
    if field.kind == "units":
        return {f"{key}-rows": "1", f"{key}-0": "临川市民政局"}
    plain = {"text": "已经修好", "phrase": "三座水库", "date": LATER, "number": "120", "unit": WATER}
    others = {
        "choice": field.choices[0][0] if field.choices else "",
        "post": f"post:{office.posts['checker'].pk}",
        "step": "7",
    }
    return {key: {**plain, **others}[field.kind]}


def _row(key: str, said: dict[str, str]) -> dict[str, str]:
    return {f"{key}-rows": "1", **{f"{key}-0-{name}": words for name, words in said.items()}}


def _wrong(office: Office, field: Field) -> Iterator[tuple[str, dict[str, str]]]:
    """What is wrong with a field, as a form sends it."""
    key = field.key
    if ways := {"milestones": MILESTONES, "plan": STEPS, "parts": PARTS}.get(field.kind):
        yield from ((name, _row(key, said)) for name, said in ways)
        if field.required:
            yield "no rows", {f"{key}-rows": "0"}
            yield "rows of nothing", {f"{key}-rows": "9999999"}
        return
    if field.kind == "units":
        yield from ((name, {f"{key}-rows": "1", f"{key}-0": said}) for name, said in UNITS)
        return
    plain = {
        "text": WORDS,
        "phrase": WORDS,
        "date": DAYS,
        "number": NUMBERS,
        "choice": CHOICES,
        "step": CHOICES,
        "unit": UNITS,
    }
    ways_ = plain.get(field.kind, POSTS)
    yield from ((name, {key: said.format(abroad=office.posts["abroad"].pk)}) for name, said in ways_)
    if field.required:
        yield from ((name, {key: said}) for name, said in BLANK)


def _typed(move: Move, data: dict[str, str]) -> tuple[str, ...]:
    """The fields that somebody writes into, as a form calls them."""
    written = {"text", "phrase", "date", "number", "unit", "units", "milestones", "plan", "parts"}
    keys = [f.key for f in move.fields if f.kind in written]
    chosen = ("place", "line", "rows")
    return tuple(n for n in data if n.split("-")[0] in keys and n.rsplit("-", 1)[-1] not in chosen)
