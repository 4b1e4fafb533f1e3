"""The example reports read many times in, characters a second out, as a ratio to a floor in the same run.

The floor is what no reader can do without: script conversion by OpenCC and one `re` split into sentences.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import opencc

from luoshi.reading import read

REPORTS = [p.read_text("utf-8") for p in sorted((Path(__file__).parents[1] / "gold").glob("*.txt"))]
ROUNDS = 5


def rate(work: Callable[[str], object]) -> float:
    """Characters a second, the best of ROUNDS."""
    best = 0.0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for text in REPORTS:
            work(text)
        best = max(best, sum(map(len, REPORTS)) / (time.perf_counter() - began))
    return best


def main() -> None:
    """Print both rates and their ratio."""
    converter = opencc.OpenCC("t2s")
    floor = rate(lambda text: re.split("[。！？；]", converter.convert(text)))
    reading = rate(read)
    print(f"floor   {floor / 1e6:8.2f} million characters a second")
    print(f"reading {reading / 1e6:8.3f} million characters a second, 1/{floor / reading:.0f} of the floor")


if __name__ == "__main__":
    main()
