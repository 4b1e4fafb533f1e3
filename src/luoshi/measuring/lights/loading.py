"""The name of a rule, or the path of an office's own, in, the rule out; and the scale of confidence."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml

from luoshi.calendar import Calendar, base
from luoshi.calendar.counting import calendar_of
from luoshi.calendar.nouns import Known
from luoshi.ledger.playbook import Names

from .lighting import light
from .limits import limits, timeless
from .nouns import Level, Rule, Scale
from .schema import BrokenRule, read_rule

HERE = files("luoshi.measuring.lights")
DEFAULT = "default"


def names() -> list[str]:
    """The rules that luoshi brings; the default first."""
    found = sorted(path.name.removesuffix(".yaml") for path in HERE.joinpath("rules").iterdir())
    return sorted(found, key=lambda name: name != DEFAULT)


@cache
def load(name: str = DEFAULT) -> Rule:
    """A rule by its name, or by the path of a file (`.yaml`); kept.

    Raises:
        BrokenRule: no such rule, or everything that is wrong with the file, its examples among it.
    """
    if name in names():
        return _read(HERE.joinpath("rules", f"{name}.yaml").read_text("utf-8"), f"{name}.yaml")
    if not name.endswith(".yaml"):
        raise BrokenRule(
            f"{name}: no rule of lights; there are {', '.join(names())}, or write the path of a .yaml file"
        )
    try:
        rule = _read(Path(name).read_text("utf-8"), name)
    except (OSError, UnicodeDecodeError) as wrong:
        raise BrokenRule(f"{name}: {getattr(wrong, 'strerror', None) or 'is no text in UTF-8'}") from None
    wrong_ones = disproved(rule, _calendar(rule))
    if wrong_ones:
        raise BrokenRule("\n".join(f"{name}: {each}" for each in wrong_ones))
    return rule


def _read(text: str, file: str) -> Rule:
    try:
        rule = read_rule(yaml.safe_load(text), file)
        # On a day like any other: which lights come in which order does not hang on it.
        dated = limits(rule, calendar_of("weekdays", Known({}, {})), rule.examples[0].now)
        if same := dated.keys() & timeless(rule, rule.examples[0].now).keys():
            raise BrokenRule(f"{file}: rows: {min(same)} is of what is due and of what is not due at any moment")
    except yaml.YAMLError as wrong:
        raise BrokenRule(f"{file}: is no YAML: {' '.join(str(wrong).split())}") from None
    except BrokenRule:
        raise
    except ValueError as wrong:
        raise BrokenRule(f"{file}: rows: {wrong}") from None
    return rule


def _calendar(rule: Rule) -> Calendar | None:
    """The calendar that examples are tried with: that of the packages."""
    return base() if rule.counts else None


def disproved(rule: Rule, calendar: Calendar | None) -> list[str]:
    """The examples of a rule that do not come out as they say."""
    found = []
    for number, example in enumerate(rule.examples):
        lit = light(rule, example.standing, calendar, example.now)
        if (lit.key, lit.reason.zh) != (example.light, example.because):
            found.append(f"examples.{number}: {lit.key} {lit.reason.zh}, not {example.light} {example.because}")
    return found


@cache
def scale() -> Scale:
    """The scale of confidence, read once."""
    said = yaml.safe_load(HERE.joinpath("confidence.yaml").read_text("utf-8"))
    levels = {
        key: Level(each["shape"], Names(**each["word"]), each["colour"], Names(**each["meaning"]))
        for key, each in said["levels"].items()
    }
    return Scale(said["key"], said["version"], said["source"].strip(), levels)
