"""A case of the table of names and an answer to it in, whether it is right and which units are wrong out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from luoshi.places.names import Answer, Context, Directory, resolve
from tests.places.name_cases import Case


class Judged(NamedTuple):
    """How a case went: `wrong` are the units that were answered and are not meant; `said` is the answer in short."""

    case: Case
    right: bool
    wrong: tuple[str, ...]
    said: str


def judge(case: Case, directory: Directory) -> Judged:
    """Ask for the name of a case and compare."""
    answer = resolve(case.name, Context(place=case.place, day=case.day, sender=case.sender), directory)
    right = answer.kind in case.kinds and _meant(case, answer)
    meant = {case.unit, *case.members}
    return Judged(case, right, tuple(unit for unit in assigned(answer) if unit not in meant), said(answer))


def _meant(case: Case, answer: Answer) -> bool:
    if answer.kind == "unit":
        return _unit_meant(case, answer)
    if answer.kind == "several":
        return tuple(_member(each) for each in answer.members) == case.members
    if answer.kind == "set":
        return set(case.includes) <= set(answer.units) and case.size in (None, len(set(answer.units)))
    return True


def _unit_meant(case: Case, answer: Answer) -> bool:
    offered = {candidate.unit: candidate.current for candidate in answer.candidates}
    if answer.unit is None or case.unit is None:
        return answer.unit == case.unit and set(case.among) <= offered.keys()
    return answer.unit == case.unit and case.current in (None, offered[case.unit])


def _member(answer: Answer) -> str:
    return answer.unit or answer.kind


def assigned(answer: Answer) -> Iterator[str]:
    """The units that an answer settles on, one by one; those of a set are counted with the set."""
    if answer.kind == "several":
        for each in answer.members:
            yield from assigned(each)
    elif answer.kind == "unit" and answer.unit:
        yield answer.unit


def said(answer: Answer) -> str:
    """An answer in one line, for whoever looks through the misses."""
    if answer.kind == "several":
        return " + ".join(map(said, answer.members))
    if answer.kind == "set":
        return f"set of {len(answer.units)}: {' '.join(answer.units[:3])}"
    if answer.kind != "unit":
        return answer.kind
    offered = (
        f"{each.unit} {each.score:.2f}" + (f" now {each.current}" if each.current else "") for each in answer.candidates
    )
    return f"{answer.unit or 'undecided'} [{'; '.join(list(offered)[:4])}]"
