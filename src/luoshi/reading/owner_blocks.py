"""A line of a split document in, the stretches of it that print owners or a deadline out.

They are brackets （牵头单位：…）, （…负责）, （A、B）, or the rest of a line from a label on (责任单位：…).
Brackets that say something else (（以下简称…）, （见附件1）, （市、区）) are none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from .owner_names import is_name, is_unit_name, places
from .owners import Owner, labelled, labels, may_label, read_owners
from .rules import rule
from .sentences import Offsets, trimmed
from .tries import trie
from .triggers import needed

BlockKind = Literal["labelled", "verb", "bare", "said", "time", "person"]


@dataclass(frozen=True, slots=True)
class Block:
    """One such stretch in offsets of the clean text, with its marks; the words inside them; how it shows itself:
    by a label, by 负责 or 牵头 at its end, by names alone, as a sentence (由…负责), as a time, or as the name of a
    leader."""

    start: int
    end: int
    inside: Offsets
    kind: BlockKind

    @property
    def owned(self) -> bool:
        return self.kind in ("labelled", "verb", "bare", "said")


# The longest owner bracket met has 180 characters; a longer one is a remark.
LONGEST = 400
_MARKS = re.compile("[（）〔〕【】]")
_PAIRS = {"）": "（", "〕": "〔", "】": "【"}
# What may stand between two brackets that belong to one item.
_BETWEEN = re.compile(r"[\s。；，、]*")


def may_print_owners(text: str) -> bool:
    """Whether any line of a text can print owners: a label stands in it, or a bracket of owners
    (or one that goes over lines, as a stray mark makes it)."""
    if may_label(text) or next(_sentences(text, 0, len(text)), None):
        return True
    insides = [text[start + 1 : end - 1] for start, end in _outermost(text, 0, len(text))]
    return any("\n" in inside or _kind(inside) not in (None, "time", "person") for inside in insides)


def blocks(text: str, start: int, end: int) -> list[Block]:
    """The owner stretches of a line, in order."""
    pairs = _outermost(text, start, end)
    found = [made for pair in pairs if (made := _bracket(text, pair, start, end))]
    said = [_before(block, found) for block in _sentences(text, start, end) if not _within(block, pairs)]
    found = sorted([*found, *said], key=lambda block: block.start)
    run = _labelled_run(text, start, end, pairs)
    if run is None:
        return found
    return [*(block for block in found if block.end <= run.start), run]


def _outermost(text: str, start: int, end: int) -> list[Offsets]:
    """Brackets that stand in no other, with their marks; marks without a counterpart are passed over."""
    opened: list[int] = []
    waiting = Counter[str]()
    pairs: list[Offsets] = []
    for match in _MARKS.finditer(text, start, end):
        at, mark = match.start(), match.group()
        opening = _PAIRS.get(mark)
        if opening is None:
            opened.append(at)
            waiting[mark] += 1
        elif waiting[opening]:
            while text[opened[-1]] != opening:
                waiting[text[opened.pop()]] -= 1
            waiting[opening] -= 1
            pairs.append((opened.pop(), at + 1))
    out: list[Offsets] = []
    for pair in sorted(pairs):
        if pair[1] - pair[0] <= LONGEST and (not out or pair[0] >= out[-1][1]):
            out.append(pair)
    return out


def _bracket(text: str, pair: Offsets, start: int, end: int) -> Block | None:
    """A bracket as a block, None where it is no owner bracket."""
    inside = (pair[0] + 1, pair[1] - 1)
    what = _kind(text[slice(*inside)])
    if what is None or (what == "bare" and not _closes(text, pair, end)):
        return None
    if what == "bare" and pair[0] > start and is_unit_name(_word_before(text, pair[0], start)):
        return None
    return Block(*pair, inside, what)


def _kind(inside: str) -> BlockKind | None:
    """What a bracket says of itself."""
    inside = inside.strip()
    given = [part.gives for part in labelled(inside)[1:]]
    if given:
        owned = any(gives in ("lead", "owner", "support") for gives in given)
        if owned:
            return "labelled" if read_owners(inside) else None
        return "time" if "time" in given else "person" if "person" in given else None
    pieces = [p.strip() for p in re.split("[，；。\n]", inside) if p.strip()]
    if pieces and all(rule("printed_times", "piece").find(piece) for piece in pieces):
        return "time"
    if not _unit_words().search("".join(inside.split())):
        return None
    owners = read_owners(inside)
    short = [inside[slice(*span)] for span in places(inside)]
    if not owners or not all(is_unit_name(o.name) or any(o.name in words for words in short) for o in owners):
        return None
    if rule("owner_brackets", "verb").find(inside):
        return "verb"
    return "bare" if _only_names(inside, [owner.name for owner in owners]) else None


@cache
def _unit_words() -> re.Pattern[str]:
    """A word that every name of a unit holds one of."""
    return re.compile(trie(needed(rule("owners", "unit").pattern) or [""]))


def _only_names(inside: str, names: list[str]) -> bool:
    """Whether a bracket holds names, times and remarks and nothing else, one of the names surely a unit's."""
    pieces = [re.sub(r"\s", "", p) for p in re.split("[、，；。\n]", re.sub("（[^）]*）", "", inside))]
    short = "".join(inside[slice(*span)] for span in places(inside))
    if any(is_name(p) and not is_unit_name(re.sub("等.*", "", p)) and p not in short for p in pieces if p):
        return False
    return any(rule("owners", "surely-unit").find(name) for name in names)


def _closes(text: str, pair: Offsets, end: int) -> bool:
    """Whether a bracket ends its sentence or stands behind one."""
    behind = text[pair[1] : end].lstrip(" ")[:1] if pair[1] < end else ""
    return behind in ("", "。", "；", "（", "【", "\n") or text[pair[0] - 1 : pair[0]] in ("。", "；", "！")


def _word_before(text: str, at: int, start: int) -> str:
    """The words before a bracket in their clause, at most as long as a name."""
    return re.split("[，。；、：！）]|和|会同|由|经|在|向|与|对", text[max(start, at - 12) : at])[-1]


# A sentence, or the end of one, that only says who does it: 由县水利局牵头，县财政局配合，6月底前完成。
_SAID = re.compile(
    r"(?<=[。；！，])\s*(?:具体)?(?=由|[^。；，、由]{2,20}牵头(?:负责)?[，、])(?P<words>[^。；！\n]{3,160}+)(?:[。；]|$|(?=\n))"
)


def _sentences(text: str, start: int, end: int) -> Iterator[Block]:
    """Sentences that say who does what stands before them, and nothing else."""
    for match in _SAID.finditer(text, start, end):
        inside = match.span("words")
        if _only_says_who(text[slice(*inside)]):
            yield Block(match.start(), match.end(), inside, "said")


def _only_says_who(words: str) -> bool:
    clauses = re.split("，", re.sub("（[^）]*）", "", words))
    owning = [c for c in clauses if not rule("printed_times", "piece").find(c)]
    last = rule("owner_brackets", "said").find(owning[-1]) if owning else None
    return bool(last) and _kind("，".join(owning)) == "verb"


def _within(block: Block, pairs: list[Offsets]) -> bool:
    return any(start <= block.start < end for start, end in pairs)


def _before(block: Block, brackets: list[Block]) -> Block:
    """A sentence up to the first bracket in it that prints something itself (由县水利局负责（6月底前）。)."""
    end = min((each.start for each in brackets if block.start < each.start < block.end), default=block.end)
    return replace(block, end=end, inside=(block.inside[0], min(block.inside[1], end)))


def _labelled_run(text: str, start: int, end: int, pairs: list[Offsets]) -> Block | None:
    """The rest of a line from the first label on that begins it or stands behind a sentence."""
    for at, behind, gives in _labels_outside(text, start, end, pairs):
        before = text[start:at].rstrip(" ")[-1:] if at - start < LONGEST else text[at - 8 : at].rstrip(" ")[-1:]
        if before and before not in "。；！）】" and not text[at : at + 1].isspace():
            continue
        kind = _run_kind(text[at:end] if end - at <= LONGEST else text[at : at + LONGEST], gives)
        if kind and behind < end:
            return Block(at, end, (at, end), kind)
    return None


def _run_kind(words: str, gives: str) -> BlockKind | None:
    if gives in ("person", "time"):
        given = [part.gives for part in labelled(words)[1:]]
        gives = next((g for g in given if g in ("lead", "owner", "support")), gives or "")
    if gives == "time" or gives == "person":
        return "time" if gives == "time" else "person"
    return "labelled" if read_owners(words) else None


def _labels_outside(text: str, start: int, end: int, pairs: list[Offsets]) -> Iterator[tuple[int, int, str]]:
    """Labels that stand in no bracket."""
    number = 0
    for at, behind, gives in labels(text, start, end):
        while number < len(pairs) and pairs[number][1] <= at:
            number += 1
        if number == len(pairs) or at < pairs[number][0]:
            yield at, behind, gives


def adjacent(text: str, first: Block, second: Block) -> bool:
    """Whether two blocks stand side by side and so belong to one item."""
    between = _BETWEEN.match(text, first.end, second.start)
    return bool(between and between.end() == second.start)


def read_blocks(text: str, found: list[Block], first_leads: bool) -> tuple[Owner, ...]:
    """The owners of the blocks of one item, read together, in offsets of the text."""
    words, places = "", []
    for block in found:
        if block.owned:
            start, end = block.inside
            places.append((len(words), start))
            words += text[start:end] + "；"
    out = []
    for owner in read_owners(words, first_leads):
        base, start = max(place for place in places if place[0] <= owner.start)
        out.append(replace(owner, start=owner.start - base + start, end=owner.end - base + start))
    return tuple(out)


def block_times(text: str, block: Block) -> list[Offsets]:
    """Where a block prints a deadline."""
    start, end = block.inside
    out: list[Offsets] = []
    for part in labelled(text[start:end]):
        s, e = start + part.start, start + part.end
        if part.gives == "time":
            out.append(trimmed(text, s, e))
        elif part.gives != "person":
            pieces = (trimmed(text, s + m.start(), s + m.end()) for m in re.finditer("[^，；。\n]+", text[s:e]))
            out += [p for p in pieces if rule("printed_times", "piece").find(text[slice(*p)])]
    return out
