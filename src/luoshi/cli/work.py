"""Inputs in, readings out: in this process or several, in the order of the inputs, with bounded memory."""

from __future__ import annotations

import datetime
import json
import re
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from luoshi.reading import Reading, Unreadable, read
from luoshi.reading.sources import LARGEST, from_bytes

from .paths import Input

# Inputs handed out ahead for every process: enough to keep it busy, few enough to bound memory.
AHEAD = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """The reading of one input, or the problem that it had."""

    name: str
    reading: Reading | None
    problem: str | None = None


def read_one(given: Input, published: str | None = None) -> Outcome:
    """Read one input; whatever is wrong with it becomes one line."""
    name = "standard input" if given.path is None else str(given.path)
    if given.problem:
        return Outcome(name, None, given.problem)
    try:
        if given.path is None:
            data = sys.stdin.buffer.read(LARGEST + 1)
            return Outcome(name, read(from_bytes(data, "stdin"), published))
        return Outcome(name, read(given.path, published or published_beside(given.path)))
    except Unreadable as wrong:
        return Outcome(name, None, str(wrong))
    except OSError as wrong:
        return Outcome(name, None, f"cannot be opened: {wrong.strerror or wrong}")


def is_day(words: str) -> bool:
    """Whether words are a day of the calendar like 2023-06-07, a time behind it or none."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}([T ].+)?", words):
        return False
    try:
        return bool(datetime.date.fromisoformat(words[:10]))
    except ValueError:
        return False


def published_beside(path: Path) -> str | None:
    """The day of publication that NAME.meta.json beside a report gives, if it is there."""
    meta = path.with_name(path.stem + ".meta.json")
    try:
        known = json.loads(meta.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as wrong:
        raise Unreadable(f"{meta.name} beside it cannot be used: {wrong}") from None
    value = known.get("published") if isinstance(known, dict) else None
    if value is not None and not (isinstance(value, str) and is_day(value)):
        raise Unreadable(f'{meta.name} beside it: "published" must be a date like "2023-06-07"')
    return value


def outcomes(given: Iterable[Input], published: str | None, jobs: int) -> Iterator[Outcome]:
    """Outcomes in the order of the inputs. With one job everything happens in this process."""
    one = partial(read_one, published=published)
    if jobs <= 1:
        yield from map(one, given)
        return
    with ProcessPoolExecutor(jobs) as pool:
        waiting: deque[Future[Outcome]] = deque()
        for each in given:
            if each.path is None:
                while waiting:
                    yield waiting.popleft().result()
                yield one(each)
                continue
            waiting.append(pool.submit(one, each))
            if len(waiting) >= jobs * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
