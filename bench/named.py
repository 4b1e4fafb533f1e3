"""A folder of reports in, a line for every unit they name and who that is out: python -m bench.named FOLDER.

Names are those of the reading, of the gold beside the report (NAME.gold.json), and those found standing in the text;
place and day are what the reading says. A line: report, place, day, where the name was read, the name, the answer.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from tests.places.judging import said

from luoshi.places.gazetteer.files import read_places
from luoshi.places.gazetteer.names import stem
from luoshi.places.lines.slots import REGIONS
from luoshi.places.names import Answer, Context, Directory, default_directory, mentions, resolve
from luoshi.reading import as_dict, read

# The day of a report that gives none: the last of the gazetteer.
UNDATED = date(2025, 12, 31)


class Named(NamedTuple):
    """A name of a report, where it was read, and the answer."""

    report: str
    context: Context
    source: str
    name: str
    answer: Answer


def named(path: Path, directory: Directory) -> Iterator[Named]:
    """Every name of one report, each once for every source."""
    text, beside = path.read_bytes().decode("utf-8"), path.with_suffix(".meta.json")
    reading = as_dict(read(text, json.loads(beside.read_text("utf-8"))["published"] if beside.exists() else None))
    context = context_of(reading)
    for source, facts in (("read", reading), ("gold", _gold(path))):
        units = [unit for each in facts.get("directives", ()) for unit in each.get("units", ())]
        names = [unit["text"] if isinstance(unit, dict) else unit for unit in units]
        names += [name for each in facts.get("meetings", ()) for name in each.get("presenters") or ()]
        names += [each["convener"] for each in facts.get("meetings", ()) if each.get("convener")]
        for name in dict.fromkeys(names):
            yield Named(path.stem, context, source, name, resolve(name, context, directory))
    found = {text[mention.start : mention.end]: mention.answer for mention in mentions(text, context, directory)}
    for name, answer in found.items():
        yield Named(path.stem, context, "text", name, answer)


def _gold(path: Path) -> dict[str, Any]:
    beside = path.with_suffix(".gold.json")
    gold: dict[str, Any] = json.loads(beside.read_text("utf-8")) if beside.exists() else {}
    return gold


def context_of(reading: dict[str, Any]) -> Context:
    """Where and when the words were said: the meeting's level and day, the one province or city that its name, its
    convener, the title or the publisher names."""
    meetings = reading["meetings"]
    days = [each["date"] for each in meetings] + [reading["published"]]
    day = next((date.fromisoformat(each[:10]) for each in days if each and each[0] != "-"), UNDATED)
    if any(each["level"] == "country" for each in meetings):
        return Context(place="CN", day=day)
    words = [each["convener"] for each in meetings] + [reading["publisher"]]
    words += [part["text"] for part in (*(each["name"] for each in meetings), reading["title"]) if part]
    places = set().union(*(_places_in(word, day) for word in words if word))
    return Context(place=places.pop() if len(places) == 1 else None, day=day)


def _places_in(word: str, day: date) -> set[str]:
    """The provinces that the words name; of a city that they name, the city."""
    there = [state for state in read_places() if state.level in ("province", "prefecture") and state.on(day)]
    return {state.key for state in there if REGIONS.get(state.name, stem(state.name.removesuffix("省"))) in word}


def main() -> None:
    """Print the table and how many answers of each kind there are."""
    directory, kinds = default_directory(), Counter[tuple[str, str]]()
    for path in sorted(Path(sys.argv[1]).glob("*.txt")):
        for each in named(path, directory):
            kinds[each.source, each.answer.kind] += 1
            place, name = each.context.place or "-", " ".join(each.name.split())
            print(each.report[:24], place, each.context.day, each.source, name, said(each.answer), sep="\t")
    for (source, kind), times in sorted(kinds.items()):
        print(source, kind, times, sep="\t")


if __name__ == "__main__":
    main()
