"""Two sizes of ledgers in, how much longer pages of lists take on the larger one, out.

    python -m bench.lists [--small 10000] [--large 1000000]            SQLite
    python -m tests.postgres -- python -m bench.lists                  PostgreSQL

Whole pages are asked for, as a browser asks, by people who see much and little. Both sizes take turns in short bursts,
so that a busy machine is busy for both. A page that shows fewer rows on the small ledger is compared with a full one
of it: fifty rows cost more to show than one, however few there are besides.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from bench.ledger import Yard, yard_of

BURSTS, TIMES = 5, 2
# What issue 8 asks for.
MOST_GROWTH = 1.5
VIEWERS = (
    *("province", "city", "county", "township", "line of the province", "line of a county", "the busiest clerk"),
)
PAGES = {
    "list": "/lists/tasks/",
    "newest": "/lists/all/?sort=new",
    "ended": "/lists/all/?show=ended",
    "rare list": "/lists/instructions/",
    "late": "/lists/all/?light=late",
    "near": "/lists/all/?light=near",
    "still": "/lists/all/?light=still",
    "undated": "/lists/all/?light=undated",
    "state": "/lists/all/?state=dispatched",
    "rare state": "/lists/all/?state=returned",
    "place": "/lists/all/?place=CN.0.3.5",
    "line": "/lists/all/?line=L5",
    "lead": "/lists/all/?lead=CN.0.3.4:L3",
    "due between": "/lists/all/?from=2026-12-01&to=2026-12-31",
    "mine": "/lists/all/?mine=1",
    "grouped": "/lists/all/?by=place",
    "further": "/lists/all/?after=2026-11-01_01940000-0000-7000-8000-000000000000",
    "common word": "/lists/all/?q=水库",
    "word": "/lists/all/?q=移民",
    "rare word": "/lists/all/?q=白蚁",
    "together": "/lists/instructions/?line=L5&state=dispatched&light=near",
    "inbox": "/inbox/",
}
FULL = f"open province\t{PAGES['list']}"


def main() -> int:
    """Print the table; exit status 1 where a page grows by more than is asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.lists")
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    asked = parser.parse_args()
    # Otherwise every answer is a line of the log.
    os.environ["LUOSHI_LOG_LEVEL"] = "WARNING"
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as folder:
        counts = (asked.small, asked.large)
        yards = [yard_of(count, Path(folder, str(count)), "bench.lists_yard") for count in counts]
        for yard, count in zip(yards, counts, strict=True):
            print(f"{count:,} items in {yard.ready()}", flush=True)
        names = [f"{who}\t{address}" for who in VIEWERS for address in PAGES.values()] + ["the busiest clerk\titem"]
        for times in (1, *[TIMES] * BURSTS):
            for name in names:
                for yard in yards:
                    yard.burst("open", times, name)
        for yard in yards:
            yard.end()
        return _told(*yards)


def _told(small: Yard, large: Yard) -> int:
    """A row for each page, a column for each viewer: milliseconds on the large ledger, beside the small one."""
    print(f"{'milliseconds (beside small)':16}" + "".join(f"{who[:18]:>20}" for who in VIEWERS))
    worst = []
    for page, address in PAGES.items():
        cells = []
        for who in VIEWERS:
            name = f"open {who}\t{address}"
            ratio = large.median(name) / max(small.median(name), small.median(FULL))
            worst.append((ratio, f"{who}, {page}"))
            cells.append(f"{large.median(name):.0f} ({ratio:.2f})")
        print(f"{page:16}" + "".join(f"{cell:>20}" for cell in cells))
    name = "open the busiest clerk\titem"
    worst.append((large.median(name) / small.median(name), "an item"))
    print(f"an item: {large.median(name):.0f} ({worst[-1][0]:.2f})")
    over = sorted((each for each in worst if each[0] > MOST_GROWTH), reverse=True)
    print(f"over {MOST_GROWTH}: {len(over)} of {len(worst)}; the most: {max(worst)[1]}, {max(worst)[0]:.2f}")
    for ratio, what in over:
        print(f"  {ratio:.2f}  {what}  NOT HELD")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
