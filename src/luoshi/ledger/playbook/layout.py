"""A playbook in, where its states and moves stand in a drawing out: states one below the other, moves as lanes beside.

The shortest way from the opening to an end comes first, top to bottom; states off it follow. A move to the next state
is an arrow down. All others have a lane: on the right those that go down, on the left those that go up; a move from
several states is one lane that they all run into, and moves between the same states share one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from .nouns import Move, Playbook

Side = Literal["left", "right"]

# Pixels, tried until the playbooks could be read at the width of a page: type, rows, boxes, gaps between boxes, lanes.
NAME, SMALL = 15, 12
ROW, BOX, GAP, LANE, LINE = 24, 184, 48, 13, 17
EDGE = 16


class Port(NamedTuple):
    """Where a lane meets a box: its height, and whether it comes in there."""

    y: float
    comes_in: bool


@dataclass
class Lane:
    """Moves from some states to one that is not the next; `x` and `ports` are found once all are known."""

    label: str
    moves: tuple[Move, ...]
    sources: tuple[int, ...]
    to: int
    side: Side
    rank: int = 0
    x: float = 0
    ports: dict[int, Port] = field(default_factory=dict)

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last row it touches."""
        rows = (*self.sources, self.to)
        return min(rows), max(rows)


@dataclass
class Box:
    """A state: its moves that stay there, the moves to the next one, and where it stands."""

    key: str
    name: str
    kind: str
    staying: tuple[str, ...]
    onward: str = ""
    top: float = 0
    height: float = 0


@dataclass
class Layout:
    """Everything with its place; `left` and `right` are the edges of the boxes."""

    boxes: list[Box]
    lanes: list[Lane]
    left: float
    right: float
    width: float
    height: float


def laid_out(playbook: Playbook, language: str) -> Layout:
    """The layout of a playbook with its names in a language."""
    order = _order(playbook)
    row = {key: index for index, key in enumerate(order)}
    boxes = [_box(playbook, key, order, language) for key in order]
    lanes = _lanes(playbook, order, row, language)
    zone = {side: _ranked([lane for lane in lanes if lane.side == side]) for side in ("left", "right")}
    top = _stacked(boxes, lanes)
    left = zone["left"]
    right = left + BOX
    for lane in lanes:
        room = EDGE + _labels(lanes, lane.side) + lane.rank * LANE
        lane.x = left - room if lane.side == "left" else right + room
    return Layout(boxes, lanes, left, right, right + zone["right"], top)


def width(text: str, size: float) -> float:
    """How wide a text will be about: a Chinese character is as wide as high, another a little more than half."""
    return sum(size if unicodedata.east_asian_width(c) in "WF" else size * 0.56 for c in text)


def joined(names: Iterable[str], language: str) -> str:
    """Names in a row as a language writes them."""
    return (", " if language.startswith("en") else "、").join(names)


def _order(playbook: Playbook) -> list[str]:
    """The keys of the states from top to bottom."""
    way = _shortest(playbook)
    return [*way, *(state.key for state in playbook.states if state.key not in way)]


def _shortest(playbook: Playbook) -> list[str]:
    """The shortest way from the opening to an end that is no dropping, by moves that are open to every item."""
    ways = [[playbook.opening.to]]
    seen = {playbook.opening.to}
    for way in ways:
        if playbook.state(way[-1]).kind == "done":
            return way
        for move in playbook.moves:
            of_all = way[-1] in move.sources and "has_parent" not in move.guards
            if of_all and move.to is not None and move.to not in seen:
                seen.add(move.to)
                ways.append([*way, move.to])
    return [playbook.opening.to]


def _box(playbook: Playbook, key: str, order: list[str], language: str) -> Box:
    state = playbook.state(key)
    following = order[order.index(key) + 1 :][:1]
    here = [move for move in playbook.moves if key in move.sources]
    staying = joined((m.name.of(language) for m in here if m.to in (None, key)), language)
    onward = joined((m.name.of(language) for m in here if [m.to] == following), language)
    return Box(key, state.name.of(language), state.kind, tuple(_wrapped(staying, BOX - 20, language)), onward)


def _wrapped(text: str, most: float, language: str) -> list[str]:
    """A list of names in lines no wider than `most`."""
    mark = joined(("", ""), language)
    lines = [""]
    for name in text.split(mark) if text else []:
        if lines[-1] and width(lines[-1] + mark + name, SMALL) > most:
            lines.append("")
        lines[-1] += (mark if lines[-1] else "") + name
    return lines if text else []


def _lanes(playbook: Playbook, order: list[str], row: dict[str, int], language: str) -> list[Lane]:
    """Moves that do not lead to the next state, those between the same states together."""
    found: dict[tuple[tuple[int, ...], int], list[Move]] = {}
    for move in playbook.moves:
        if move.to is None:
            continue
        to = row[move.to]
        rows = sorted(row[source] for source in move.sources if row[source] not in (to, to - 1))
        for part in ([r for r in rows if r < to], [r for r in rows if r > to]):
            if part:
                found.setdefault((tuple(part), to), []).append(move)
    return [
        Lane(
            joined((m.name.of(language) for m in moves), language),
            tuple(moves),
            sources,
            to,
            "right" if to > sources[0] else "left",
        )
        for (sources, to), moves in found.items()
    ]


def _labels(lanes: list[Lane], side: Side) -> float:
    """The room that labels take beside the boxes."""
    return max((width(lane.label, SMALL) for lane in lanes if lane.side == side), default=0) + 2 * EDGE


def _ranked(lanes: list[Lane]) -> float:
    """Give each lane of a side the innermost rank that is free along its rows; the room that the side takes."""
    taken: list[list[tuple[int, int]]] = []
    for lane in sorted(lanes, key=lambda each: (each.span[1] - each.span[0], each.span)):
        first, last = lane.span
        free = (n for n, spans in enumerate(taken) if all(last < a or first > b for a, b in spans))
        lane.rank = next(free, len(taken))
        if lane.rank == len(taken):
            taken.append([])
        taken[lane.rank].append(lane.span)
    labels = max((width(lane.label, SMALL) for lane in lanes), default=0) + 2 * EDGE
    return 2 * EDGE + labels + len(taken) * LANE


def _stacked(boxes: list[Box], lanes: list[Lane]) -> float:
    """Give each box its place and each lane its ports there; the height of all."""
    y: float = GAP + EDGE
    for index, box in enumerate(boxes):
        sides = [_ports(index, [lane for lane in lanes if lane.side == side]) for side in ("left", "right")]
        rows = max(len(ports) for ports in sides)
        box.top, box.height = y, max(rows * ROW + 8, 34 + len(box.staying) * LINE + (8 if box.staying else 0))
        for ports in sides:
            start = y + (box.height - len(ports) * ROW) / 2
            for place, lane in enumerate(ports):
                lane.ports[index] = Port(start + (place + 0.78) * ROW, lane.to == index)
        y += box.height + (GAP if box.onward else GAP / 2)
    return y


def _ports(index: int, lanes: list[Lane]) -> list[Lane]:
    """The lanes that meet a box on one side from top to bottom, so that they cross as little as can be: towards the
    rows above the inner ones first below the outer ones, towards those below the outer ones first."""
    up = [lane for lane in lanes if index in (*lane.sources, lane.to) and lane.span[0] < index]
    down = [lane for lane in lanes if index in (*lane.sources, lane.to) and lane not in up]
    return [*sorted(up, key=lambda lane: lane.rank), *sorted(down, key=lambda lane: -lane.rank)]
