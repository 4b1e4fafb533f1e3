"""The folder of wheels and a folder for data go in; every data file of the gazetteer is written, or none."""

from __future__ import annotations

import shutil
from pathlib import Path

from luoshi.places.gazetteer.compiling import compile_gazetteer
from luoshi.places.gazetteer.files import PLACES, SUCCESSIONS, as_csv
from luoshi.places.gazetteer.notice import notice
from luoshi.places.gazetteer.nouns import PlaceState, Succession
from luoshi.places.gazetteer.shapes import shapes


def build(wheels: Path, out: Path) -> None:
    """Write the data folder anew; it appears whole or the old one stays."""
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "shapes" / "prefectures").mkdir(parents=True)
    (fresh / "shapes" / "counties").mkdir()
    gazetteer = compile_gazetteer(wheels)
    _write(fresh / PLACES, as_csv(gazetteer.states, PlaceState._fields))
    _write(fresh / SUCCESSIONS, as_csv(gazetteer.successions, Succession._fields))
    for name, text in shapes(wheels):
        _write(fresh / "shapes" / name, text)
    _write(fresh / "NOTICE.txt", notice(wheels))
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
