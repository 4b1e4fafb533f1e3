"""The inside of an owner bracket or an owner cell in, the names printed in it out, each with its role.

Who leads is read from the words: a label (牵头单位：), a tail (A牵头，B配合), 会同, or the remark of the document that
the first name leads. Where nothing says who leads, every name printed carries the task and is `lead`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from .owner_names import is_name, is_person, is_unit_name, places
from .rules import rule
from .sentences import Offsets, trimmed
from .tries import trie
from .triggers import needed

Role = Literal["lead", "support"]


@dataclass(frozen=True, slots=True)
class Owner:
    """A name in offsets of the text that was read; `name` is it without the spaces and breaks inside."""

    name: str
    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """A stretch under one label: what it names (lead, owner, support, person, time; None without label)."""

    start: int
    end: int
    gives: str | None


@dataclass(frozen=True, slots=True)
class _Group:
    """Names that stand together and what the words around them make of them."""

    names: tuple[Offsets, ...]
    gives: str | None


LABELS = ("label-person", "label-time", "label-support", "label-lead", "label-owner")


def read_owners(text: str, first_leads: bool = False) -> tuple[Owner, ...]:
    """The owners of a bracket or a cell, in their order, each name once.

    Args:
        text: clean text of the inside of a bracket (without its marks) or of a cell; a line break parts names.
        first_leads: the document says that of several names the first leads.
    """
    groups = [group for part in labelled(text) for group in _groups(text, part)]
    out: dict[str, Owner] = {}
    for group, role in zip(groups, _roles(groups, first_leads), strict=True):
        for start, end in group.names:
            name = re.sub(r"\s+", "", text[start:end])
            out.setdefault(name, Owner(name, role, start, end))
    owners = list(out.values())
    if first_leads and not any(group.gives in ("lead", "with") for group in groups):
        first = next((owner for owner in owners if owner.role == "lead"), None)
        owners = [owner if owner is first else replace(owner, role="support") for owner in owners]
    return tuple(owners)


def labelled(text: str) -> list[Labelled]:
    """The stretches of a text under its labels, without the labels."""
    out: list[Labelled] = []
    begin, gives = 0, None
    for start, end, label in labels(text):
        out.append(Labelled(begin, start, gives))
        begin, gives = end, label
    return [*out, Labelled(begin, len(text), gives)]


@cache
def _any_label() -> re.Pattern[str]:
    parts = (f"(?P<{name.removeprefix('label-')}>{rule('owners', name).pattern.pattern})" for name in LABELS)
    return re.compile(rf"(?:(?<=[\s，；。、（）【〔])|^)[【〔]?(?:{'|'.join(parts)})[】〕]?", re.M)


# A bracket right behind a name: who stands in it belongs to the name (县水利局（联系人：…）).
_BEHIND_NAME = re.compile(r"[^\s，；。、：！？（）【】〔〕][（〔]$")


@cache
def _label_words() -> re.Pattern[str]:
    """A word that a label holds, with the mark or 为 that ends a label not far behind it."""
    listed = [needed(rule("owners", name).pattern) for name in LABELS]
    known = {word for words in listed for word in words or ()}
    # The longest label has 17 characters; its last part and spaces may stand behind the word.
    return re.compile(rf"{trie(known)}[^，。；]{{0,20}}?\s*[：:为]") if all(listed) else re.compile("")


def may_label(text: str) -> bool:
    """Whether a label can stand in a text."""
    return _label_words().search(text) is not None


def labels(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, str]]:
    """Where labels stand, and what each gives."""
    if not _label_words().search(text, start, len(text) if end is None else end):
        return
    for match in _any_label().finditer(text, start, len(text) if end is None else end):
        if match.lastgroup == "person" and _BEHIND_NAME.search(text, start, match.start()):
            continue
        yield match.start(), match.end(), str(match.lastgroup)


def _groups(text: str, part: Labelled) -> list[_Group]:
    """The names under one label."""
    if part.gives in ("person", "time"):
        return []
    if part.gives in ("lead", "support"):
        return _marked(text, _Group(_names(text, part.start, part.end), part.gives))
    out = [_clause(text, s, e, part.gives) for s, e in _clauses(text, part.start, part.end)]
    return _unmarked([group for groups in out for made in groups if made.names for group in _marked(text, made)])


def _marked(text: str, group: _Group) -> list[_Group]:
    """The names of a group, those apart that have their role in a bracket behind them: 市水利局（牵头）."""
    out: list[_Group] = []
    for start, end in group.names:
        marks = (rule("owners", name) for name in ("marked-lead", "marked-support"))
        mark = next((each.gives for each in marks if each.find(text, end)), group.gives)
        if out and out[-1].gives == mark:
            out[-1] = _Group((*out[-1].names, (start, end)), mark)
        else:
            out.append(_Group(((start, end),), mark))
    return out


def _clauses(text: str, start: int, end: int) -> list[Offsets]:
    """Clauses that may each say what their names do; 牵头、 ends one like 牵头，."""
    out = []
    for s, e in _split(text, start, end, "，；。;\n"):
        for match in _LED.finditer(text, s, e):
            out.append((s, match.end() - 1))
            s = match.end()
        out.append((s, e))
    return out


_LED = re.compile("(?:牵头(?:负责)?|会同[^、]{2,}?负责)、")


def _clause(text: str, start: int, end: int, label: str | None) -> list[_Group]:
    """One clause: A、B牵头; C会同D负责, where those behind 会同 join in."""
    start, end = trimmed(text, start, end)
    behind, gives = _tail(text, start, end)
    found = rule("owners", "with").pattern.search(text[start:end])
    if found and found.start() and is_unit_name(re.split("[、由]", text[start : start + found.start()])[-1]):
        first, rest = _names(text, start, start + found.start()), _names(text, start + found.end(), behind)
        return [_Group(first, "with"), _Group(rest, "support")]
    return [_Group(_names(text, start, behind), gives or label)]


def _tail(text: str, start: int, end: int) -> tuple[int, str | None]:
    """Where the names of a clause end, and what the words behind them make of them."""
    for name in ("tail-support", "tail-lead", "tail-owner"):
        found = rule("owners", name).pattern.search(text[start:end])
        if found and found.start():
            return start + found.start(), rule("owners", name).gives
    return end, None


def _unmarked(groups: list[_Group]) -> list[_Group]:
    """A clause without a word on what its names do goes with the 负责 of the one behind it."""
    out: list[_Group] = []
    gives: str | None = None
    for group in reversed(groups):
        gives = group.gives or ("owner" if gives == "owner" else None)
        out.append(_Group(group.names, gives))
    return out[::-1]


def _roles(groups: list[_Group], first_leads: bool) -> list[Role]:
    """The role of each group: where one is said to lead, all others support."""
    led = any(group.gives in ("lead", "with") for group in groups)
    leads = ("lead", "with") if led else ("owner", None)
    return ["lead" if group.gives in leads else "support" for group in groups]


def _names(text: str, start: int, end: int) -> tuple[Offsets, ...]:
    """The names of a stretch."""
    out = []
    short = places(text, start, end)
    for s, e in _split(text, start, end, "、，；。;,／/|\n"):
        for a, b in _apart(text, s, e):
            a, b = _bare(text, a, b)
            if b > a and (is_name(text[a:b]) or any(s <= a and b <= e for s, e in short)):
                out.append((a, b))
    return tuple(out)


def _split(text: str, start: int, end: int, marks: str) -> list[Offsets]:
    """A stretch divided at marks that stand in no bracket and in no name that holds one; a line break divides
    only what is a name on both sides, else it breaks a name."""
    whole = [m.span() for m in rule("owners", "one-name").pattern.finditer(text, start, end)]
    out: list[Offsets] = []
    begin, depth = start, 0
    for i in range(start, end):
        depth = max(0, depth + (text[i] in "（〔(") - (text[i] in "）〕)"))
        inside = depth or any(s <= i < e for s, e in whole)
        if text[i] not in marks or inside or (text[i] == "\n" and not _parts(text, begin, i, end)):
            continue
        out.append((begin, i))
        begin = i + 1
    return [span for span in (*out, (begin, end)) if span[1] > span[0]]


def _parts(text: str, begin: int, at: int, end: int) -> bool:
    """Whether a space or line break parts two names, rather than breaking one."""
    before = text[begin:at].replace("，", "、").replace("；", "、").rpartition("、")[2].strip()
    behind = re.match(r"\s*([^、，；\s]*)", text[at:end])
    after = behind.group(1) if behind else ""
    return not before or not after or (is_unit_name(before) and len(after) > 1)


def _apart(text: str, start: int, end: int) -> list[Offsets]:
    """A stretch divided at spaces and at 和, 及, 与 between names."""
    out: list[Offsets] = []
    begin = start
    joins = rule("owners", "join").pattern
    for match in re.finditer(rf"\s+|{joins.pattern}", text[start:end]):
        s, e = start + match.start(), start + match.end()
        if text[begin:s].count("（") > text[begin:s].count("）"):
            continue
        spaces = not text[s:e].strip()
        if _parts(text, begin, s, end) if spaces else _names_around(text[begin:s], text[e:end]):
            out.append((begin, s))
            begin = e
    return [*out, (begin, end)]


def _names_around(before: str, after: str) -> bool:
    if rule("owners", "goes-on").find(after) or rule("owners", "kind-of").find(before):
        return False
    return is_unit_name(before) and is_unit_name(re.split(r"[\s和及与]", after)[0] or after) and len(after) > 2


def _bare(text: str, start: int, end: int) -> Offsets:
    """A name without 由 before it and 等部门 behind it."""
    start, end = trimmed(text, start, end, " 　\n，、；：。！？：:【】")
    before = rule("owners", "before").find(text, start, end)
    start = before.end() if before else start
    for name in ("remark-behind", "rest"):
        rest = rule("owners", name).pattern.search(text[start:end])
        if rest and rest.start() > 1:
            end = start + rest.start()
    person = re.search("（([^（）]{2,4})）$", text[start:end])
    if person and is_person(person[1]):
        end = start + person.start()
    return trimmed(text, start, end)
