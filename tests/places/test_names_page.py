"""What docs/names.md shows is what the program answers."""

from __future__ import annotations

import doctest

from tests.folders import PROJECT


def test_it_works() -> None:
    done = doctest.testfile(str(PROJECT / "docs" / "names.md"), module_relative=False, encoding="utf-8")
    assert done.attempted > 10 and done.failed == 0
