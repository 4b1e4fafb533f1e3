"""A number in, one spoiled input out, always the same; its format says what is spoiled how."""

from __future__ import annotations

import gzip
import random
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from .mutators import BYTES, MARKUP, SOUND, crossed, in_text
from .seeds import LAST, REPORT, TASKS, Seed, crawled, packed, recorded, seeds, tarred, unzipped, zipped

ZIPPED = ("docx", "xlsx", "ofd")
CONTAINERS = ("jsonl", "zip", "tar", "warc")


class Mutant(NamedTuple):
    """A spoiled input; `intact` are the members that nothing was done to, which must still be read."""

    number: int
    format: str
    name: str
    data: bytes
    intact: tuple[str, ...] = ()


def mutant(number: int, only: str | None = None) -> Mutant:
    """The spoiled input of this number, of one format or of the one whose turn it is."""
    formats = list(seeds())
    format = only or formats[number % len(formats)]
    rng = random.Random(number)
    seed = rng.choice(seeds()[format])
    if format in CONTAINERS:
        return _container(number, format, seed, rng)
    data = _in_members(seed.data, rng) if format in ZIPPED else seed.data
    if format not in ZIPPED or rng.random() < 0.08:
        data = spoiled(data, seed.codec, format in ("html", *ZIPPED), rng)
    return Mutant(number, format, seed.name, data)


def spoiled(data: bytes, codec: str, markup: bool, rng: random.Random) -> bytes:
    """One to four changes."""
    for _ in range(rng.choice((1, 1, 2, 4))):
        kind = rng.random()
        if kind < 0.04:
            data = crossed(data, rng.choice(seeds()[rng.choice(list(seeds()))]).data, rng)
        elif kind < 0.35 and markup:
            data = rng.choice(MARKUP)(data, rng)
        elif kind < 0.70:
            data = in_text(data, codec, rng)
        else:
            data = rng.choice(BYTES)(data, rng)
    return data


def _in_members(data: bytes, rng: random.Random) -> bytes:
    """A zipped document one or two members of which are spoiled, missing, twice or called otherwise."""
    members = unzipped(data)
    for _ in range(rng.choice((1, 1, 2))):
        # Half of the time the longest, which holds the words.
        longest = max(members, key=lambda name: len(members[name]))
        name = longest if rng.random() < 0.5 else rng.choice(list(members))
        fate = rng.random()
        if fate < 0.05 and len(members) > 1:
            del members[name]
        elif fate < 0.1:
            members[rng.choice((name + "x", name.upper(), "../" + name))] = members.pop(name)
        else:
            members[name] = _xml(members[name], rng)
    return zipped(members, rng.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))


def _xml(data: bytes, rng: random.Random) -> bytes:
    """XML that is no longer sound is refused at once; two thirds stay sound, so that what comes after is tried too."""
    if rng.random() < 0.33:
        return spoiled(data, "utf-8", True, rng)
    for _ in range(rng.choice((1, 2, 4))):
        data = rng.choice(SOUND)(data, rng)
    return data


def _texts() -> dict[str, bytes]:
    """Members that make a container: reports of several formats."""
    found = seeds()
    chosen = (("tasks", 0), ("docx", 0), ("csv", 0))
    return {f"{i}-{found[kind][n].name}": found[kind][n].data for i, (kind, n) in enumerate(chosen)}


def _container(number: int, format: str, seed: Seed, rng: random.Random) -> Mutant:
    """A sound container one member of which is spoiled, or a spoiled container."""
    if rng.random() < 0.5:
        name, data, intact = MAKERS[format](rng)
        return Mutant(number, format, name, data, intact)
    inside = seed.name.endswith(".gz") and rng.random() < 0.7
    data = gzip.decompress(seed.data) if inside else seed.data
    data = spoiled(data, seed.codec, False, rng)
    return Mutant(number, format, seed.name, packed(data) if inside else data)


def _one_spoiled(members: dict[str, bytes], markup: bool, rng: random.Random) -> tuple[str, ...]:
    """Spoil one of the members; the names of the others."""
    bad = rng.choice(list(members))
    members[bad] = spoiled(members[bad], "utf-8", markup, rng)
    return tuple(name for name in members if name != bad)


def _zip(rng: random.Random) -> tuple[str, bytes, tuple[str, ...]]:
    members = _texts()
    intact = _one_spoiled(members, True, rng)
    return "x.zip", zipped(members), intact


def _tar(rng: random.Random) -> tuple[str, bytes, tuple[str, ...]]:
    members = _texts()
    intact = _one_spoiled(members, True, rng)
    return "x.tar.gz", packed(tarred(members)), intact


def _warc(rng: random.Random) -> tuple[str, bytes, tuple[str, ...]]:
    found = seeds()
    members = {
        "0.html": rng.choice(found["html"]).data,
        "1.txt": found["tasks"][0].data,
        "2.html": found["html"][3].data,
    }
    intact = _one_spoiled(members, True, rng)
    return "x.warc.gz", crawled(members, packed), tuple(f"http://site.example/{name}" for name in intact)


def _jsonl(rng: random.Random) -> tuple[str, bytes, tuple[str, ...]]:
    texts = {"0": REPORT, "1": TASKS, "2": LAST}
    lines = [recorded({name: text}) for name, text in texts.items()]
    bad = spoiled(lines[0], "utf-8", False, rng).replace(b"\n", b" ")
    return "x.jsonl", bad + b"\n" + b"".join(lines[1:]), tuple(texts)[1:]


MAKERS: dict[str, Callable[[random.Random], tuple[str, bytes, tuple[str, ...]]]] = {
    "zip": _zip,
    "tar": _tar,
    "warc": _warc,
    "jsonl": _jsonl,
}
