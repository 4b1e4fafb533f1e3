"""A number of inputs in, each spoiled and read under a bound of time, a line a failure and the bytes of it out.

python -m bench.soak [--inputs 200000] [--seed 0] [--only FORMAT] [--jobs 2] [--keep FOLDER]

Inputs are numbered from --seed on. A failure prints its number and format: `--seed NUMBER --only FORMAT --inputs 1`
makes it again. Stopped (Ctrl-C), it says with which --seed it goes on. Exit status 1 where anything failed.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from .mutants import mutant
from .processes import Failure, Pool
from .seeds import seeds

# Seconds between lines on how far it is.
EVERY = 15.0


def main() -> int:
    """Read the arguments, soak, sum up."""
    asked = _arguments()
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    keep = asked.keep or Path(tempfile.mkdtemp(prefix="soak-"))
    keep.mkdir(parents=True, exist_ok=True)
    failures: list[Failure] = []
    began = told = time.monotonic()
    pool = Pool(asked.seed, asked.inputs, asked.only, asked.jobs, keep)
    try:
        for failure in pool.run():
            if failure:
                failures.append(failure)
                _tell(failure, keep)
            if time.monotonic() - told > EVERY:
                told = time.monotonic()
                _progress(pool.done, asked.inputs, told - began, len(failures))
    except KeyboardInterrupt:
        left = asked.inputs - pool.next + asked.seed
        print(f"stopped; go on with --seed {pool.next} --inputs {left}", flush=True)
    _sum_up(pool, failures, time.monotonic() - began)
    return 1 if failures else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.soak")
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=0, help="number of the first input")
    parser.add_argument("--only", choices=list(seeds()), help="all inputs of this format")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="folder for the inputs that failed")
    return parser.parse_args()


def _tell(failure: Failure, keep: Path) -> None:
    made = mutant(failure.number, failure.format)
    path = keep / f"{failure.format}-{failure.number}-{made.name}"
    path.write_bytes(made.data)
    print(f"FAILED --seed {failure.number} --only {failure.format}: {failure.what}\n  {path}", flush=True)


def _progress(done: int, inputs: int, seconds: float, failed: int) -> None:
    left = (inputs - done) * seconds / max(1, done)
    print(f"{done:,} of {inputs:,}, {done / seconds:.0f}/s, {left:.0f} s left, {failed} failed", flush=True)


def _sum_up(pool: Pool, failures: list[Failure], seconds: float) -> None:
    print(f"{pool.done:,} inputs in {seconds:.0f} s ({pool.done / max(seconds, 0.001):.0f}/s), {len(failures)} failed")
    print("slowest: " + ", ".join(f"{s:.2f} s {format} {number}" for s, number, format in pool.slowest))
    for format, count in Counter(failure.format for failure in failures).most_common():
        print(f"  {format}: {count}")


if __name__ == "__main__":
    sys.exit(main())
