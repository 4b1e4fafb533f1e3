"""Reports read in one process in, characters a second out: beside the peer of today and the floor, in one run.

    python bench/speed.py [FOLDER [BASELINE]]

The floor is what no reader can do without: decoding UTF-8 and one pass of an automaton over all words of the
lexicon. The peer is a script that reads the files named on its command line and prints `N chars/s` at the end of
its standard error (reading_baseline.py: trafilatura, OpenCC, jieba and regular expressions). Ours and the
peer's rounds take turns, so that a busy machine is busy for both.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from luoshi.reading import read
from luoshi.reading.rules import load, words

OWN = Path(__file__).parents[1] / "gold"
ROUNDS = 3


def rate(work: Callable[[bytes], object], reports: list[bytes], characters: int) -> float:
    """Characters a second of processor time over all reports."""
    began = time.process_time()
    for data in reports:
        work(data)
    return characters / (time.process_time() - began)


def peer(script: Path, files: list[Path]) -> float | None:
    """Characters a second that the peer says it reads, None where it cannot run."""
    run = subprocess.run([sys.executable, script, *files], capture_output=True, text=True, check=False)
    said = re.search(r"(\d+) chars/s", run.stderr)
    if not said:
        print(f"the peer does not run here; pip install -r bench/requirements.in first\n{run.stderr[-300:]}")
    return float(said.group(1)) if said else None


def main() -> None:
    """Print the best rate of each and the ratios."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else OWN
    script = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    files = sorted(folder.glob("*.txt"))
    reports = [path.read_bytes() for path in files]
    characters = sum(len(data.decode("utf-8")) for data in reports)
    automaton = AhoCorasick([word for name in load("words") for word in words(name)])
    read(reports[0])
    floor = ours = theirs = 0.0
    for _ in range(ROUNDS):
        floor = max(floor, rate(lambda data: automaton.find_matches_as_indexes(data.decode()), reports, characters))
        ours = max(ours, rate(read, reports, characters))
        theirs = max(theirs, (peer(script, files) if script else None) or 0)
    print(f"{len(files)} reports, {characters:,} characters")
    print(f"floor    {floor:12,.0f} characters a second")
    print(f"reading  {ours:12,.0f}                       {ours / floor:.4f} of the floor")
    if theirs:
        print(f"peer     {theirs:12,.0f}                       reading is {ours / theirs:.1f} times as fast")


if __name__ == "__main__":
    main()
