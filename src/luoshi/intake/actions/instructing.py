"""A leader's instruction (领导批示) in, a report with its drafts out; or, about an open item, passed on to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.documents.actions import take_in
from luoshi.documents.drawing import stretch
from luoshi.documents.models import Report
from luoshi.documents.reader import text_of
from luoshi.ledger.actions import Refused, act, keep
from luoshi.ledger.machine.days import day as day_of
from luoshi.ledger.machine.opening import LONGEST_WORDS
from luoshi.ledger.machine.values import LONGEST_PHRASE, LONGEST_TEXT, BadValue, is_blank, storable
from luoshi.ledger.machine.values import words as readable
from luoshi.ledger.models import Item
from luoshi.people.models import Post
from luoshi.people.seeing import Viewer
from luoshi.places.models import Place
from luoshi.reading import Unreadable

from ..models import Draft
from ..proposing import Setting
from .drawing import draw
from .editing import covered
from .hands import Hand, hand_of
from .refused import DraftRefused, Fault, of_ledger

LIST, KIND = "instructions", "instruction"
# Of an office and the day after it, within a phrase.
LONGEST_OFFICE = LONGEST_PHRASE - 40


def instruct(
    viewer: Viewer,
    *,
    words: str,
    by: str,
    on: date,
    place: str,
    now: datetime,
    about: UUID | None = None,
    file: bytes | None = None,
    file_name: str = "",
) -> Report | None:
    """Take in a leader's instruction: a report whose drafts are for the list of instructions. Sent twice it is one.

    Args:
        by: the office (市长), never a name.
        about: an item that is open already: it is passed on to its lead instead, and there is no report.
        file, file_name: of `about`, a document that goes with it; else the instruction itself, in place of words.

    Raises:
        DraftRefused: with every fault, by field.
        LedgerUnavailable, OSError: it cannot be kept.
    """
    if faults := tuple(_faults(words, by, on, now, file if about is None else None)):
        raise DraftRefused(*faults)
    hand, basis = hand_of(viewer, now), f"{by.strip()}批示（{on.year}年{on.month}月{on.day}日）"
    if about is not None:
        _pass_on(viewer, hand, about, f"{basis}：{words.strip()}", file, file_name)
        return None
    setting, data = Setting(LIST, basis, KIND), f"{basis}\n\n{words.strip()}\n".encode()
    return _brought(hand, place, file or data, file_name or f"{basis}.txt", setting, on)


def _faults(words: str, by: str, on: date, now: datetime, file: bytes | None) -> Iterator[Fault]:
    if is_blank(by) or not _reads(by, LONGEST_OFFICE):
        yield Fault("by", _("请填写作出批示的职务（如市长），不写姓名，最多 %(most)s 字。") % {"most": LONGEST_OFFICE})
    if on > day_of(now):
        yield Fault("on", _("批示日期还没有到：请填写今天或以前的日期。"))
    if (is_blank(words) and file is None) or not _reads(words, LONGEST_TEXT):
        yield Fault("words", _("请填写批示内容，最多 %(most)s 字。") % {"most": LONGEST_TEXT})
    if file is not None and not is_blank(words):
        yield Fault("file", _("批示内容和文件只填一样：有文件的，以文件为准。"))


def _reads(words: str, most: int) -> bool:
    try:
        return bool(readable("words", words, most)) or is_blank(words)
    except BadValue:
        return False


def _pass_on(viewer: Viewer, hand: Hand, about: UUID, words: str, file: bytes | None, name: str) -> None:
    version = Item.seen.within(hand.scope).filter(pk=about).values_list("sequence", flat=True).first()
    try:
        evidence = [("document", keep([file], name))] if file else []
        fields = {"instruction": words}
        act(viewer, about, "instruct", fields=fields, evidence=evidence, expected=version or 0, now=hand.now)
    except Refused as refused:
        raise of_ledger(refused) from refused


def _brought(hand: Hand, place: str, data: bytes, name: str, setting: Setting, on: date) -> Report:
    where = Place.objects.filter(key=place).first() if storable(place) else None
    if where is None:
        raise DraftRefused(Fault("place", _("请选择批示所属的地区。")))
    covered(hand, where.pk, None, {"place_id": where.pk})
    post = Post.seen.within(hand.scope).get(pk=hand.must(where.pk, None))
    try:
        report = take_in(data, name, post=post, place=where, now=hand.now, published=on.isoformat()).report
    except Unreadable as wrong:
        raise DraftRefused(Fault("file", str(wrong))) from wrong
    with transaction.atomic():
        if not draw(report, post=post, now=hand.now, setting=setting):
            _as_a_whole(report, post, setting, hand.now)
    return report


def _as_a_whole(report: Report, post: Post, setting: Setting, now: datetime) -> Draft:
    """One draft of all its words, of an instruction in which no piece of work is read: none is ever lost."""
    text = text_of(report)
    quoted = text.removeprefix(setting.basis).strip()[:LONGEST_WORDS]
    start = text.index(quoted)
    columns = {
        "words": quoted,
        "quotation": stretch(report.original.sha256, text, start, start + len(quoted)),
        "place_id": report.place_id,
        "line_id": report.line_id,
        "made_by": post,
        "made_at": now,
    }
    return Draft.unguarded.create(origin=Draft.Origin.READ, report=report, rank=0, **columns, **setting._asdict())
