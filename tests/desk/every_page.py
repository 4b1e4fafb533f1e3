"""The addresses of the desk in, requests to each of them out: for rows of one place, and for rows that are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.urls import URLPattern, URLResolver, reverse

from luoshi.desk import urls
from luoshi.documents.actions import enter_meeting
from luoshi.documents.models import Meeting, Report
from luoshi.intake.actions import bring
from luoshi.intake.models import Draft
from luoshi.intake.responding.activating import activate
from luoshi.ledger.actions import File
from luoshi.ledger.models import Evidence, Item
from luoshi.people.models import Role, User
from luoshi.people.scope import Scope
from tests.documents.made import FLOOD
from tests.ledger.office import NOW, Office, in_hand, office, proof
from tests.people.made import post, user

# Where somebody may be: the place itself, the one beside it, the one above, one below, one of another province.
AT = {"own": "A1:gov", "beside": "A2:gov", "above": "A:gov", "below": "A1b:gov", "abroad": "B1:gov"}
# Words that stand in the rows of the place and nowhere else in the world of the tests.
ITEM, MEETING = "修好青溪县三座病险水库", "临川市水利专题会"
RESPONSE = "临川市防汛防台应急响应"


@dataclass
class Made:
    """Rows of one place: what the addresses are about."""

    office: Office
    item: UUID
    file: File
    report: Report
    draft: Draft
    meeting: Meeting
    response: UUID

    def sees(self, scope: Scope) -> dict[str, bool]:
        """What somebody sees, as the guarded managers say."""
        rows: Mapping[str, tuple[Any, Any]] = {
            "item": (Item, self.item),
            "report": (Report, self.report.pk),
            "draft": (Draft, self.draft.pk),
            "meeting": (Meeting, self.meeting.pk),
            "response": (Item, self.response),
            "evidence": (Evidence, Evidence.unguarded.get(item=self.item).pk),
        }
        return {name: model.seen.within(scope).filter(pk=key).exists() for name, (model, key) in rows.items()}

    @property
    def words(self) -> dict[str, str]:
        """What a page that shows a row says of it."""
        return {
            "item": ITEM,
            "report": "青溪县召开防汛备汛工作会议",
            "draft": self.draft.words,
            "meeting": MEETING,
            "response": RESPONSE,
        }


def made() -> Made:
    """An item in hand with evidence, a report with its drafts, a meeting: all of one city."""
    there = office()
    desk = in_hand(there)
    file = proof("开工照片说明")
    desk.act("water", "report", file, progress="三座水库均已开工")
    place = there.world.places["A1"]
    bring(there.posts["city"], FLOOD.encode(), "防汛.txt", place=place, now=NOW)
    report = Report.unguarded.get()
    draft = Draft.unguarded.filter(report=report).order_by("rank")[0]
    meeting = enter_meeting({"name": MEETING, "date": "2026-11-20"}, post=there.posts["city"], place=place, now=NOW)
    response = activate(there["city"], "flood", "iv", ("A1a",), NOW).response
    return Made(there, desk.item, file, report, draft, meeting, response)


def everybody(office: Office) -> dict[str, User]:
    """Somebody of each role at each of AT, by role and where."""
    found = {}
    for role in Role:
        for where, unit in AT.items():
            found[f"{role} {where}"] = somebody = user(f"{role}-{where}")
            post(somebody, role, office.world.units[unit], all_lines=role != Role.ADMINISTRATOR)
    return found


class Address(NamedTuple):
    """An address, its name, what it is about (none: a list or a form for something new)."""

    url: str
    name: str
    about: str | None


# What a parameter stands for, by the first step of the route; the sha256 belongs to evidence.
PARAMETERS = {"items": "item", "reports": "report", "drafts": "draft", "meetings": "meeting", "responses": "response"}


def addresses(made: Made) -> Iterator[Address]:
    """Each address of the desk, with the rows of `made`; of moves one for each verb that the item's page may offer.

    Raises:
        KeyError: a page takes a parameter that is not known here: say in PARAMETERS what it stands for.
    """
    for pattern in _patterns(urls.urlpatterns):
        yield from _filled(pattern, made)


def _patterns(given: list[Any], before: str = "") -> Iterator[URLPattern]:
    for each in given:
        if isinstance(each, URLResolver):
            yield from _patterns(each.url_patterns)
        else:
            yield each


def _filled(pattern: URLPattern, made: Made) -> Iterator[Address]:
    route, names = str(pattern.pattern), set(pattern.pattern.converters)
    what = PARAMETERS.get(route.split("/", 1)[0])
    rows = {
        "item": made.item,
        "report": made.report.pk,
        "draft": made.draft.pk,
        "meeting": made.meeting.pk,
        "response": made.response,
    }
    known: dict[str, list[Any]] = {
        "verb": ["report", "ask_closure", "split", "remind", "drop", "no_such_move"],
        "sha256": [made.file.sha256],
        "name": ["tasks", "all", "no_such_list"],
    }
    about = None
    fixed: dict[str, Any] = {}
    many: tuple[str, list[Any]] | None = None
    for name in names:
        if name in ("verb", "name"):
            many = (name, known[name])
        elif name == "sha256":
            # Of a ledger it is the name of a file that who uploaded it goes on with.
            fixed[name], about = known[name][0], "evidence" if what else None
        elif what:
            fixed[name], about = rows[what], about or what
        else:
            raise KeyError(f"{route}: what is {name}?")
    for value in many[1] if many else [None]:
        given = {**fixed, **({many[0]: value} if many else {})}
        yield Address(reverse(str(pattern.name), kwargs=given), str(pattern.name), about)
