"""How many in, that many sweeps killed in their work (SIGKILL) and run again; reminders doubled or missing, out.

python -m bench.soak.sweep_kills [--on sqlite|postgresql] [--kills 50]

Each time some items more are due, at another hour. What a run that was killed and the one after it did together must be
what plain Python finds over all items beforehand (tests.ledger.sweeping). Exit status 1 where it is not.
"""

from __future__ import annotations

import datetime
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .killing import on_each
from .ledger_told import Told

if TYPE_CHECKING:
    from tests.ledger.office import Office

    from .ledger_writers import Writer

# Items that are new to each run: enough that a kill falls between two of them, few enough that it is over in a second.
NEW = 8
# Days between two runs: some steps pass unmade, others come one by one.
DAYS = (1, 2, 4)
# Longer than a step takes on a busy machine: a kill after so much more falls anywhere within the next one.
STEP = 0.03
# Seconds after which a run that does not get on is a fault.
PATIENCE = 60.0
BEGAN = datetime.datetime(2025, 3, 3, 10, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


def main() -> int:
    """Put both databases, or one, through it."""
    return on_each("bench.soak.sweep_kills", 50, _soak)


def _soak(count: int) -> Told:
    import django

    django.setup()
    from django.core.management import call_command
    from tests.ledger.office import office

    call_command("migrate", verbosity=0)
    return kills(office(), count)


def kills(office: Office, count: int) -> Told:
    """Kill `count` sweeps, each run again; everything that was done is compared with what had to be."""
    from tests.ledger.sweeping import done, expected

    from luoshi.ledger.models import Event
    from luoshi.ledger.proving.verify import verify

    chance, told = random.Random(count), Told("sweeps killed (SIGKILL) and run again")
    within = steps = 0
    now = BEGAN
    for _ in range(count):
        _more(office, chance, now)
        now += datetime.timedelta(days=chance.choice(DAYS))
        while not (wanted := expected(now)):
            now += datetime.timedelta(days=1)
        before = set(Event.unguarded.values_list("pk", flat=True))
        if not _killed(now, chance.randrange(len(wanted)), chance):
            told.faults.append("a sweep did not get on")
        first = len(done(before))
        within += 0 < first < len(wanted)
        _whole(now)
        made = done(before)
        steps += len(made)
        missing, doubled = Counter(wanted) - Counter(made), Counter(made) - Counter(wanted)
        told.faults += [f"missing: {each}" for each in missing] + [f"doubled or wrong: {each}" for each in doubled]
        told.faults += ["a third run did something"] if _whole(now) else []
    told.faults += [str(fault) for fault in verify(now + datetime.timedelta(1)).faults[:5]]
    told.counts = {"killed": count, "with some made and some not": within, "steps": steps}
    return told


def _more(office: Office, chance: random.Random, now: datetime.datetime) -> None:
    """Items that are new: dispatched some days ago, so that each is at another step of its ladders."""
    from tests.ledger.office import open_task

    from luoshi.ledger.actions import act

    for _ in range(NEW):
        item = open_task(office["city"], now=now).item
        due = (now + datetime.timedelta(days=chance.randrange(2, 12))).date().isoformat()
        fields: dict[str, Any] = {"lead": "A1:water", "supports": ["A1:civil"], "due": due, "frequency": "weekly"}
        act(office["city"], item, "dispatch", fields=fields, expected=1, now=now)
        if chance.random() < 0.5:
            act(office["water"], item, "sign", fields={}, expected=2, now=now)


def _killed(now: datetime.datetime, steps: int, chance: random.Random) -> bool:
    """A sweep killed once it made so many steps, and a moment more; False where it does not get on."""
    from .ledger_writers import Writer

    writer = Writer(_sweeping(now))
    began = time.monotonic()
    while writer.done < steps:
        if time.monotonic() - began > PATIENCE:
            writer.kill()
            return False
        time.sleep(0.001)
    time.sleep(chance.random() * STEP)
    writer.kill()
    return True


def _sweeping(now: datetime.datetime) -> Callable[[Writer], None]:
    def work(writer: Writer) -> None:
        from luoshi.ledger.sweep import sweep

        for each in sweep(now, page=3):
            for made in each.made:
                writer.tell(each.number, made.clock, made.step)

    return work


def _whole(now: datetime.datetime) -> int:
    """A sweep to its end; how many steps it made."""
    from luoshi.ledger.sweep import sweep

    return sum(len(each.made) for each in sweep(now))


if __name__ == "__main__":
    sys.exit(main())
