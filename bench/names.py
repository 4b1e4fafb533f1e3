"""A made text full of names in, the speed of `mentions` beside a scan over all names, and how its time grows, out.

python -m bench.names

The scan looks for every name of every unit of one province in the text (`str.find`), the longest first: what one would
write first. It knows a tenth of the country and no lists, ranks, collectives or former places. Both in one run, in the
processor's time.
"""

from __future__ import annotations

import random
import time
from datetime import date

from luoshi.places.gazetteer import read_places, state_on, timeline
from luoshi.places.lines import PlaceNow, generate_units, load_lines
from luoshi.places.names import Context, default_directory, mentions

DAY = date(2025, 12, 31)
CONTEXT = Context("330000", DAY)
NAMED = (
    "省发展改革委",
    "省财政厅",
    "杭州市人民政府",
    "温州市教育局",
    "各设区市政府",
    "国家发展改革委",
    "桐庐县农业农村局",
)
SAID = "加快推进重点项目建设，压实责任链条，完善工作机制，确保年底前完成既定目标任务，持续提升群众获得感，由"


def made_text(sentences: int) -> str:
    """Sentences that name a unit each, in the density of plans with owners."""
    chance = random.Random(1)
    return "".join(f"{SAID[chance.randrange(20) :]}{chance.choice(NAMED)}牵头负责。" for _ in range(sentences))


def all_names() -> list[str]:
    """Every name of every unit of one province and of the country on the day."""
    times = timeline(read_places())
    states = [state for key in times if (state := state_on(times, key, DAY))]
    places = [
        PlaceNow(s.key, s.level, s.name, s.code, s.code[:2] + "0000")
        for s in states
        if s.level == "country" or (s.code.startswith("33") and s.level in ("province", "prefecture", "county"))
    ]
    names = {n for unit in generate_units(places, load_lines(), DAY) for n in (unit.name, unit.short, *unit.aliases)}
    return sorted(names, key=len, reverse=True)


def scan(text: str, names: list[str]) -> int:
    """How often the names stand in the text, each character once: the longest names first."""
    found = 0
    for name in names:
        at = text.find(name)
        while at >= 0:
            found += 1
            text = text[:at] + " " * len(name) + text[at + len(name) :]
            at = text.find(name, at)
    return found


def _spent(text: str) -> tuple[float, int]:
    began = time.process_time()
    found = len(mentions(text, CONTEXT, default_directory()))
    return time.process_time() - began, found


def main() -> None:
    """Print the times, the ratio and the growth."""
    began = time.process_time()
    default_directory()
    print(f"directory          {time.process_time() - began:6.2f} s to build")
    names, short, long = all_names(), made_text(2000), made_text(20000)
    began = time.process_time()
    scanned = scan(short, names)
    naive = time.process_time() - began
    cold, found = _spent(short)
    warm, _ = min(_spent(short) for _ in range(5))
    tenfold, _ = min(_spent(long) for _ in range(3))
    print(f"scan, {len(names)} names {naive:6.2f} s, {scanned} found in {len(short)} characters")
    print(f"mentions, first    {cold:6.3f} s, {found} found: {naive / cold:5.0f} × as fast")
    print(
        f"mentions, again    {warm:6.3f} s, {len(short) / warm:,.0f} characters a second: {naive / warm:5.0f} × as fast"
    )
    print(f"ten times the text {tenfold:6.3f} s: {tenfold / warm:5.1f} × the time")


if __name__ == "__main__":
    main()
