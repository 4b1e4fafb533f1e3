"""The YAML files of a folder in, checked prepared sets out; all that is wrong with the files is said at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from luoshi.ledger.playbook.loading import RELEASED, digest
from luoshi.places.lines import load_lines

from .nouns import PreparedSet
from .reckoning import faults_of_examples
from .schema import read_set

HERE = Path(__file__).with_name("sets")


class BrokenSets(ValueError):
    """Prepared sets that cannot be used: every fault as `sets/FILE: path: what is wrong`, one a line."""


class Sets:
    """Prepared sets in all their versions; a response runs by the version that it was activated with."""

    def __init__(self, sets: tuple[PreparedSet, ...]) -> None:
        self._all = {(each.key, each.version): each for each in sorted(sets, key=lambda s: (s.key, s.version))}
        self._latest = {each.key: each for each in self._all.values()}

    def __iter__(self) -> Iterator[PreparedSet]:
        """The newest version of each."""
        return iter(self._latest.values())

    def latest(self, key: str) -> PreparedSet | None:
        """The newest version of a set."""
        return self._latest.get(key)

    def of(self, key: str, version: int) -> PreparedSet | None:
        """One version of a set."""
        return self._all.get((key, version))


@cache
def sets() -> Sets:
    """The prepared sets of the project. Raises BrokenSets."""
    return load_sets()


def load_sets(folder: Path = HERE) -> Sets:
    """The prepared sets of a folder, of the project without one. Raises BrokenSets."""
    paths = sorted(path for path in folder.glob("*.yaml") if path.name != RELEASED)
    lines = frozenset(line.key for line in load_lines().every)
    wrong: list[str] = [] if paths else ["no prepared set there: write one as KEY.VERSION.yaml"]
    contents = {path.name: _read(path, wrong) for path in paths}
    found = []
    for name, content in contents.items():
        if content is not None:
            made = read_set(content, lines)
            wrong += [f"{name}: {fault}" for fault in (_of_set(name, made) if isinstance(made, PreparedSet) else made)]
            found += [made] if isinstance(made, PreparedSet) else []
    wrong += _changed(contents, _read(folder / RELEASED, wrong) if (folder / RELEASED).exists() else {})
    if wrong:
        raise BrokenSets("\n".join(f"{folder.name}/{fault}" for fault in wrong))
    return Sets(tuple(found))


def _of_set(name: str, made: PreparedSet) -> Iterator[str]:
    if name != f"{made.key}.{made.version}.yaml":
        yield f"key: this is {made.key} {made.version}: name the file {made.key}.{made.version}.yaml"
    yield from faults_of_examples(made)


def _read(path: Path, wrong: list[str]) -> Any:
    try:
        return yaml.safe_load(path.read_text("utf-8")) or {}
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        wrong.append(f"{path.name}: not YAML in UTF-8: {' '.join(str(error).split())}")
    return None


def _changed(contents: dict[str, Any], released: Any) -> Iterator[str]:
    """Released files that say something else now, or are gone: responses run by them."""
    if not isinstance(released, dict):
        yield f"{RELEASED}: write a file and its digest, a line each"
        return
    for name, pinned in released.items():
        if name not in contents:
            yield f"{name}: released, and gone: responses run by it"
        elif contents[name] is not None and digest(contents[name]) != pinned:
            yield f"{name}: released, and changed: write what is new as its next version"
