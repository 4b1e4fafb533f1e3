"""Inputs in, readings out: in this process or several, in the order of the inputs, with bounded memory."""

from __future__ import annotations

import hashlib
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from luoshi.reading import Reading, Source, Unreadable, read
from luoshi.reading.facts import Run
from luoshi.reading.sources import LARGEST, from_bytes, from_file

from .days import published_beside
from .given import STDIN, Input

# Inputs handed out ahead for every process: enough to keep it busy, few enough to bound memory.
AHEAD = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """The reading of one input, or the problem that it had; its name and label as of the input."""

    name: str
    label: str
    reading: Reading | None
    problem: str | None = None


def read_one(given: Input, published: str | None = None) -> Outcome:
    """Read one input; whatever is wrong with it becomes one line."""
    name = "standard input" if given.name == STDIN else given.name
    try:
        if given.problem:
            raise Unreadable(given.problem)
        return Outcome(name, given.label, read(_source(given), published or _day(given)))
    except Unreadable as wrong:
        return Outcome(name, given.label, None, str(wrong))
    except OSError as wrong:
        return Outcome(name, given.label, None, f"cannot be opened: {wrong.strerror or wrong}")
    except Exception as wrong:
        # One page that the reader cannot bear must not cost the million beside it.
        return Outcome(name, given.label, None, f"the reader failed on it ({type(wrong).__name__}: {wrong})")


def _source(given: Input) -> Source:
    if given.path is not None:
        return from_file(given.path)
    if given.data is None:
        return from_bytes(sys.stdin.buffer.read(LARGEST + 1), "stdin")
    source = replace(from_bytes(given.data, given.label + given.suffix), name=given.label)
    return _titled(source, given.title) if given.title and not source.runs else source


def _titled(source: Source, title: str) -> Source:
    """A record's text with its title as the first line, and the way back to both; as it is where it begins so."""
    text = titled(source.text, title)
    if text == source.text:
        return source
    sha256 = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    runs = (Run(0, "title", 0), Run(len(title) + 1, "text", 0))
    return replace(source, text=text, sha256=sha256, runs=runs)


def titled(text: str, title: str) -> str:
    """A text with its title as the first line; as it is where it begins so."""
    begins = "".join(text.split()).startswith("".join(title.split()))
    return text if begins else f"{title}\n{text}"


def _day(given: Input) -> str | None:
    return given.published or (published_beside(given.path) if given.path else None)


def outcomes(given: Iterable[Input], published: str | None, jobs: int) -> Iterator[Outcome]:
    """Outcomes in the order of the inputs. With one job everything happens in this process."""
    one = partial(read_one, published=published)
    if jobs <= 1:
        yield from map(one, given)
        return
    with ProcessPoolExecutor(jobs) as pool:
        waiting: deque[Future[Outcome]] = deque()
        for each in given:
            if each.name == STDIN:
                while waiting:
                    yield waiting.popleft().result()
                yield one(each)
                continue
            waiting.append(pool.submit(one, each))
            if len(waiting) >= jobs * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
