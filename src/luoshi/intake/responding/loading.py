"""The YAML files of a folder in, checked prepared sets out; all that is wrong with the files is said at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from luoshi.ledger.playbook.loading import RELEASED, changed, read_file
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
    read = {path.name: read_file(path, wrong) for path in (*paths, folder / RELEASED)}
    contents = {name: content for name, content in read.items() if content is not None}
    released = contents.pop(RELEASED, {})
    found = []
    for name, content in contents.items():
        made = read_set(content, lines)
        wrong += [f"{name}: {fault}" for fault in (_of_set(name, made) if isinstance(made, PreparedSet) else made)]
        found += [made] if isinstance(made, PreparedSet) else []
    wrong += changed(read, released)
    if wrong:
        raise BrokenSets("\n".join(f"{folder.name}/{fault}" for fault in wrong))
    return Sets(tuple(found))


def _of_set(name: str, made: PreparedSet) -> Iterator[str]:
    if name != f"{made.key}.{made.version}.yaml":
        yield f"key: this is {made.key} {made.version}: name the file {made.key}.{made.version}.yaml"
    yield from faults_of_examples(made)
