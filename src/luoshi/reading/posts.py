"""The body of a report in, the people named in it out: name, printed posts, every mention.

Posts stand before a name as a chain (省委常委、统战部部长，省…领导小组组长X), one post before several names,
or behind a name (X副部长). No dictionary of officials: a name counts when a post or a role stands beside it,
and is then found on the whole page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from .people import first_characters, name_at, names_in, within
from .rules import alternation, rule, words
from .sentences import Offsets, Sentence, clauses
from .signs import signs

# Words that stand like a post but are none (GUIDELINES: 记者 is no post).
NO_POST = frozenset(words("no_post"))
# Posts that are verbs or nouns of their own behind a name: X代表市政府讲话.
NOT_BEHIND = frozenset(words("not_behind"))


@dataclass(slots=True)
class Named:
    """Somebody found on a page: posts in the order they were printed, mentions in clean offsets."""

    name: str
    posts: list[str] = field(default_factory=list)
    mentions: list[Offsets] = field(default_factory=list)

    def add(self, posts: list[str]) -> None:
        """Take in posts that were not known yet."""
        self.posts += [post for post in posts if post and post not in self.posts]


@cache
def _post_end() -> re.Pattern[str]:
    return re.compile(f"{alternation('post')}$")


@cache
def _post_start() -> re.Pattern[str]:
    return re.compile(alternation("post"))


@cache
def _titled() -> re.Pattern[str]:
    """Heads of state and party, who are named with their title in mid-sentence: 习某某总书记."""
    return re.compile(rf"(?P<name>{alternation('surname')}[一-龥]{{2}})(?P<post>总书记|总理)")


def people(text: str, found: list[Sentence], speakers: list[str]) -> list[Named]:
    """Everybody named in the body, in order of first mention."""
    known: dict[str, Named] = {}
    for speaker in speakers:
        for name in speaker.split("、"):
            if name_at(name, 0) == name:
                known.setdefault(name, Named(name))
    for sentence in found:
        for name, posts in in_sentence(text, sentence.start, sentence.end):
            known.setdefault(name, Named(name)).add(posts)
    body = (found[0].start, found[-1].end) if found else (0, 0)
    titled = _titled().finditer(text, *body) if "总书记" in text or "总理" in text else ()
    for match in titled:
        known.setdefault(match["name"], Named(match["name"])).add([match["post"]])
    _mention(text, body, known)
    return sorted((n for n in known.values() if n.mentions), key=lambda n: n.mentions[0])


_BRACKET = re.compile("（[^）]*）")


def in_sentence(text: str, start: int, end: int) -> list[tuple[str, list[str]]]:
    """Names of one sentence with the posts beside them."""
    words_ = text[start:end]
    behind, surnames = signs(text, start, end) & within(), first_characters()
    if "（" in words_:
        words_ = _BRACKET.sub(lambda m: "　" * len(m.group()), words_)
        parts = clauses(words_, 0, len(words_))
    else:
        parts = clauses(text, start, end)
        parts = tuple([(s - start, e - start) for s, e in parts if behind or text[s : s + 1] in surnames])
    out: list[tuple[str, list[str]]] = []
    for clause_start, clause_end in parts:
        if words_[clause_start : clause_start + 1] not in surnames and not (
            behind and signs(text, start + clause_start, start + clause_end) & within()
        ):
            continue
        clause = words_[clause_start:clause_end]
        found = names_in(clause)
        shared: list[str] = []
        for number, (at, name) in enumerate(found):
            joined = number and at == found[number - 1][0] + len(found[number - 1][1]) + 1
            before = chain(words_, clause_start + at)
            shared = before or (shared if joined else [])
            out.append((name, [*shared, *_behind(clause, at + len(name))]))
            words_ = _without(words_, clause_start + at, name)
    return out


def _without(words_: str, start: int, name: str) -> str:
    """The words with full stops for a name: no post reaches back over it."""
    return words_[:start] + "。" * len(name) + words_[start + len(name) :]


def chain(words_: str, position: int) -> list[str]:
    """The posts that stand directly before a place, back to the first piece that is no post."""
    posts: list[str] = []
    end = position
    while end > 0:
        cut = max(words_.rfind("、", 0, end), words_.rfind("，", 0, end), words_.rfind("。", 0, end))
        quoted = words_[cut + 1 : end].count("”") > words_[cut + 1 : end].count("“")
        if quoted:
            cut = max(words_.rfind("，", 0, cut), words_.rfind("、", 0, words_.rfind("“", 0, end)))
        piece = _trimmed(words_[cut + 1 : end])
        if not piece or not _post_end().search(piece) or piece in NO_POST or len(piece) > LONGEST_POST:
            break
        posts.insert(0, piece)
        if cut < 0 or words_[cut] == "。":
            break
        end = cut
    return posts


# The longest post met in the corpora (an office of a leading group) has 38 characters.
LONGEST_POST = 45


def _trimmed(piece: str) -> str:
    """A piece of a chain without what leads up to it: dates, 会议由, 和."""
    return rule("posts", "lead").pattern.sub("", piece.strip(" 　"))


def _behind(clause: str, position: int) -> list[str]:
    """A post behind a name: 习某某总书记, 徐某某副部长."""
    match = _post_start().match(clause, position)
    if not match or match.group() in NO_POST | NOT_BEHIND:
        return []
    return [match.group()]


def _mention(text: str, body: Offsets, known: dict[str, Named]) -> None:
    """Every place of the body where a known name stands."""
    if not known:
        return
    position = body[0]
    for start, end in sorted(_places(text, body, known), key=lambda place: (place[0], -place[1])):
        if start < position:
            continue
        named = known[text[start:end]]
        named.mentions.append((start, end))
        named.add(_behind(text, end))
        position = end


def _places(text: str, body: Offsets, known: Iterable[str]) -> Iterator[Offsets]:
    """Every place where one of the names stands."""
    for name in known:
        start = text.find(name, *body)
        while start >= 0:
            yield start, start + len(name)
            start = text.find(name, start + len(name), body[1])
