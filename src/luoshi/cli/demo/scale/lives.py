"""A number in, the life of one item out: where it is opened and what is done to it; the same every time. Pure."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from .staff import Workplace

WORDS = Path(__file__).parent / "words.yaml"
# Days that openings are spread over, up to today: what a year's ledger and its remains look like.
SPAN = 300
# Of a hundred items so many are sent back, dropped, never signed for.
RETURNED, DROPPED, UNSIGNED = 2, 3, 2
LISTS = ("tasks",) * 6 + ("decisions",) * 2 + ("livelihood", "instructions")
BASIS = ("政府常务会议纪要", "专题会议纪要", "年度重点工作清单", "民生实事项目表")
PROGRESS = (
    "已完成过半，按计划推进。",
    "现场已开工，材料备齐。",
    "前期手续办结，正在招标。",
    "受天气影响稍慢，正在赶工。",
)
RESULT = ("已全部完成，台账齐全。", "完工并通过验收。", "任务完成，群众评价良好。")
FINDING = ("查看现场和台账，情况属实。", "抽查三处，与所报一致。")

Who = Literal["supervisor", "clerk", "verifier"]


class Move(NamedTuple):
    """One move: the verb, who makes it, when, what is filled in, whether a file is brought."""

    verb: str
    who: Who
    at: datetime.datetime
    fields: Mapping[str, Any]
    brings: bool = False


class Life(NamedTuple):
    """An item's life up to now."""

    number: int
    work: Workplace
    list: str
    words: str
    opened: datetime.datetime
    fields: Mapping[str, Any]
    moves: tuple[Move, ...]


def words() -> Mapping[str, Sequence[str]]:
    """What items are about, by line."""
    read: Mapping[str, Sequence[str]] = yaml.safe_load(WORDS.read_text("utf-8"))
    return read


def life(
    number: int, many: int, places: Sequence[Workplace], said: Mapping[str, Sequence[str]], now: datetime.datetime
) -> Life:
    """The life of item `number` of `many`, told up to `now`."""
    chance = random.Random(number)
    pick = chance.random
    work = places[int(pick() * len(places))]
    opened = now - datetime.timedelta(days=SPAN * (1 - number / many), minutes=5)
    of_line = said[work.line_key]
    text = of_line[int(pick() * len(of_line))].format(n=2 + int(pick() * 38), m=40 + int(pick() * 900))
    due = opened.date() + datetime.timedelta(days=30 + int(pick() * 300))
    basis = f"{BASIS[int(pick() * len(BASIS))]}〔{opened.year}〕{1 + int(pick() * 30)}号"
    fields = {"basis": basis, "basis_kind": "meeting", "measure": f"{due.month}月底前见效"}
    moves = [move for move in _moves(chance, work, opened, due) if move.at < now]
    return Life(number, work, LISTS[int(pick() * len(LISTS))], text, opened, fields, tuple(moves))


def _moves(chance: random.Random, work: Workplace, opened: datetime.datetime, due: datetime.date) -> list[Move]:
    """All that would be done to it in the end, in time."""
    pick, day = chance.random, datetime.timedelta(days=1)
    at = opened + day / 100
    moves = [Move("dispatch", "supervisor", at, {"lead": work.key, "due": due.isoformat()})]
    fate = pick() * 100
    at += day * (0.2 + 2 * pick())
    if fate < UNSIGNED:
        return [*moves, Move("remind", "supervisor", at + 20 * day, {})]
    if fate < UNSIGNED + RETURNED:
        return [
            *moves,
            Move("return", "clerk", at, {"return_reason": "wrong_duty", "reason": "不属本单位职责，请改派。"}),
        ]
    moves.append(Move("sign", "clerk", at, {}))
    if fate < UNSIGNED + RETURNED + DROPPED:
        dropped = {"drop_reason": "superseded", "reason": "上级已另行部署，不再单列。"}
        return [*moves, Move("drop", "supervisor", at + 30 * day * pick(), dropped)]
    # Most are done before their deadline, one in six after it.
    taken = (due - opened.date()).days * (0.4 + 0.72 * pick())
    if pick() < 0.25:
        told = PROGRESS[int(pick() * len(PROGRESS))]
        moves.append(Move("report", "clerk", at + day * taken / 2, {"progress": told}))
    at += day * taken
    moves.append(Move("ask_closure", "clerk", at, {"result": RESULT[int(pick() * len(RESULT))]}, brings=True))
    at += day * (1 + 9 * pick())
    checked = {"method": "on_site", "finding": FINDING[int(pick() * len(FINDING))]}
    moves.append(Move("verify", "verifier", at, checked))
    return [*moves, Move("close", "supervisor", at + day * (0.2 + 3 * pick()), {})]
