"""The table of words.yaml in; the key of a holiday by its name, the name of a key, the kind of day by a word out."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from luoshi.traditional import traditional


class Words(NamedTuple):
    """The table, turned to be asked: names by key, keys by name, whether a day is worked by word."""

    names: dict[str, tuple[str, str]]
    keys: dict[str, str]
    kinds: dict[str, bool]


@cache
def words() -> Words:
    """The words of the calendar, read once."""
    said = yaml.safe_load(files("luoshi.calendar").joinpath("words.yaml").read_text("utf-8"))
    names = {key: (each["zh"], each["en"]) for key, each in said["reasons"].items()}
    keys = {
        _plain(name): key for key, each in said["reasons"].items() for name in (each["zh"], each["en"], *each["called"])
    }
    kinds = {_plain(word): kind == "working" for kind, known in said["kinds"].items() for word in known}
    return Words(names, keys, kinds)


def reason_of(name: str) -> str:
    """The key of a holiday by what it is called; the name itself where the table does not have it."""
    return words().keys.get(_plain(name), name.strip())


def kind_of(word: str) -> bool | None:
    """Whether a day is worked, by the word of a notice's table; None: no such word."""
    return words().kinds.get(_plain(word))


def name_of(reason: str, language: str = "zh-hans") -> str:
    """What the reason of a day is called; a name that is no key stands as it is."""
    zh, en = words().names.get(reason, (reason, reason))
    if not language.startswith("zh"):
        return en
    return traditional(zh) if language == "zh-hant" else zh


def _plain(word: str) -> str:
    return word.strip().casefold()
