"""Orders in, a line of standard input each, how long each piece of work took out: a line of JSON, milliseconds."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable


def serve(work_of: Callable[[str, str], Callable[[], None]]) -> None:
    """Do what is ordered as `KIND TIMES NAME` until nothing more is; `work_of`: what a kind and a name mean."""
    for line in sys.stdin:
        kind, times, name = (*line.rstrip("\n").split(" ", 2), "")[:3]
        do, taken = work_of(kind, name), []
        for _ in range(int(times)):
            at = time.perf_counter()
            do()
            taken.append((time.perf_counter() - at) * 1000)
        print(json.dumps(taken), flush=True)
