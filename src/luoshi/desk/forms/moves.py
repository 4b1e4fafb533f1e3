"""A move and an item in, a form of it out; what was sent in, the act done, or the form again with what is wrong."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luoshi.ledger.actions import Outcome, Refused, act
from luoshi.ledger.actions.words import said
from luoshi.ledger.playbook import Field, Move
from luoshi.ledger.playbook.vocabulary import STEP
from luoshi.people.models import User

from . import posts
from .controls import Shown, control
from .files import Kept, files_of
from .given import Given, given
from .hints import hint
from .nouns import Choice, Control, Subject, Typed, Wrong
from .typed import first, posted
from .units import look_up
from .units import said as units_said


@dataclass
class MoveForm:
    """A form of a move on an item: what stands in it, and what is wrong with it; `wrong[""]` is of the whole."""

    move: Move
    subject: Subject
    expected: int
    request: str
    typed: Mapping[str, Typed]
    files: tuple[Kept, ...] = ()
    wrong: Wrong = field(default_factory=dict)
    several: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    since: tuple[Any, ...] = ()
    back: str = ""

    @property
    def name(self) -> str:
        """What the move is called."""
        return self.move.name.of(get_language() or "zh-hans")

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that people fill in, in the order of the playbook."""
        return asked_of_people(self.move)

    @property
    def hint(self) -> str:
        """What one should know before filling it in: how many extensions are left, and how far they go."""
        return hint(self.move, self.subject)

    @property
    def controls(self) -> list[Control]:
        """The fields as a template shows them."""
        shown = Shown(self.subject, self.move, self.wrong, self.several)
        return [control(each, self.typed[each.key], shown) for each in self.fields]

    @property
    def evidence(self) -> list[dict[str, Any]]:
        """The kinds of evidence the move takes: name, the files there are, what is wrong with new ones."""
        names, language = dict(self.subject.playbook.evidence), get_language() or "zh-hans"
        return [
            {
                "kind": kind,
                "name": names[kind].of(language),
                "kept": [kept for kept in self.files if kept.kind == kind],
                "errors": self.wrong.get(f"evidence-{kind}", []),
            }
            for kind in self.move.evidence.kinds
        ]

    @property
    def needs_files(self) -> bool:
        """True where files are asked for, or there is something to see of them: otherwise they wait folded up."""
        return bool(self.move.evidence.at_least or self.files) or any(key.startswith("evidence") for key in self.wrong)

    @property
    def faults(self) -> list[tuple[str, str]]:
        """All that is wrong: the id of the input it is about ("" of the whole), and a line."""
        return [(_input(path), line) for path, lines in self.wrong.items() for line in lines]


def asked_of_people(move: Move) -> tuple[Field, ...]:
    """The fields of a move but those that the system fills in, of which step of which clock it makes."""
    return tuple(each for each in move.fields if each.key not in STEP)


def blank(move: Move, subject: Subject, supports: dict[str, str]) -> MoveForm:
    """The form as it begins."""
    typed = {each.key: first(each, subject, supports) for each in asked_of_people(move)}
    return MoveForm(move, subject, subject.row.sequence, uuid.uuid4().hex, typed)


def sent(move: Move, subject: Subject, request: HttpRequest) -> MoveForm:
    """The form as it was sent, but for its files."""
    data = request.POST
    typed = {each.key: posted(each, data) for each in asked_of_people(move)}
    expected = data.get("expected", "")
    version = int(expected) if expected.isascii() and expected.isdigit() and len(expected) < 10 else 0
    return MoveForm(move, subject, version, data.get("request", ""), typed)


def attach(form: MoveForm, request: HttpRequest, user: User) -> None:
    """Keep the files that were sent with a form, before anything else: they are there when it is refused.

    Raises:
        LedgerUnavailable: the disk does not take them.
    """
    form.files = files_of(request, form.move, user.pk, form.wrong)


def make(form: MoveForm, user: User, now: Any) -> Outcome | None:
    """Make the move; None where it was refused: the form then says why.

    Raises:
        LedgerUnavailable: the database does not answer.
    """
    read = _read(form)
    form.several = read.several
    for path, lines in read.wrong.items():
        form.wrong.setdefault(path, []).extend(lines)
    if form.wrong:
        return None
    evidence = [(kept.kind, kept.file) for kept in form.files]
    about = {"fields": read.fields, "evidence": evidence, "expected": form.expected, "now": now}
    try:
        return act(user, form.subject.row.pk, form.move.verb, request=form.request or None, **about)
    except Refused as refused:
        _tell(form, refused)
        return None


def _read(form: MoveForm) -> Given:
    written = units_said(form.typed.values())
    known = look_up(written, form.subject.path, form.subject.scope) if written else []
    read = given(form.fields, form.typed, known)
    for each in form.fields:
        if each.kind == "post" and not posts.fits(each.key, str(form.typed[each.key]), form.subject):
            read.wrong.setdefault(each.key, []).append(_("请从列出的人员中选择。"))
    return read


def _tell(form: MoveForm, refused: Refused) -> None:
    """Put what the door says where it belongs; a form that is late is now about the item as it is."""
    fields = {each.key for each in form.fields}
    for fault in refused.faults:
        key = fault.field.partition("[")[0].partition(".")[0]
        path = fault.field if key in fields else "evidence" if key == "evidence" else ""
        form.wrong.setdefault(path, []).append(said(fault, refused.playbook or form.subject.playbook))
    form.since = tuple(getattr(refused, "since", ()))[-MOST_SINCE:]
    if "stale" in refused.codes or "request_reused" in refused.codes:
        form.expected, form.request = form.subject.row.sequence, uuid.uuid4().hex


# What happened meanwhile, as much as one reads before sending again; all of it is in the log.
MOST_SINCE = 5


def _input(path: str) -> str:
    """The id of the input that a path of a field is about: `parts[1].lead` is parts-1-lead."""
    said = path.replace("[", "-").replace("].", "-").replace("]", "")
    return f"f-{said}" if said else ""
