"""Texts of a megabyte in many shapes in, the time each takes a character out, as a ratio to a report's.

python -m bench.linear [LENGTH]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from bench.shapes import SHAPES

from luoshi.reading import read

REPORTS = [p.read_text("utf-8") for p in sorted((Path(__file__).parents[1] / "gold").glob("*.txt"))]


def per_character(texts: list[str]) -> float:
    """Seconds a character of the processor's time."""
    began = time.process_time()
    for text in texts:
        read(text)
    return (time.process_time() - began) / sum(map(len, texts))


def main() -> None:
    """Print a line a shape."""
    length = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    per_character(REPORTS[:3])
    normal = per_character(REPORTS[3:])
    print(f"{'a report':24} {normal * 1e6:6.2f} µs a character")
    for name, shape in SHAPES.items():
        print(f"{name:24} {per_character([shape(length)]) / normal:6.2f} × that", flush=True)


if __name__ == "__main__":
    main()
