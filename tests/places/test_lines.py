"""Lines: the data as they are, and what they call the units of places."""

from __future__ import annotations

from datetime import date

from luoshi.places.lines import load_lines, unit_name

LINES = load_lines()
NOW = date(2025, 12, 31)


def test_it_works() -> None:
    named = unit_name("浙江省", "province", LINES["development_reform"], NOW, province_code="330000")
    assert named is not None
    assert (named.full, named.short) == ("浙江省发展和改革委员会", "浙江省发改委")
    assert "省发改委" in named.aliases
