"""How many in, that many deliveries killed among servers that fail, hang and lie; what did not arrive once, out.

python -m bench.soak.delivery_kills [--on sqlite|postgresql] [--kills 20]

Each time some items more are worked on. At last the servers are well, and every message must have arrived: under one
key of its reader, however often it was sent, those of an item in their order. Exit status 1 where it did not.
"""

from __future__ import annotations

import datetime
import json
import random
import sys
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from .killing import on_each
from .ledger_told import Told

if TYPE_CHECKING:
    from tests.delivery.servers import Gateway, Got
    from tests.ledger.office import Office

    from .ledger_writers import Writer

# Items that are new to each run, each told of twice to two readers.
NEW = 4
# Seconds after which servers that hang are left: more than one takes that answers, on a busy machine.
SHORT = 0.5
# A run asks for the time when it claims and when it writes down what became of a letter: it is killed after so many, or
# after so many seconds, when it waits for who hangs or is done; and that much later, so that it falls anywhere within.
ASKED, WITHIN, STEP = 16, 3.0, 0.1
# How often a letter is answered wrongly at most, so that none is ever given up.
WRONGLY = 4
# Half a minute before the next try: so much later the next run comes, and finds some letters due and others not.
MINUTES = (4, 6, 20, 70)
BEGAN = datetime.datetime(2026, 11, 2, 10, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


def main() -> int:
    """Put both databases, or one, through it."""
    return on_each("bench.soak.delivery_kills", 20, _soak)


def _soak(count: int) -> Told:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from tests.delivery.servers import gateway, mailbox
    from tests.ledger.office import office

    from luoshi.delivery import transport
    from luoshi.delivery.sending import mail

    call_command("migrate", verbosity=0)
    transport.post.__defaults__, mail.SECONDS = (SHORT,), 4 * SHORT
    chance = random.Random(count)
    with gateway() as well, gateway() as bad, mailbox() as post:
        settings.LUOSHI_CHANNELS, settings.LUOSHI_WEBHOOK_SCHEMES = ("mail", "webhook"), ("http",)
        settings.LUOSHI_WEBHOOK_HOSTS = (well.host, bad.host)
        settings.LUOSHI_ADDRESS, settings.DEFAULT_FROM_EMAIL = "https://luoshi.example", "luoshi@example.gov.cn"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
        # Taken, and said to have failed.
        post.says = [chance.choice(("451 later", None)) for _ in range(WRONGLY * count)]
        wrong = Wrong(bad, chance)
        return kills(office(), count, (well, bad, post, wrong), chance)


class Wrong:
    """A gateway that fails, hangs, and says that it failed when it took a letter; never often of the same one."""

    def __init__(self, there: Gateway, chance: random.Random) -> None:
        self.chance, self.real, self.times = chance, there.next, Counter[str]()
        self.answers: Counter[str] = Counter()
        self._lock = threading.Lock()
        there.next = self.next  # type: ignore[method-assign]
        self.taken: list[Got] = []

    def next(self, got: Got) -> tuple[int, bytes]:
        """An answer; `taken` are the letters that were kept."""
        from tests.delivery.servers import HANG

        key = got.headers["Idempotency-Key"]
        with self._lock:
            what = self.chance.choice(("well", "fails", "hangs", "lies")) if self.times[key] < WRONGLY else "well"
            self.times[key] += what != "well"
            self.answers[what] += 1
            if what in ("well", "lies"):
                self.taken.append(got)
            return {"well": (200, b"{}"), "fails": (500, b""), "hangs": (HANG, b""), "lies": (503, b"")}[what]


def kills(office: Office, count: int, servers: Any, chance: random.Random) -> Told:
    """Kill `count` deliveries; what arrived in the end is compared with what there was to tell."""
    from luoshi.delivery.claiming import LEASE
    from luoshi.delivery.models import Delivery

    from .ledger_writers import Writer

    well, bad, post, wrong = servers
    _channels(office, well, bad)
    told = Told("deliveries killed (SIGKILL) among servers that fail, hang and lie, and run again")
    now, within = BEGAN, 0
    for _ in range(count):
        _more(office, now)
        _kill(Writer(_delivering(now)), chance)
        within += Delivery.unguarded.exclude(lease="").exists()
        now += LEASE + datetime.timedelta(minutes=chance.choice(MINUTES))
    told.faults += _to_its_end(now)
    got = {"water": well.got, "water_head": wrong.taken}
    for reader, letters in got.items():
        told.faults += [f"{reader}: {fault}" for fault in faults(office[reader].pk, letters)]
    keys = [str(each["Message-ID"]) for each in post.got]
    wanted = set(Delivery.unguarded.filter(channel__kind="mail").values_list("key", flat=True))
    told.faults += [f"mail: {key} did not arrive" for key in wanted - {key.strip("<>").split("@")[0] for key in keys}]
    sent = [*keys, *(each.headers["Idempotency-Key"] for each in (*well.got, *wrong.taken))]
    told.counts = {
        "killed": count,
        "with letters under way": within,
        "messages": Delivery.unguarded.count(),
        "arrived again under their key": len(sent) - len(set(sent)),
        **{f"answers: {what}": many for what, many in sorted(wrong.answers.items())},
    }
    return told


def faults(reader: int, letters: list[Got]) -> list[str]:
    """What of a reader's messages did not arrive, arrived under two keys, or before an earlier one of its item."""
    from luoshi.delivery.models import Delivery

    rows = Delivery.unguarded.filter(channel__user=reader, channel__kind="webhook")
    wanted = set(rows.values_list("message__event__item__number", "sequence"))
    first = {each.headers["Idempotency-Key"]: json.loads(each.body)["messages"] for each in reversed(letters)}
    heard = [(said["number"], said["sequence"]) for key in dict.fromkeys(_keys(letters)) for said in first[key]]
    found = [f"{each} did not arrive" for each in wanted - set(heard)]
    found += [f"{each} arrived under {many} keys" for each, many in Counter(heard).items() if many > 1]
    found += [f"{each} was not for them" for each in set(heard) - wanted]
    last: dict[str, int] = {}
    for number, sequence in heard:
        found += [f"{number}: {sequence} came after {last[number]}"] if sequence < last.get(number, 0) else []
        last[number] = sequence
    return found


def _keys(letters: list[Got]) -> list[str]:
    return [each.headers["Idempotency-Key"] for each in letters]


def _channels(office: Office, well: Gateway, bad: Gateway) -> None:
    from luoshi.delivery.actions import Choice, choose
    from luoshi.delivery.models import Kind
    from luoshi.delivery.timing import Wishes

    at_once = Wishes(False, datetime.time(8), None, None)
    for name, kind, target in (
        ("water", Kind.WEBHOOK, well.url),
        ("water_head", Kind.WEBHOOK, bad.url),
        ("water", Kind.MAIL, "clerk@example.gov.cn"),
    ):
        choose(office[name], kind, Choice(True, target, "", at_once, False), BEGAN)


def _more(office: Office, now: datetime.datetime) -> None:
    """Items that are new, each dispatched and reminded of."""
    from tests.ledger.office import open_task

    from luoshi.ledger.actions import act

    for _ in range(NEW):
        item = open_task(office["city"], now=now).item
        due = (now + datetime.timedelta(days=40)).date().isoformat()
        act(office["city"], item, "dispatch", fields={"lead": "A1:water", "due": due}, expected=1, now=now)
        act(office["city"], item, "remind", fields={"note": "请抓紧"}, expected=2, now=now)


def _delivering(now: datetime.datetime) -> Any:
    def work(writer: Writer) -> None:
        from luoshi.delivery.running import deliver

        def clock() -> datetime.datetime:
            writer.tell()
            return now

        deliver(clock)

    return work


def _kill(writer: Writer, chance: random.Random) -> None:
    asked, until = chance.randrange(ASKED), time.monotonic() + WITHIN
    while writer.done <= asked and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(chance.random() * STEP)
    writer.kill()


def _to_its_end(now: datetime.datetime) -> list[str]:
    """Rounds at the times of the next tries until nothing waits; what was given up or never ends."""
    from luoshi.delivery.models import Delivery
    from luoshi.delivery.running import deliver

    rows = Delivery.unguarded.all()
    for _ in range(200):
        deliver(lambda now=now: now)
        waiting = rows.filter(state=Delivery.State.WAITING).order_by("due_at").first()
        if waiting is None:
            return [f"{row.key} was given up: {row.error}" for row in rows.filter(state=Delivery.State.DEAD)]
        now = max(waiting.due_at, now) + datetime.timedelta(minutes=2)
    return ["letters wait for ever"]


if __name__ == "__main__":
    sys.exit(main())
