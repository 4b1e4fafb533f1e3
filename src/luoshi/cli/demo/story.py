"""story.yaml and the people of the demonstration in, its reports, drafts and items in the database out, in time."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import yaml

from luoshi.intake.actions import bring, confirm, edit, merge, refuse
from luoshi.intake.models import Draft
from luoshi.ledger.actions import File, act, keep, open_item
from luoshi.ledger.machine.days import CHINA
from luoshi.ledger.models import Item
from luoshi.people.models import Post, User
from luoshi.places.models import Place

from .reports import of_checkout, rendered

STORY = Path(__file__).parent / "story.yaml"
# The hour of the first step of a day, and minutes until the next: an office's morning.
FIRST, APART = 9, 7
# Of a step, what is no field of the form.
ABOUT = frozenset({"day", "by", "do", "part", "parts", "file", "done"})
UNITS, DAYS = frozenset({"suggested", "lead"}), frozenset({"asked_due", "due", "begins", "started_on", "new_end"})
# What the files of evidence hold.
PAPER = "示例材料，内容为虚构。\n"


class Event(NamedTuple):
    """Something that happened: on which day, in which order, and what to do."""

    day: int
    rank: int
    do: Callable[[datetime.datetime], None]


@dataclass
class Story:
    """The story as it is being told: who and where there is, and what there is so far, by its names in the story."""

    places: Mapping[str, Place]
    today: datetime.date
    told: Callable[[str], None]
    users: dict[str, User] = field(default_factory=dict)
    reports: dict[str, tuple[Draft, ...]] = field(default_factory=dict)
    items: dict[tuple[int, int], UUID] = field(default_factory=dict)

    def tell(self) -> None:
        """Do all of it, in the order of days."""
        said = yaml.safe_load(STORY.read_text("utf-8"))
        events = sorted(self._events(said), key=lambda event: event[:2])
        done: dict[int, int] = {}
        for event in events:
            done[event.day] = done.get(event.day, -1) + 1
            event.do(self._moment(event.day, done[event.day]))

    def _events(self, said: Mapping[str, Any]) -> Iterator[Event]:
        rank = count()
        for verb, tell in (("reports", self._bring), ("refused", self._refuse), ("merged", self._merge)):
            for each in said[verb]:
                yield Event(each["day"], next(rank), partial(tell, each))
        first: dict[str, Callable[..., None]] = {"confirm": self._confirm, "open": self._open}
        for number, item in enumerate([*said["items"], *said["opened"]]):
            for step in item["steps"]:
                do = first.get(step["do"], self._act)
                yield Event(step["day"], next(rank), partial(do, number, item, step))

    def _moment(self, day: int, rank: int) -> datetime.datetime:
        start = datetime.datetime.combine(self._date(day), datetime.time(FIRST), CHINA)
        return start + datetime.timedelta(minutes=APART * rank)

    def _date(self, day: int) -> datetime.date:
        return self.today + datetime.timedelta(day)

    def _user(self, name: str) -> User:
        if name not in self.users:
            self.users[name] = User.unguarded.get(username=name)
        return self.users[name]

    def _bring(self, said: Mapping[str, Any], now: datetime.datetime) -> None:
        name, place = said["name"], self.places[said["place"]]
        if said.get("only") not in (None, place.code):
            return
        names = {key: each.name for key, each in self.places.items()} | {"rank": self.places["county"].name[-1]}
        data = of_checkout(name) if "/" in name else rendered(name, names, self.today)
        if data is None:
            self.told(f"{name} is left out: it is not beside an installed luoshi")
            return
        post = Post.unguarded.get(user=self._user(said["by"]))
        self.reports[name] = bring(post, data, Path(name).name, place=place, now=now).drafts

    def _draft(self, said: Mapping[str, Any]) -> Draft:
        """The draft whose words hold those of the story, as it is now."""
        found = [draft.pk for draft in self.reports[said["report"]] if said["words"] in draft.words]
        if len(found) != 1:
            raise LookupError(f"story.yaml, {said['report']}: {said['words']}: {len(found)} drafts have these words")
        return Draft.unguarded.get(pk=found[0])

    def _refuse(self, said: Mapping[str, Any], now: datetime.datetime) -> None:
        draft = self._draft(said)
        refuse(self._user(said["by"]), draft.pk, said["reason"], "", draft.version, now)

    def _merge(self, said: Mapping[str, Any], now: datetime.datetime) -> None:
        one, into = self._draft(said), self._draft({**said, "words": said["into"]})
        merge(self._user(said["by"]), [(one.pk, one.version), (into.pk, into.version)], into.pk, now)

    def _confirm(self, number: int, said: Mapping[str, Any], step: Mapping[str, Any], now: datetime.datetime) -> None:
        draft, viewer = self._draft(said), self._user(step["by"])
        given = {
            "words": said.get("says"),
            "lead": said.get("lead") and self._unit(said["lead"]),
            "supports": [self._unit(unit) for unit in said.get("supports", ())],
            "due": self._date(said["due"]).isoformat(),
            "measure": said.get("measure"),
        }
        fields = {key: value for key, value in given.items() if value is not None}
        fields |= {} if said.get("lead") else {"lead": ""}
        draft = edit(viewer, draft.pk, fields, draft.version, now)
        self.items[number, 0] = confirm(viewer, draft.pk, draft.version, now).item

    def _open(self, number: int, said: Mapping[str, Any], step: Mapping[str, Any], now: datetime.datetime) -> None:
        made = open_item(
            self._user(step["by"]),
            said["playbook"],
            list=said["list"],
            place=self.places[said["place"]].key,
            line=None,
            words=said["words"],
            quotation=None,
            lead=None,
            supports=(),
            due=None,
            fields=self._fields(step),
            now=now,
        )
        self.items[number, 0] = made.item

    def _act(self, number: int, said: Mapping[str, Any], step: Mapping[str, Any], now: datetime.datetime) -> None:
        item = Item.unguarded.get(pk=self.items[number, step.get("part", 0)])
        fields = self._fields(step)
        if "done" in step:
            fields["timetable"] = [self._done(row, step["done"]) for row in item.facts["timetable"]]
        evidence = [(step["file"][0], paper(step["file"][1]))] if "file" in step else []
        viewer = self._user(step["by"])
        done = act(viewer, item.pk, step["do"], fields=fields, evidence=evidence, expected=item.sequence, now=now)
        self.items |= {(number, rank): child for rank, child in enumerate(done.children, 1)}

    def _fields(self, step: Mapping[str, Any]) -> dict[str, Any]:
        fields = {key: self._value(key, value) for key, value in step.items() if key not in ABOUT}
        return {**fields, "parts": [self._part(part) for part in step["parts"]]} if "parts" in step else fields

    def _done(self, row: Mapping[str, Any], done: Mapping[str, int]) -> dict[str, Any]:
        return {**row, **({"done_on": self._date(done[row["key"]]).isoformat()} if row["key"] in done else {})}

    def _value(self, key: str, value: Any) -> Any:
        if key in DAYS:
            return self._date(value).isoformat()
        if key == "supports":
            return [self._unit(unit) for unit in value]
        return self._unit(value) if key in UNITS else value

    def _part(self, part: Mapping[str, Any]) -> dict[str, Any]:
        place, due = self.places[part["place"]].key, self._date(part["due"]).isoformat()
        return {"words": part["words"], "lead": self._unit(part["lead"]), "place": place, "due": due}

    def _unit(self, named: str) -> str:
        place, line = named.split("/")
        return f"{self.places[place].key}/{line}"


def paper(name: str) -> File:
    """A small file of evidence, kept; what it holds says that it is an example."""
    return keep([f"{name.rpartition('.')[0]}\n{PAPER}".encode()], name)
