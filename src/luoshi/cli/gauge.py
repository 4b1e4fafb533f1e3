"""Work as it is done in, how far it is on standard error: a bar in a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

# Seconds between plain lines: seldom enough for a log, often enough to see that it lives.
EVERY = 60.0


class Gauge:
    """How far long work is. `total` and what is `advance`d are in one unit, which is never shown."""

    def __init__(self, errors: Console, total: float | None, shown: bool = True) -> None:
        self.total, self.done, self.passed = total, 0.0, 0.0
        self.reports = self.characters = 0
        self.began = self.told = time.monotonic()
        self.bar: Progress | None = None
        if errors.is_terminal and shown:
            columns = (
                TextColumn("reading"),
                BarColumn(),
                TextColumn("{task.percentage:.0f} %"),
                TextColumn("{task.fields[told]}"),
                TimeRemainingColumn(),
            )
            self.bar = Progress(*columns, console=errors, transient=True, redirect_stdout=False)
            self.task = self.bar.add_task("reading", total=total, told="")
        self.plain = not errors.is_terminal

    def pass_over(self, done: float) -> None:
        """Work that was done before: it counts, but not for the rate."""
        self.done += done
        self.passed += done

    def of(self, total: float) -> None:
        """How much there is to do in all, once it is known."""
        self.total = total
        if self.bar:
            self.bar.update(self.task, total=total)

    def advance(self, done: float, reports: int, characters: int) -> None:
        """Work that was done now."""
        self.done += done
        self.reports += reports
        self.characters += characters
        if self.bar:
            self.bar.update(self.task, completed=self.done, told=self._rate())
        elif self.plain and time.monotonic() - self.told >= EVERY:
            self.told = time.monotonic()
            share = f"{100 * self.done / self.total:.0f} %, " if self.total else ""
            print(f"luoshi: {share}{self._rate()}", file=sys.stderr, flush=True)

    def _rate(self) -> str:
        spent = max(time.monotonic() - self.began, 1e-9)
        many, fast = f"{self.reports:,} reports", f"{self.reports / spent:,.0f} reports"
        return f"{many}, {fast} and {self.characters / spent:,.0f} characters a second"

    def __enter__(self) -> Gauge:
        if self.bar:
            self.bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        if self.bar:
            self.bar.stop()
