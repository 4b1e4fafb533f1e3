"""A notice for 2027 as an office would type it, invented: what no one has announced yet."""

from __future__ import annotations

from datetime import date, timedelta

# Holiday, first and last day, days worked in exchange.
ARRANGED = (
    ("元旦", "1-1", "1-3", ""),
    ("春节", "2-5", "2-12", "1-31 2-20"),
    ("清明节", "4-3", "4-5", ""),
    ("劳动节", "5-1", "5-5", "4-25"),
    ("端午节", "6-9", "6-9", ""),
    ("中秋节", "9-15", "9-15", ""),
    ("国庆节", "10-1", "10-7", "9-26 10-9"),
)
# What it changes: days in exchange, and days of rest that the law alone does not give.
CHANGED = ["01-31", "02-11", "02-12", "02-20", "04-25", "05-05", "09-26", "10-06", "10-07", "10-09"]


def d(text: str, year: int = 2027) -> date:
    month, day = text.split("-")
    return date(year, int(month), int(day))


def rows() -> list[tuple[str, str, str]]:
    """Its days: day, kind, name."""
    out = []
    for name, first, last, exchanged in ARRANGED:
        on = d(first)
        while on <= d(last):
            out.append((str(on), "放假", name))
            on += timedelta(1)
        out += [(str(d(each)), "上班", name) for each in exchanged.split()]
    return out


def table(more: list[tuple[str, str, str]] | None = None, without: str = "") -> bytes:
    """The table of the notice, with some days more and without one."""
    lines = [",".join(row) for row in [*rows(), *(more or [])] if row[0] != without]
    return ("日期,班休,节日\n" + "\n".join(lines) + "\n").encode()
