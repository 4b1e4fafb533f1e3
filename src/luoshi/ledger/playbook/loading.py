"""The YAML files of a folder in, checked playbooks out; all that is wrong with the files is said at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from .checking import faults
from .nouns import Playbook
from .schema import Form, read_form

HERE = Path(__file__).parents[1] / "playbooks"
# Which files are released, each with the digest of what it says.
RELEASED = "released.yaml"


class BrokenPlaybooks(ValueError):
    """Playbooks that cannot be used: every fault as `playbooks/FILE: path: what is wrong`, one a line."""


class UnknownPlaybook(KeyError):
    """No playbook, or no version of it, of that name; `str` says which there are."""

    def __str__(self) -> str:
        return str(self.args[0])


class Playbooks:
    """Playbooks in all their versions; what has been opened under a version is run by that version."""

    def __init__(self, playbooks: tuple[Playbook, ...]) -> None:
        self._all = {(each.key, each.version): each for each in sorted(playbooks, key=lambda p: (p.key, p.version))}
        self._latest = {each.key: each for each in self._all.values()}

    def __iter__(self) -> Iterator[Playbook]:
        return iter(self._all.values())

    def __len__(self) -> int:
        return len(self._all)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all playbooks."""
        return tuple(self._latest)

    def of(self, key: str, version: int) -> Playbook:
        """One version of a playbook. Raises UnknownPlaybook."""
        found = self._all.get((key, version))
        if found is None:
            raise UnknownPlaybook(f"no playbook {key} {version}: there are {self._named()}")
        return found

    def latest(self, key: str) -> Playbook:
        """The newest version of a playbook. Raises UnknownPlaybook."""
        found = self._latest.get(key)
        if found is None:
            raise UnknownPlaybook(f"no playbook {key}: there are {self._named()}")
        return found

    def running(self, list_: str) -> Playbook:
        """The newest version of the playbook that runs a list. Raises UnknownPlaybook."""
        for playbook in self._latest.values():
            if any(key == list_ for key, _ in playbook.lists):
                return playbook
        known = ", ".join(key for playbook in self._latest.values() for key, _ in playbook.lists)
        raise UnknownPlaybook(f"no playbook runs a list {list_}: there are {known}")

    def _named(self) -> str:
        return ", ".join(f"{key} {version}" for key, version in self._all)


def load_playbooks(folder: Path = HERE) -> Playbooks:
    """The playbooks of a folder, of the project without one; keep what it returns. Raises BrokenPlaybooks."""
    paths = sorted(path for path in folder.glob("*.yaml") if path.name != RELEASED)
    if not paths:
        raise BrokenPlaybooks(f"{folder.name}: no playbook there: write one as KEY.VERSION.yaml")
    wrong: list[str] = []
    forms: dict[str, Form] = {}
    read = {path.name: read_file(path, wrong) for path in (*paths, folder / RELEASED)}
    contents = {name: content for name, content in read.items() if content is not None}
    for name, content in contents.items():
        if name != RELEASED and (form := _form(name, content, wrong)):
            forms[name] = form
    wrong += changed(read, contents.get(RELEASED, {}))
    wrong += _listed_twice(forms)
    if wrong:
        raise BrokenPlaybooks("\n".join(f"{folder.name}/{fault}" for fault in wrong))
    return Playbooks(tuple(form.playbook() for form in forms.values()))


def digest(content: Any) -> str:
    """SHA-256 of what a file says, whatever its comments and layout."""
    said = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


class _Strict(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which a field written twice is an error."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        """The mapping of a node. Raises YAMLError."""
        keys = [key.value for key, _ in node.value]
        if twice := [key for key in dict.fromkeys(map(str, keys)) if list(map(str, keys)).count(key) > 1]:
            raise yaml.constructor.ConstructorError(None, None, f"{twice[0]} is written twice", node.start_mark)
        return super().construct_mapping(node, deep)


def read_file(path: Path, wrong: list[str]) -> Any:
    """What a file says; None where it cannot be read, with the fault in `wrong`, or nothing is released."""
    if path.name == RELEASED and not path.exists():
        return None
    try:
        return yaml.load(path.read_text("utf-8"), Loader=_Strict) or {}
    except UnicodeDecodeError as error:
        wrong.append(f"{path.name}: not UTF-8: byte {error.start}: save it as UTF-8")
    # ValueError: a day that there is not, as 2026-02-30.
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        wrong.append(f"{path.name}: not YAML: {' '.join(str(error).split())}")
    return None


def _form(name: str, content: Any, wrong: list[str]) -> Form | None:
    form = read_form(content)
    if not isinstance(form, Form):
        wrong += [f"{name}: {fault}" for fault in form]
        return None
    if name != f"{form.key}.{form.version}.yaml":
        wrong.append(f"{name}: key: this is {form.key} {form.version}: name the file {form.key}.{form.version}.yaml")
    wrong += (found := [f"{name}: {fault}" for fault in faults(form)])
    return None if found else form


def changed(contents: Mapping[str, Any], released: Any) -> Iterator[str]:
    """Released files that say something else now, or are gone: what was opened under them could not be replayed."""
    if not isinstance(released, dict):
        yield f"{RELEASED}: write a file and its digest, a line each"
        return
    for name, pinned in released.items():
        if name not in contents:
            yield f"{name}: released, and gone: items opened under it need it"
        elif contents[name] is not None and digest(contents[name]) != pinned:
            yield f"{name}: released, and changed: write what is new as its next version"


def _listed_twice(forms: Mapping[str, Form]) -> Iterator[str]:
    """Lists that two playbooks run."""
    run: dict[str, str] = {}
    for name, form in forms.items():
        for key in form.lists:
            if run.setdefault(key, form.key) != form.key:
                yield f"{name}: lists.{key}: {run[key]} runs this list already"
