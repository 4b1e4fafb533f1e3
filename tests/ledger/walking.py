"""Walks over a playbook: chance in, items out that have gone any way that anybody may take."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

from luoshi.ledger.machine import Act, Actor, Child, Hand, ItemState, Step, apply, begin, moves, opening, step
from luoshi.ledger.machine.days import day
from luoshi.ledger.playbook import Field, Move, Playbook, Who

from .made import CONFIRMED, FINANCE, NOW, OFFICE, PROBLEM, PROJECT, RESPONSE, TASK, TOWN, WATER, Item

UNITS = (WATER, FINANCE, TOWN)
ENDED = ("done", "dropped")
OPENED = {"task": TASK, "problem": PROBLEM, "project": PROJECT, "response": RESPONSE}


def people(state: ItemState) -> list[Hand]:
    """Everybody there is before an item: two of each office, and one who holds more than one post."""

    def post(number: int, unit: str, *who: Who, same: tuple[int, ...] = ()) -> Hand:
        posts = frozenset(f"post:{n}" for n in (number, *same))
        return Hand(Actor("post", str(number), unit), frozenset(who), posts, frozenset({unit}))

    found = [post(1, OFFICE, "supervisor"), post(2, OFFICE, "supervisor"), post(3, OFFICE, "verifier")]
    found += [post(4, TOWN, "verifier"), post(5, FINANCE, "verifier"), post(6, "office2", "verifier", "supervisor")]
    for number, unit in enumerate(UNITS, 10):
        who: Who | None = "lead" if unit == state.lead else "support" if unit in state.supports else None
        if who:
            found.append(post(number, unit, who))
            found.append(post(number + 10, unit, who, "supervisor", same=(1,)))
    found.append(Hand(Actor("petitioner", "7"), frozenset({"petitioner"})))
    found.append(Hand(Actor("system", "sweep"), frozenset({"system"})))
    return found


def distances(playbook: Playbook) -> dict[str, int]:
    """How many moves each state is from closure."""
    far = {state.key: 0 for state in playbook.states if state.kind == "done"}
    while len(far) < len(playbook.states):
        for move in playbook.moves:
            if move.to in far:
                for source in move.sources:
                    far.setdefault(source, far[move.to] + 1)
    return far


class Walk:
    """An item on its way; every entry is also kept, to be replayed from the beginning."""

    def __init__(self, playbook: Playbook, random: Random) -> None:
        self.item = Item(playbook)
        self.random = random
        self.at = NOW
        self.children: list[Child] = []
        self.made: Counter[str] = Counter()
        self.far = distances(playbook)
        self.state = self._open()

    def _open(self) -> ItemState:
        given, parts = OPENED[self.item.playbook.key], self.item.playbook.opening.parts
        who = Hand(Actor("post", "1", OFFICE), frozenset({"supervisor"}))
        if parts and self.random.random() < 0.3:
            given = {**given, "parent": "the-parent", "lead": TOWN}
            if "lead" in parts.who:
                who = Hand(Actor("post", "10", WATER), frozenset({"lead"}))
        made = opening(self.item.playbook, given, who, self.item.world, self.at)
        assert isinstance(made, Step), made
        numbered = made._replace(payload={**made.payload, "number": "1", "series": {}})
        self.item.add(who, "open", numbered)
        return begin(self.item.playbook, self.item.entries[0])

    def offered(self) -> list[tuple[Hand, Move]]:
        """Every move that somebody may make now."""
        world = self.item.world._replace(children=tuple(self.children))
        today = day(self.at)
        return [
            (who, move)
            for who in people(self.state)
            for move in moves(self.item.playbook, self.state, who, world, today)
        ]

    def chosen(self, offered: list[tuple[Hand, Move]]) -> tuple[Hand, Move]:
        """One of the moves offered: rather one that leads nearer to closure and was not made yet, seldom dropping, so
        that walks come far."""
        assert offered, self.state.state
        return self.random.choices(offered, [self._weight(move) for _, move in offered])[0]

    def _weight(self, move: Move) -> float:
        nearer = move.to is not None and self.far[move.to] < self.far[self.state.state]
        liked = 0.02 if move.verb == "drop" else 6 if nearer else 2 if move.to else 1
        return liked / (1 + self.made[move.verb]) ** 2

    def pass_time(self) -> None:
        """Days go by, and some child goes on."""
        self.at += timedelta(days=self.random.choice((0, 0, 0, 0, 1, 1, 3, 40)))
        if self.children and self.random.random() < 0.5:
            index = self.random.randrange(len(self.children))
            kind = self.random.choice(("waiting", "done", "done", "dropped"))
            self.children[index] = self.children[index]._replace(kind=kind)  # type: ignore[arg-type]

    def make(self, who: Hand, move: Move) -> Step | tuple[Any, ...]:
        """Make a move, filled in as it should be; what the machine says of it."""
        world = self.item.world._replace(children=tuple(self.children))
        fields = {f.key: self.value(f) for f in move.fields if f.required or self.random.random() < 0.5}
        if "something_given" in move.guards and not fields:
            fields = {move.fields[0].key: self.value(move.fields[0])}
        if {"has_clock", "due_later"} & set(move.guards) and any(f.key == "due" for f in move.fields):
            fields["due"] = self.value(next(f for f in move.fields if f.key == "due"))
        if "supports" in fields:
            lead = fields.get("lead", self.state.lead)
            fields["supports"] = [unit for unit in fields["supports"] if unit != lead] or [OFFICE]
        if "timetable_as_planned" in move.guards and "timetable" not in self.state.facts:
            fields.pop("timetable", None)
        evidence = tuple((move.evidence.kinds[0], f"{n:064x}") for n in range(move.evidence.at_least))
        made = step(self.item.playbook, self.state, Act(move.verb, fields, evidence), who, world, self.at)
        if isinstance(made, Step):
            self._write(who, move, made)
        return made

    def _write(self, who: Hand, move: Move, made: Step) -> None:
        self.item.add(who, move.verb, made)
        entry = self.item.entries[-1]._replace(occurred_at=self.at, recorded_at=self.at)
        self.item.entries[-1] = entry
        self.state = apply(self.item.playbook, self.state, entry)
        self.made[move.verb] += 1
        self.children += [Child(f"{move.verb}-{entry.sequence}-{n}", "waiting") for n in range(len(made.parts))]

    @property
    def today(self) -> str:
        return day(self.at).isoformat()

    def value(self, field: Field) -> Any:
        """Something that may be filled into a field, a deadline later than the one there is."""
        ahead = max(day(self.at), self.state.due or day(self.at)) + timedelta(days=self.random.randint(1, 60))
        past = day(self.at) - timedelta(days=self.random.randint(0, 9))
        unit = self.random.choice(UNITS)
        rows: list[dict[str, Any]] = [{"key": key, "words": "节点", "takes": 9} for key in ("1", "2")]
        steps = self.state.facts.get("timetable") or rows
        left = [
            each["key"] for each in steps if not each.get("done_on") and not (each.get("expected") or "9") < self.today
        ]
        plan = self.state.facts.get("milestones") or [{"words": "节点", "due": ahead.isoformat()}]
        return {
            "text": "说明",
            "phrase": "目标",
            "date": (ahead if field.key in ("due", "asked_due", "until", "new_end") else past).isoformat(),
            "number": self.random.choice((0, 120, "12.50")),
            "choice": self.random.choice(field.choices or (("", None),))[0],
            "unit": unit,
            "units": self.random.sample(UNITS, self.random.randint(1, 2)),
            "milestones": [{**each, "done_on": past.isoformat()} for each in plan],
            "plan": [
                {**each, "done_on": self.random.choice((each.get("done_on"), past.isoformat()))} for each in steps
            ],
            "step": self.random.choice(left or ["1"]),
            "parts": [{"words": "分项", "lead": unit}],
            "post": "post:3",
        }[field.kind]


assert set(UNITS) < CONFIRMED
