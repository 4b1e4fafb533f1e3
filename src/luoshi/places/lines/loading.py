"""The YAML files of a folder in, the checked lines out; all that is wrong with the files is said at once.

A folder holds `version.yaml` (version, source), `reforms.yaml` (dated decisions by year), `scopes.yaml` (named scopes,
the weightiest last) and any number of files of lines. A name
whose end is not given ends where the next of its scope begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from .checking import faults
from .nouns import BRANCHES, KINDS, LEVELS, BrokenLines, Handing, Level, Line, Lines, Moment, Period, Scope
from .schema import Problem, moment, schema_faults

HERE = Path(__file__).parent / "data"
SETTINGS = ("version", "reforms", "scopes")
# A listed province is closer to the place than any named scope, the place itself is closer still; there are far fewer
# than a hundred named scopes.
PROVINCE_LISTED, PLACE_LISTED = 100, 200
KIND_OF_BRANCH = {"court": "court", "procuratorate": "procuratorate", "mass": "mass_organisation"}


class _Table(NamedTuple):
    """What names may refer to."""

    reforms: dict[int, str]
    scopes: dict[str, Scope]


def load_lines(folder: Path | None = None) -> Lines:
    """The lines of a folder, of the project's own without one. Raises BrokenLines with all faults, one a line."""
    return _own() if folder is None else _load(folder)


@cache
def _own() -> Lines:
    return _load(HERE)


def _load(folder: Path) -> Lines:
    settings = {name: _yaml(folder / f"{name}.yaml") for name in SETTINGS}
    for name, content in settings.items():
        if not isinstance(content, dict):
            raise BrokenLines(f"{name}.yaml: write fields and their values, a line each")
    if not isinstance(version := settings["version"].get("version"), str) or not version:
        raise BrokenLines("version.yaml: the field version is missing: write the year and a number, as '2026.1'")
    entries = [(path.name, entry) for path in _files(folder) for entry in _entries(path)]
    table = _Table(_reforms(settings["reforms"]), _scopes(settings["scopes"]))
    wrong = [str(each) for each in schema_faults(entries, set(table.reforms), set(table.scopes))]
    if not wrong:
        lines = Lines(version, tuple(_line(file, entry, table) for file, entry in entries))
        wrong = [str(each) for each in faults(lines)]
    if wrong:
        raise BrokenLines("\n".join(wrong))
    return lines


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.yaml") if path.stem not in SETTINGS)


def _yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text("utf-8"), Loader=_Strict)
    except yaml.YAMLError as wrong:
        raise BrokenLines(f"{path.name}: not YAML: {' '.join(str(wrong).split())}") from None
    except OSError:
        raise BrokenLines(f"{path.name}: the file is missing from {path.parent.name}") from None


class _Strict(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which a field written twice is an error."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        """The mapping of a node. Raises YAMLError."""
        keys = [key.value for key, _ in node.value]
        if twice := [key for key in dict.fromkeys(keys) if keys.count(key) > 1]:
            raise yaml.constructor.ConstructorError(None, None, f"{twice[0]} is written twice", node.start_mark)
        return super().construct_mapping(node, deep)


def _entries(path: Path) -> list[Any]:
    content = _yaml(path)
    if not isinstance(content, list):
        raise BrokenLines(f"{path.name}: a file of lines is a list: begin each line with '- key:'")
    return content


def _reforms(listed: dict[Any, Any]) -> dict[int, str]:
    """What a year as source stands for."""
    for year, said in listed.items():
        if not isinstance(year, int) or not isinstance(said, str):
            raise BrokenLines(f"reforms.yaml, {year}: write a year and the decision, as 2018: 决定")
    return listed


def _scopes(listed: dict[str, dict[str, Any]]) -> dict[str, Scope]:
    """Named scopes, each heavier than the one before; every level is a scope by its own name."""
    out: dict[str, Scope] = {level: Scope(level) for level in LEVELS}
    for weight, (name, given) in enumerate(listed.items(), 1):
        if not isinstance(given, dict) or given.get("level") not in LEVELS or name in out:
            raise BrokenLines(f"scopes.yaml, {name}, level: write a new name and one of {', '.join(LEVELS)}")
        codes, endings = given.get("codes", []), given.get("endings", [])
        if not isinstance(codes, list) or not isinstance(endings, list) or not all(isinstance(e, str) for e in endings):
            raise BrokenLines(f"scopes.yaml, {name}: write codes and endings as lists, [350000] and [区]")
        out[name] = Scope(given["level"], frozenset(map(str, codes)), tuple(endings), name, weight)
    return out


def _line(file: str, entry: dict[str, Any], table: _Table) -> Line:
    branch = entry["branch"]
    assert branch in BRANCHES
    kind = entry.get("kind", KIND_OF_BRANCH.get(branch, "department"))
    assert kind in KINDS
    return Line(
        key=entry["key"],
        name=entry["name"],
        branch=branch,
        kind=kind,
        periods=_ended(list(_periods(entry["names"], table))),
        handed=tuple(_handing(given) for given in entry.get("handed_over", ())),
        office=entry.get("office"),
        abolished=bool(entry.get("abolished", False)),
        file=file,
    )


def _handing(given: dict[str, Any]) -> Handing:
    return Handing(given["to"], given.get("extent", "whole"), tuple(_listed(given.get("at", []))))


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]


def _periods(names: list[dict[str, Any]], table: _Table) -> Iterator[Period]:
    for name in names:
        since, until = _moment(name.get("since")), _moment(name.get("until"))
        source = name.get("by", "")
        for scope in _scopes_of(name, table):
            yield Period(
                scope=scope,
                full=placed("" if name.get("none") else name["full"], scope.level),
                short=tuple(placed(short, scope.level) for short in name.get("short", ())),
                since=since.day if since else None,
                since_known=since.known if since else "record",
                until=until.day if until else None,
                until_known=until.known if until else "record",
                assumed=bool(name.get("assumed", False)),
                source=table.reforms.get(source, str(source)),
            )


def _moment(given: Any) -> Moment | None:
    read = moment(given)
    assert not isinstance(read, Problem)
    return read


def _scopes_of(name: dict[str, Any], table: _Table) -> Iterator[Scope]:
    """The scopes of a name; each listed code is one of its own, so that names of one place follow each other."""
    for at in _listed(name["at"]):
        scope = table.scopes[at]
        if not name.get("in"):
            yield scope
        for code in _listed(name.get("in", [])):
            closer = PROVINCE_LISTED if str(code).endswith("0000") else PLACE_LISTED
            yield scope._replace(codes=frozenset({str(code)}), weight=scope.weight + closer)


def placed(pattern: str, level: Level) -> str:
    """The pattern with the place before it, unless it says itself where the place stands or is of the country."""
    return pattern if not pattern or level == "country" or "{" in pattern else "{place}" + pattern


def _ended(periods: list[Period]) -> tuple[Period, ...]:
    """Each period that says no end ends where the next of its scope begins."""
    out = []
    for each in periods:
        begins = each.since or date.min
        later = [p for p in periods if p.scope == each.scope and p.since is not None and p.since > begins]
        following = min(later, key=lambda p: p.since or date.max, default=None)
        if each.until is None and following is not None:
            each = each._replace(until=following.since, until_known=following.since_known)
        out.append(each)
    return tuple(out)
