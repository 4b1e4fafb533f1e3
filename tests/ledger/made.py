"""Hands, openings and items for tests of the machine: who acts, what was said, in; states as replay makes them, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from luoshi.calendar import base
from luoshi.ledger.clocks import extending
from luoshi.ledger.machine import Act, Actor, Child, Entry, Fault, Hand, ItemState, Step, World, apply, begin, opening
from luoshi.ledger.machine import step as machine_step
from luoshi.ledger.playbook import Playbook, Who, load_playbooks

PLAYBOOKS = load_playbooks()
CALENDAR = base()
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OFFICE, WATER, FINANCE, TOWN = "office", "water", "finance", "town"
CONFIRMED = frozenset({OFFICE, WATER, FINANCE, TOWN})
PAPER = "a" * 64


def hand(post: int, unit: str | None, *who: Who) -> Hand:
    """Somebody who holds one post."""
    units = frozenset({unit} if unit else ())
    return Hand(Actor("post", str(post), unit), frozenset(who), frozenset({f"post:{post}"}), units)


SUPERVISOR = hand(1, OFFICE, "supervisor")
LEAD = hand(2, WATER, "lead")
SUPPORT = hand(3, FINANCE, "support")
VERIFIER = hand(4, OFFICE, "verifier")
PETITIONER = Hand(Actor("petitioner", "7"), frozenset({"petitioner"}))
SYSTEM = Hand(Actor("system", "sweep"), frozenset({"system"}))


@dataclass
class Item:
    """An item in memory: its entries, and what it is; time goes on by a day with every entry."""

    playbook: Playbook
    entries: list[Entry] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    confirmed: frozenset[str] = CONFIRMED
    parent: Child | None = None

    @property
    def state(self) -> ItemState:
        state = begin(self.playbook, self.entries[0])
        for entry in self.entries[1:]:
            state = apply(self.playbook, state, entry)
        return state

    @property
    def now(self) -> datetime:
        return NOW + timedelta(days=len(self.entries))

    @property
    def world(self) -> World:
        extension = extending(self.playbook, self.state, CALENDAR) if self.entries else None
        return World(self.confirmed, tuple(self.children), self.parent, extension)

    def try_(
        self, who: Hand, verb: str, evidence: Sequence[tuple[str, str]] = (), **fields: Any
    ) -> Step | tuple[Fault, ...]:
        """What the machine says of a move."""
        return machine_step(self.playbook, self.state, Act(verb, fields, tuple(evidence)), who, self.world, self.now)

    def act(self, who: Hand, verb: str, evidence: Sequence[tuple[str, str]] = (), **fields: Any) -> ItemState:
        """Make a move that can be made."""
        step = self.try_(who, verb, evidence, **fields)
        assert isinstance(step, Step), step
        self.add(who, verb, step)
        return self.state

    def add(self, who: Hand, verb: str, step: Step) -> None:
        """Write the entry of a step, texts as commitments."""
        commitments = {key: {"commitment": "c" * 64} for key in step.texts}
        payload = {**step.payload, "fields": {**step.payload["fields"], **commitments}}
        sequence = len(self.entries) + 1
        entry = Entry(sequence, self.playbook.key, self.playbook.version, verb, who.actor, self.now, self.now, payload)
        self.entries.append(entry)

    def codes(
        self, who: Hand, verb: str, evidence: Sequence[tuple[str, str]] = (), **fields: Any
    ) -> list[tuple[str, str]]:
        """The faults of a move that cannot be made, as code and field."""
        step = self.try_(who, verb, evidence, **fields)
        assert not isinstance(step, Step), step
        return [(fault.code, fault.field) for fault in step]


TASK: Mapping[str, Any] = {
    "list": "tasks",
    "place": "county",
    "words": "改造老旧供水管网46公里",
    "basis": "县政府第3次常务会议",
}


def task(**fields: Any) -> Item:
    """A task that has been opened."""
    return opened("task", **{**TASK, **fields})


def opened(key: str, who: Hand = SUPERVISOR, **fields: Any) -> Item:
    """An item that has been opened."""
    item = Item(PLAYBOOKS.latest(key))
    step = opening(item.playbook, fields, who, item.world, item.now)
    assert isinstance(step, Step), step
    numbered = {"number": "某县任务清单〔2026〕1号", "series": {}, **step.payload}
    item.add(who, "open", step._replace(payload=numbered))
    return item


PROBLEM: Mapping[str, Any] = {
    "list": "safety",
    "place": "county",
    "words": "三家企业危险化学品仓库未设防爆设施",
    "basis": "市安委会通报",
    "found_by": "superior",
}


def problem(**fields: Any) -> Item:
    """A problem that has been registered."""
    return opened("problem", **{**PROBLEM, **fields})


PROJECT: Mapping[str, Any] = {
    "list": "key_projects",
    "place": "county",
    "words": "新建城东水厂，日供水三万吨",
    "basis": "县重点项目建设计划",
}


def project(**fields: Any) -> Item:
    """A project that has been opened."""
    return opened("project", **{**PROJECT, **fields})


RESPONSE: Mapping[str, Any] = {
    "list": "responses",
    "place": "county",
    "words": "某县防汛防台应急响应",
    "basis": "防汛防台应急预案",
    "prepared": "flood",
    "prepared_version": 1,
    "level": "iii",
}

# From the opening to each state of a task, of a problem, and of a project: who, which verb, evidence, what is filled in.
Way = tuple[tuple[Hand, str, Sequence[tuple[str, str]], Mapping[str, Any]], ...]
DISPATCH = (SUPERVISOR, "dispatch", (), {"lead": WATER, "supports": [FINANCE], "due": "2026-06-30"})
CLOSURE: Way = (
    (LEAD, "ask_closure", [("table", PAPER)], {"result": "全部完工"}),
    (VERIFIER, "verify", (), {"method": "on_site", "finding": "属实"}),
    (SUPERVISOR, "close", (), {}),
)
PLAN: Any = {"plan": "限期改造", "cause": "投入不足", "milestones": [{"words": "完成设计", "due": "2026-04-30"}]}
# A step that is done, so that what waits for the whole timetable may follow.
TIMETABLE: Any = {"key": "1", "words": "主体施工", "takes": 20, "done_on": "2026-03-02"}
WAYS: Mapping[str, Way] = {
    "task": (DISPATCH, (LEAD, "sign", (), {}), *CLOSURE),
    "problem": (DISPATCH, (LEAD, "sign", (), {}), (LEAD, "plan", (), PLAN), *CLOSURE),
    "project": (
        DISPATCH,
        (LEAD, "sign", (), {}),
        (LEAD, "plan", (), {"begins": "2026-03-02", "timetable": [TIMETABLE]}),
        (LEAD, "start", (), {"started_on": "2026-03-03"}),
        CLOSURE[0],
        (VERIFIER, "accept", (), CLOSURE[1][3]),
        CLOSURE[2],
    ),
}
OFF: Mapping[str, tuple[str, Way]] = {
    "returned": ("dispatched", ((LEAD, "return", (), {"return_reason": "wrong_duty", "reason": "非我局职责"}),)),
    "extension_asked": (
        "in_hand",
        ((LEAD, "ask_extension", (), {"asked_due": "2026-09-30", "reason": "汛期停工", "progress": "过半"}),),
    ),
    "paused": ("in_hand", ((SUPERVISOR, "pause", (), {"pause_reason": "season", "reason": "汛期"}),)),
    "dropped": ("in_hand", ((SUPERVISOR, "drop", (), {"drop_reason": "merged", "reason": "并入"}),)),
    "refused": (
        "closure_asked",
        ((VERIFIER, "refuse", (), {"refusal": "unproved", "method": "papers", "finding": "无台账"}),),
    ),
    "under_review": ("refused", ((LEAD, "object", (), {"reason": "台账已补"}),)),
    "stopped": ("building", ((SUPERVISOR, "pause", (), {"stop_reason": "season", "reason": "汛期"}),)),
    "objected": ("closed", ((PETITIONER, "complain", (), {"reason": "仓库仍在使用"}),)),
}


def at(key: str, stage: str, **fields: Any) -> Item:
    """An item of a playbook on its way, at a state of the main way or off it (`refused`: in hand again)."""
    if stage in OFF:
        before, way = OFF[stage]
        item = at(key, "rectifying" if (key, before) == ("problem", "in_hand") else before, **fields)
    else:
        item, way = {"task": task, "problem": problem, "project": project}[key](**fields), WAYS[key]
    for who, verb, evidence, given in way:
        if item.state.state == stage:
            break
        item.act(who, verb, evidence, **given)
    return item
