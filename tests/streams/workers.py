"""Work that ends the process it is done in; in a file of its own, for what a new process has to load."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from luoshi.streams.shards import Shard


def deadly(src: Shard, dst: Path) -> str:
    """The label of a shard; b.jsonl is not survived."""
    if src.label == "b.jsonl":
        os.kill(os.getpid(), signal.SIGKILL)
    return src.label
