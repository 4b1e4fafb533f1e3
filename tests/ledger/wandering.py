"""A source of chance in, a walk of many people over one item through the door out, each step checked against replay."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from luoshi.ledger.actions import File, Refused, act, moves_for
from luoshi.ledger.actions.books import playbooks
from luoshi.ledger.models import Item
from luoshi.ledger.playbook import Field, Move
from luoshi.ledger.playbook.nouns import ENDED
from luoshi.ledger.policy import Petitioner, System
from luoshi.people.models import Role
from tests.people.made import post

from .checked import expect_replay
from .office import NOW, Office, open_task

# Who walks; the rest of the office looks on. The second verifier and supervisor are for what the first may not do twice.
WALKERS = ("city", "province", "water", "civil", "county", "county_b", "checker", "observer")
LEADS = ("A1:water", "A1:civil", "A1a:water", "A1b:water")
# As long as real stories are, and longer.
STEPS = 9


def people(there: Office) -> None:
    """A second verifier of the province, whom nothing else is."""
    post(there["observer"], Role.VERIFIER, there.world.units["A:gov"], all_lines=True)


@dataclass
class Walk:
    """One walk: how it went is in `told`."""

    there: Office
    chance: random.Random
    files: list[File]
    key: str
    days: int = 0
    told: list[str] = field(default_factory=list)

    def run(self, steps: int = STEPS) -> None:
        """Open an item and move it and its parts by what is offered; after each step the row is its replay."""
        item = self._open()
        for _ in range(steps):
            # Now and then a part is moved instead.
            parts = list(Item.unguarded.filter(parent=item).values_list("pk", flat=True))
            self.step(self.chance.choice((item, item, *parts)))
        self.expect_a_way_out(item)

    def _open(self) -> UUID:
        fields = {"basis": "会议纪要"} | ({"found_by": "self"} if self.key == "problem" else {})
        lists = {"task": "tasks", "problem": "audits", "project": "key_projects"}
        opened = open_task(self.there["city"], self.key, list=lists[self.key], fields=fields, now=self.now)
        return opened.item

    @property
    def now(self) -> Any:
        return NOW + timedelta(days=self.days)

    def viewers(self, item: UUID) -> list[tuple[str, Any]]:
        outside = [("petitioner", Petitioner("7", frozenset({str(item)}))), ("system", System("sweep"))]
        return [*((name, self.there[name]) for name in WALKERS), *outside]

    def step(self, item: UUID) -> None:
        """A move that is offered to somebody; then one to somebody to whom it is not."""
        self.days += self.chance.choice((0, 0, 1, 3))
        viewers = self.viewers(item)
        self.chance.shuffle(viewers)
        for name, viewer in viewers:
            offered = self.offered(item, viewer)
            # Dropped at the first step, a walk would be over when it begins.
            lively = [move for move in offered if move.verb != "drop"] or offered
            if offered:
                self.make(item, name, viewer, self.chance.choice(lively if self.chance.random() < 0.9 else offered))
                break
        if self.chance.random() < 0.5:
            self.try_forbidden(item, *self.chance.choice(viewers))

    def offered(self, item: UUID, viewer: Any) -> tuple[Move, ...]:
        """What somebody may do now; nothing with what is out of their sight."""
        try:
            return moves_for(viewer, item, self.now)
        except Refused as refused:
            assert refused.codes == ("not_found",)
            return ()

    def make(self, item: UUID, name: str, viewer: Any, move: Move) -> bool:
        """Make a move; what is refused for what was filled in is refused for a reason of what was filled in."""
        row = Item.unguarded.get(pk=item)
        fields = {
            each.key: self.value(each, row) for each in move.fields if each.required or self.chance.random() < 0.5
        }
        wanted = max(move.evidence.at_least, self.chance.choice((0, 1)) if move.evidence.kinds else 0)
        evidence = [(self.chance.choice(move.evidence.kinds), file) for file in self.files[:wanted]]
        try:
            act(viewer, item, move.verb, fields=fields, evidence=evidence, expected=row.sequence, now=self.now)
        except Refused as refused:
            self.told.append(f"{name} {move.verb}: {refused.codes}")
            assert not set(refused.codes) & {"not_yours", "not_found", "not_from_here", "ended", "stale"}, self.told
            return False
        self.told.append(f"{name} {move.verb}")
        self.expect(item, row)
        return True

    def expect(self, item: UUID, before: Item) -> None:
        after = Item.unguarded.get(pk=item)
        assert after.sequence == before.sequence + 1
        assert before.kind not in ENDED or after.kind not in ENDED or before.kind == after.kind, self.told
        expect_replay(item, self.now)

    def try_forbidden(self, item: UUID, name: str, viewer: Any) -> None:
        """A move that is not offered to somebody is refused to them, whatever they fill in."""
        row, before = Item.unguarded.get(pk=item), Item.unguarded.values().get(pk=item)
        theirs = {move.verb for move in self.offered(item, viewer)}
        moves = playbooks().of(row.playbook, row.version).moves
        move = self.chance.choice([move for move in moves if move.verb not in theirs])
        fields = {each.key: self.value(each, row) for each in move.fields}
        evidence = [(kind, file) for kind, file in zip(move.evidence.kinds, self.files, strict=False)]
        try:
            act(viewer, item, move.verb, fields=fields, evidence=evidence, expected=row.sequence, now=self.now)
        except Refused:
            assert Item.unguarded.values().get(pk=item) == before
            return
        raise AssertionError(f"{name} may not {move.verb}, and did: {self.told}")

    def expect_a_way_out(self, item: UUID) -> None:
        """From wherever the walk came to, an end is reached by moves that are offered: the whole is dropped or closed."""
        parts = list(Item.unguarded.filter(parent=item).values_list("pk", flat=True))
        for each in (*parts, item):
            if each != item:
                self.expect_a_way_out(each)
            for _ in range(6):
                row = Item.unguarded.get(pk=each)
                if row.kind in ENDED:
                    break
                ways = ((*who, move) for who in self.viewers(each) for move in self.offered(each, who[1]))
                way = next((way for way in ways if way[2].verb in ("drop", "answer", "close")), None)
                assert way, (row.state, self.told)
                assert self.make(each, *way), self.told
            assert Item.unguarded.get(pk=each).kind in ENDED, self.told

    def value(self, field: Field, row: Item) -> Any:
        """Something to fill in, mostly right."""
        today = self.now.date()
        made: dict[str, Any] = {
            "text": "按要求办理，情况属实",
            "phrase": "按期完成",
            "number": self.chance.choice((0, 12, "3.5")),
            "choice": self.chance.choice([key for key, _ in field.choices] or [""]),
            "unit": self.chance.choice(LEADS),
            "units": self.chance.sample(LEADS, self.chance.choice((0, 1, 2))),
            "milestones": row.facts.get("milestones")
            or [{"words": "第一步", "due": (today + timedelta(9)).isoformat()}],
            "plan": [
                {**each, "done_on": today.isoformat() if self.chance.random() < 0.7 else each.get("done_on")}
                for each in row.facts.get("timetable") or [{"key": "1", "words": "第一步", "takes": 9}]
            ],
            "step": "1",
            "parts": [
                {"words": "其中一件", "lead": self.chance.choice(LEADS), "place": self.chance.choice(("A1", "A1a"))}
            ],
            "post": f"post:{self.there.posts['checker'].pk}",
        }
        if field.kind == "date":
            back = field.key.endswith("_on")
            due = max(row.due or today, today)
            return (today if back else due + timedelta(self.chance.choice((1, 30)))).isoformat()
        return made[field.kind]


def walk(there: Office, seed: int, files: list[File]) -> Walk:
    """A walk that its number makes again; of three in a row a task, a problem, a project."""
    made = Walk(there, random.Random(seed), files, ("task", "problem", "project")[seed % 3])
    made.run()
    return made
