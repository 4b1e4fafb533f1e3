"""`luoshi read --format parquet`: a corpus in, a folder of tables out, and what happened on standard error."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from luoshi.exports.parquet import Missing
from luoshi.reading.sources import legible
from luoshi.streams.corpus import Account, Order, Refused, left_out, read_corpus
from luoshi.streams.engine import Unavailable

from .gauge import Gauge
from .printing import tell

ALL_READ, SOME_FAILED, STOPPED = 0, 2, 130


def read_tables(order: Order) -> int:
    """Carry out an order and tell of it; the exit status."""
    account = Account()
    try:
        _read(order, account)
    except (Refused, Missing, Unavailable) as wrong:
        tell(str(wrong))
        return SOME_FAILED
    except OSError as wrong:
        tell(f"{order.folder} cannot be written: {wrong.strerror or wrong}")
        return SOME_FAILED
    except KeyboardInterrupt:
        tell(f"stopped; {len(account.parts)} of {account.shards} parts are done, the same command goes on from there")
        return STOPPED
    _sum_up(order.folder, account)
    print(legible(str(order.folder)))
    return SOME_FAILED if account.failures else ALL_READ


def _read(order: Order, account: Account) -> None:
    with Gauge(Console(stderr=True), None) as gauge:
        for found in read_corpus(order, account):
            gauge.of(account.size)
            if isinstance(found, tuple):
                tell(f"{found[0]}: {found[1]}")
                continue
            gauge.pass_over(account.size_before - gauge.passed)
            gauge.advance(found.size, found.reports, found.characters)
            _tell_failures(found.told, found.failures, found.name)


def _tell_failures(told: tuple[tuple[str, str], ...], count: int, name: str) -> None:
    for failed, reason in told:
        tell(f"{failed}: {reason}")
    if count > len(told):
        tell(f"{name}: {count - len(told):,} inputs more could not be read; the table failures names them")


def _sum_up(folder: Path, account: Account) -> None:
    if account.before:
        tell(f"{account.before:,} of {account.shards:,} parts were read before and not again")
    if account.failures:
        tell(f"{account.failures:,} inputs failed (table failures); they are read again when they change or by --retry")
    if others := left_out(folder, account):
        tell(f"{others:,} parts of other paths lie in {folder / 'parts'} and are not in the tables")
