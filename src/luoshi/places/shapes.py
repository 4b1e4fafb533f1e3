"""A folder of map shapes and a code in, the outline of that place as SVG out, and the source to be shown with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import cos, radians
from pathlib import Path
from typing import Any, NamedTuple

from .gazetteer.files import DATA

PACKAGED = DATA / "shapes"
# Files of levels; those below the province are split by it.
FILES = {"province": "provinces.json", "prefecture": "prefectures/{}.json", "county": "counties/{}.json"}
# Longer side of an outline in its own units; a page scales it.
SIDE = 400

Ring = list[tuple[float, float]]


class Source(NamedTuple):
    """Where shapes come from, and the number under which a map authority reviewed them (none: not reviewed)."""

    origin: str
    licence: str
    review_number: str | None

    def __str__(self) -> str:
        return f"{self.origin} · {self.licence} · 审图号 {self.review_number or '—'}"


def source(folder: Path = PACKAGED) -> Source:
    """What a page with a map must say; of a folder without SOURCE.json, that nothing is known."""
    try:
        said = json.loads((folder / "SOURCE.json").read_text("utf-8"))
    except FileNotFoundError:
        return Source(str(folder), "—", None)
    return Source(str(said.get("origin", "—")), str(said.get("licence", "—")), said.get("review_number"))


def outline(code: str, level: str, folder: Path = PACKAGED) -> str | None:
    """The place as one SVG element, north up, in degrees scaled to its middle; none where there is no shape."""
    if level not in FILES or not code:
        return None
    geometry = _shapes(folder / FILES[level].format(code[:2])).get(code)
    return _svg(list(_rings(geometry))) if geometry else None


@lru_cache(maxsize=8)
def _shapes(path: Path) -> dict[str, Any]:
    """Geometries by code; a few files are kept, as a clerk looks at places near each other."""
    if not path.exists():
        return {}
    features = json.loads(path.read_text("utf-8"))["features"]
    return {feature["properties"]["adcode"]: feature["geometry"] for feature in features}


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return ([(point[0], point[1]) for point in ring] for polygon in polygons for ring in polygon)


def _svg(rings: list[Ring]) -> str:
    east, north = zip(*((x, y) for ring in rings for x, y in ring), strict=True)
    # A degree of longitude is as much shorter than one of latitude as the cosine of where it lies.
    narrow = cos(radians((min(north) + max(north)) / 2))
    wide, high = (max(east) - min(east)) * narrow, max(north) - min(north)
    scale = SIDE / max(wide, high)
    paths = "".join(_path(ring, min(east), max(north), scale * narrow, scale) for ring in rings)
    size = f"{wide * scale:.0f} {high * scale:.0f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="240" role="img">'
        f'<path d="{paths}" fill="#e4e1d8" stroke="#5d636b" stroke-width="1" fill-rule="evenodd"/></svg>'
    )


def _path(ring: Iterable[tuple[float, float]], west: float, top: float, across: float, down: float) -> str:
    points = (f"{(x - west) * across:.1f} {(top - y) * down:.1f}" for x, y in ring)
    return "M" + "L".join(points) + "Z"
